"""What the jobs do about Python's garbage collector, which would stop the window."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from acq_app.run.jobs import heavy_import
from acq_app.run.run_jobs import pass_on
from acq_engine.events import Event, PhaseStarted


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_imports_go_without_the_collector_and_rest_afterwards_even_if_they_fail() -> None:
    with heavy_import():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ImportError), heavy_import():
        raise ImportError
    assert gc.isenabled() and gc.get_freeze_count() > 1000


def test_what_a_phase_imported_rests_too_and_every_event_is_passed_on() -> None:
    events = [PhaseStarted("prepare", 0), PhaseStarted("warmup", 4)]
    frozen: list[int] = []
    seen: list[Event] = []

    def emit(event: Event) -> None:
        seen.append(event)
        frozen.append(gc.get_freeze_count())

    pass_on(iter(events), emit)
    assert seen == events
    assert frozen[0] == 0 and frozen[1] > 1000
