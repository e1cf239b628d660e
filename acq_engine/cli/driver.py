"""Driving a run from the command line, for people or for programs."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from acq_engine.cli.console import INTERRUPTED, JsonLines, exclusive
from acq_engine.cli.interrupts import stops_cleanly
from acq_engine.cli.run_view import RunView
from acq_engine.control import RunControl
from acq_engine.errors import VerificationError
from acq_engine.events import AttentionReady, Checkpointed, Event, Exported, Failed, Finished, SamplesReady, Verified
from acq_engine.settings import RunConfig


@contextmanager
def json_output(wanted: bool) -> Iterator[JsonLines | None]:
    """JSON lines on standard output, which is theirs alone meanwhile; None when they are not wanted."""
    lines = JsonLines() if wanted else None
    with exclusive(wanted):
        yield lines


def drive(
    events: Iterable[Event], config: RunConfig, run_dir: Path, control: RunControl, lines: JsonLines | None
) -> int:
    """Show a run until its end.

    Args:
        events: The run's events; the run computes while they are taken.
        config: Its settings.
        run_dir: Its folder; names of files in events are made full paths of it.
        control: Asked to cancel at Ctrl-C.
        lines: Where JSON goes; None shows the run to a person.

    Returns:
        The exit code: 0 only when the run succeeded and its export was verified.
    """
    code = VerificationError.exit_code
    with stops_cleanly(control), RunView(config, control) as view:
        for event in events:
            full = with_full_paths(event, run_dir)
            if lines is None:
                view.show(full)
            else:
                lines.event(full)
            if isinstance(event, Failed):
                code = event.exit_code
            elif isinstance(event, Finished):
                code = INTERRUPTED if event.state == "stopped" else 0 if event.verified else code
    return code


def follow(events: Iterable[Event], control: RunControl) -> int:
    """Compute a run that another process writes and shows.

    Returns:
        The exit code.
    """
    code = 0
    with stops_cleanly(control, quietly=True):
        for event in events:
            if isinstance(event, Failed):
                code = event.exit_code
    return code


def with_full_paths(event: Event, run_dir: Path) -> Event:
    """The event with names of files in the run folder as absolute paths."""
    root = run_dir.resolve()
    if isinstance(event, Finished):
        return dataclasses.replace(
            event, artifacts={name: str(root / path) for name, path in event.artifacts.items()}
        )
    if isinstance(event, (SamplesReady, AttentionReady, Checkpointed, Exported, Verified)) and event.path:
        return dataclasses.replace(event, path=str(root / event.path))
    return event
