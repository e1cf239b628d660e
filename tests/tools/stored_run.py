"""A made-up run that leaves its folder behind, as a real one does."""

from __future__ import annotations

from collections.abc import Iterator

from acq_engine.events import Event
from acq_engine.store import RunStore
from tests.tools.fake_events import SUMMARY
from tests.tools.fake_run import FakeRun


class StoredRun(FakeRun):
    """Writes each event into its run folder before it is seen."""

    def events(self) -> Iterator[Event]:
        with RunStore.create(self.run_dir, self.config, model=SUMMARY) as store:
            for event in super().events():
                yield store.write(event)
