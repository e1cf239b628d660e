"""acq quantize and acq resume as one of several processes that torchrun started: one run, the first process its voice.

A process that torchrun starts again, after another one was lost, resumes the run by itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from acq_engine.cli.console import notes
from acq_engine.cli.driver import drive, follow, json_output
from acq_engine.cli.interrupts import ends_at_once
from acq_engine.control import RunControl
from acq_engine.errors import AcqError, ConfigError
from acq_engine.events import RunPlan
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore, is_run

if TYPE_CHECKING:
    from acq_engine.pipeline.run import QuantizationRun


def several() -> bool:
    """Whether this process is one of several of one run."""
    return int(os.environ.get("WORLD_SIZE", "1")) > 1 and "RANK" in os.environ


def quantize(
    config: RunConfig, out: Path | None, plan: RunPlan | None, kept: Collection[str], *, overwrite: bool, json: bool
) -> int:
    """Create the run, or resume it where torchrun started the processes again."""
    if out is None:
        raise ConfigError("A run on several processes needs the name of its folder.", hint="Add --out RUN.")
    if int(os.environ.get("TORCHELASTIC_RESTART_COUNT", "0")) and is_run(out):
        with RunStore.open(out) as store:
            if store.state == "succeeded":
                return 0
        return resume(out, lower_rates=False, json=json)
    control = RunControl()

    def begin() -> QuantizationRun:
        from acq_engine.pipeline.run import QuantizationRun

        return QuantizationRun.create(config, out, control, overwrite=overwrite, plan=plan, kept=kept)

    return _work(begin, out, control, json=json, is_new=True)


def resume(folder: Path, *, lower_rates: bool, json: bool) -> int:
    """Resume the run on all processes."""
    control = RunControl()

    def begin() -> QuantizationRun:
        from acq_engine.pipeline.run import QuantizationRun

        return QuantizationRun.resume(RunStore.open(folder), control, lower_rates=lower_rates)

    return _work(begin, folder, control, json=json, is_new=False)


def _work(begin: Callable[[], QuantizationRun], folder: Path, control: RunControl, *, json: bool, is_new: bool) -> int:
    from acq_engine.distributed import leads
    from acq_engine.distributed.start import joined
    from acq_engine.pipeline.together import on_every_rank

    with _first_speaks(), joined():
        with ends_at_once():
            work = on_every_rank(begin, folder, control, is_new=is_new)
        if not leads():
            return follow(work.events(), control)
        with json_output(json) as lines:
            return drive(work.events(), work.config, folder, control, lines)


@contextmanager
def _first_speaks() -> Iterator[None]:
    """What all of them say, such as that a model is missing, the first one says; the others end as it does."""
    try:
        yield
    except AcqError as error:
        if os.environ["RANK"] == "0":
            raise
        notes().print(f"Process {os.environ['RANK']} ends: {error.message}")
        raise SystemExit(error.exit_code) from error
