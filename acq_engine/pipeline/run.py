"""QuantizationRun: one run in its folder, from its making to its last event.

Whoever drives `events()` (a worker thread, the command line, a test) is the run's only clock. Requests
(pause, finish now, cancel) are read between steps.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import torch

from acq_engine.control import RunControl
from acq_engine.errors import AcqError, PeerLostError, StorageError, is_out_of_memory
from acq_engine.events import Event, Failed, Finished, RunPlan
from acq_engine.models import Progress, save_teacher
from acq_engine.pipeline.course import Course, RunCancelledError
from acq_engine.pipeline.diverged import LOWER, with_lower_rates
from acq_engine.pipeline.failures import out_of_memory, refused, unexpected
from acq_engine.pipeline.phases import Phases
from acq_engine.pipeline.preparation import Prepared, prepare, prepare_again
from acq_engine.pipeline.questions import Ask
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore

_LOWERED = f"From here on, learning rates are {LOWER:g} times what they were."


class QuantizationRun:
    """One run in its folder. Make it with `create` or `resume`, then drive `events`."""

    def __init__(self, store: RunStore, prepared: Prepared, control: RunControl) -> None:
        self.store, self.prepared = store, prepared
        self.config, self.test_set = prepared.config, prepared.test_set
        self.course = Course(store, prepared, control)
        self._phases = Phases(store, prepared, self.course)

    @classmethod
    def create(
        cls, config: RunConfig, folder: Path | str, control: RunControl | None = None, *, overwrite: bool = False,
        progress: Progress | None = None, plan: RunPlan | None = None, kept: Collection[str] = (),
        measuring: Callable[[], None] | None = None, ask: Ask | None = None,
    ) -> QuantizationRun:
        """Check everything, load model and test set, plan the time, then make the run folder.

        `progress` is told how far a download is; cancelling breaks it off. `plan` is another run's, to be followed
        instead of one that is made; `kept` names settings of the schedule that a plan may not change. `ask` answers
        what is not certain of the model and the test images.

        Raises:
            AcqError: a typed error for anything that can't work; the disk is as it was.
        """
        control = control or RunControl()

        def downloaded(done: int, total: int) -> None:
            control.tell("download", done // 1_000_000, total // 1_000_000)
            if progress is not None:
                progress(done, total)

        def timing() -> None:
            control.tell("timing")
            if measuring is not None:
                measuring()

        control.tell("loading")
        prepared = prepare(config, progress=downloaded, stop=lambda: control.cancel_requested, plan=plan, kept=kept,
                           measuring=timing, ask=ask)
        config, loaded = prepared.config, prepared.loaded
        summary = loaded.summary(config.generator.attention_layer)
        store = RunStore.create(folder, config, overwrite=overwrite, model=summary, teacher_sha256=loaded.sha256,
                                plan=prepared.plan)
        try:
            save_teacher(loaded, store.path)
        except AcqError:
            store.discard()
            raise
        return cls(store, prepared, control)

    @classmethod
    def resume(
        cls, store: RunStore, control: RunControl | None = None, *, lower_rates: bool = False
    ) -> QuantizationRun:
        """Go on with a run from its last checkpoint, or from its beginning if it has none.

        `lower_rates`: with lower learning rates from there on, which the run's settings have then.

        Raises:
            StorageError: the run is finished, or another process is working on it.
            AcqError: its model can't be read any more. Without its test images it goes on, and says so.
        """
        store.lock()
        try:
            prepared = prepare_again(store)
            if lower_rates:
                prepared.config = with_lower_rates(store.config)
                prepared.loaded.notes = (*prepared.loaded.notes, _LOWERED)
                store.change_config(prepared.config)
            return cls(store, prepared, control or RunControl())
        except AcqError:
            store.close()  # else nobody could try again while this program runs
            raise

    def events(self) -> Iterator[Event]:
        """Run. The last event is Finished or Failed; nothing is raised but what the driver throws in."""
        try:
            try:
                self.course.forget_requests()
                if self.config.threads is not None:
                    torch.set_num_threads(self.config.threads)
                for event in self._phases.events():
                    yield self.store.write(event)
            except RunCancelledError:
                yield from self._stop()
            except AcqError as error:
                # An evaluation that was stopped before its first image says so by an error.
                if self.course.control.cancel_requested and not isinstance(error, StorageError | PeerLostError):
                    yield from self._stop()
                    return
                yield self._failed(self._refused(error))
            except Exception as error:
                if is_out_of_memory(error):
                    yield self._failed(out_of_memory(error, self.prepared.device))
                    return
                yield self._failed(unexpected(error))
        finally:
            self.store.close()

    def _refused(self, error: AcqError) -> Failed:
        return refused(error, has_checkpoint=self.store.has_checkpoint)

    def _failed(self, event: Failed) -> Event:
        try:
            return self.store.write(event)
        except AcqError:  # a full disk must not hide the first error
            return event

    def _stop(self) -> Iterator[Event]:
        course = self.course
        seen = course.evaluations.float_result
        try:
            if course.session is not None and course.phase in ("warmup", "calibrate", "finetune"):
                if course.phase == "calibrate":
                    # Calibration is done again, with the same samples.
                    course.session.streams.load_state_dict(course.streams)
                yield self.store.write(course.save_checkpoint())
            yield self.store.write(Finished(
                "stopped", None if seen is None else seen.top1, None, None, None, {},
                round(course.reports.clock.elapsed, 3),
            ))
        except AcqError as error:
            yield self._failed(self._refused(error))
