"""QuantizationRun: the phases in order, as a generator of events.

Whoever drives `events()` (a worker thread, the command line, a test) is the run's only clock. Requests
(pause, finish now, cancel) are read between steps.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import torch

from acq_engine.control import RunControl, Task
from acq_engine.distributed import leads
from acq_engine.distributed.control import agreed
from acq_engine.errors import AcqError, PeerLostError, StorageError, is_out_of_memory
from acq_engine.evaluation.accuracy import Evaluation, evaluate
from acq_engine.evaluation.chance import chance_warning
from acq_engine.events import (
    PHASES,
    Checkpointed,
    Event,
    Failed,
    Finished,
    LogMessage,
    Paused,
    Phase,
    PhasePlan,
    PhaseStarted,
    Planned,
    Resumed,
    RunPlan,
    RunStarted,
    StepMetrics,
)
from acq_engine.models import Progress, save_teacher
from acq_engine.pipeline.bit_allocation import allocate_bits
from acq_engine.pipeline.diverged import LOWER, check_losses, check_weights, with_lower_rates
from acq_engine.pipeline.failures import out_of_memory, refused, unexpected
from acq_engine.pipeline.layer_report import report_layers
from acq_engine.pipeline.memory import PeakMemory, release_free_memory
from acq_engine.pipeline.opening import opening_notes, overlap_warning
from acq_engine.pipeline.pace import Pace
from acq_engine.pipeline.preparation import Prepared, prepare, prepare_again
from acq_engine.pipeline.questions import Ask
from acq_engine.pipeline.revert import revert_if_worse, said_of
from acq_engine.pipeline.session import TrainingSession
from acq_engine.pipeline.smaller_batches import SmallerBatches
from acq_engine.pipeline.step_reports import StepReports
from acq_engine.pipeline.trial import Trial
from acq_engine.quantization import calibrate
from acq_engine.quantization.equalisation import equalise
from acq_engine.settings import RunConfig
from acq_engine.settings.losses import weights_of
from acq_engine.store import RunStore
from acq_engine.store.plans import plan_lines
from acq_engine.store.requests import RequestFile

# Interim accuracy is that on a part of the test images; the result is measured on all of them, once.
INTERIM_PIXELS = 500 * 32 * 32
INTERIM_EVALUATIONS = 8
SYNTHETIC_IMAGES = 256  # what an export is checked on where there are no test images
_LOWERED = f"From here on, learning rates are {LOWER:g} times what they were."


class _CancelledError(Exception):
    """The user asked the run to stop."""


class QuantizationRun:
    """One run in its folder. Make it with `create` or `resume`, then drive `events`."""

    def __init__(self, store: RunStore, prepared: Prepared, control: RunControl) -> None:
        self._asked, self._requests = control, RequestFile(store.path, control)
        self.store, self.control = store, agreed(control, self._requests.wait_while_paused)
        self.config, self.loaded, self.test_set = prepared.config, prepared.loaded, prepared.test_set
        self.device, self._checkpoint, self._warm_start = prepared.device, prepared.checkpoint, prepared.warm_start
        self.prepared = prepared
        self.pictures = prepared.pictures
        self._phase: Phase = "prepare"
        self._step = self._global_step = 0
        self._reports = StepReports(prepared.seconds)  # measuring and planning are a part of the run
        self._pace = Pace(prepared.plan)
        self._batches = SmallerBatches(store, self.config, self._pace)
        self._peak = PeakMemory(prepared.device)
        self._said: set[str] = set()  # what the log was told once and for all
        self._float_seconds = 0.0
        self._session: TrainingSession | None = None
        self._float: Evaluation | None = None
        self._streams: dict[str, torch.Tensor] = {}  # as calibration found them

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
                for event in self._run():
                    yield self.store.write(event)
            except _CancelledError:
                yield from self._stop()
            except AcqError as error:
                # An evaluation that was stopped before its first image says so by an error.
                if self.control.cancel_requested and not isinstance(error, StorageError | PeerLostError):
                    yield from self._stop()
                    return
                yield self._failed(refused(error, has_checkpoint=self.store.has_checkpoint))
            except Exception as error:
                if is_out_of_memory(error):
                    yield self._failed(out_of_memory(error, self.device))
                    return
                yield self._failed(unexpected(error))
        finally:
            self.store.close()

    def _failed(self, event: Failed) -> Event:
        try:
            return self.store.write(event)
        except AcqError:  # a full disk must not hide the first error
            return event

    def _stop(self) -> Iterator[Event]:
        try:
            if self._session is not None and self._phase in ("warmup", "calibrate", "finetune"):
                if self._phase == "calibrate":
                    # Calibration is done again, with the same samples.
                    self._session.streams.load_state_dict(self._streams)
                yield self.store.write(self._save_checkpoint())
            yield self.store.write(Finished(
                "stopped", None if self._float is None else self._float.top1, None, None, None, {},
                round(self._reports.clock.elapsed, 3),
            ))
        except AcqError as error:
            yield self._failed(refused(error, has_checkpoint=self.store.has_checkpoint))

    # --- the phases -------------------------------------------------------------------------------

    def _run(self) -> Iterator[Event]:
        config, schedule = self.config, self.config.schedule
        if leads():
            self._requests.forget()
        if config.threads is not None:
            torch.set_num_threads(config.threads)
        saved = self._checkpoint
        if saved is not None:
            self._reports = StepReports(saved["elapsed"], saved.get("settling", ()))
            if "unreported" in saved:  # older checkpoints have none
                self._reports.load_state_dict(saved["unreported"])
        warmup_steps = self._warmup_steps()
        plan = {"warmup": warmup_steps, "finetune": schedule.finetune_steps}
        yield RunStarted(
            str(self.store.path), self.loaded.summary(config.generator.attention_layer),
            tuple(PhasePlan(phase, plan.get(phase, 0)) for phase in PHASES), str(self.device), config.seed,
            None if saved is None else saved["global_step"], weights_of(config.losses),
        )
        if self._pace.plan is not None:
            yield Planned(self._pace.plan)
            for line in plan_lines(self._pace.plan):
                yield LogMessage("info", line)
        yield PhaseStarted("prepare", 0)
        yield from opening_notes(self.loaded, self.test_set)
        session = TrainingSession(config, self.loaded, self.device)
        session.follow(self._pace.plan)
        yield from self._take_pictures(session)
        if session.precision_note:
            yield LogMessage("info", session.precision_note)
        if self.test_set is not None:
            session.snapshots.compare_with(self.test_set)
        yield from self._evaluate_float(session)
        if saved is not None:
            session.load_state_dict(saved["bench"])
            self._phase, self._step, self._global_step = saved["phase"], saved["step"], saved["global_step"]
        self._session = session
        if self._phase in ("prepare", "warmup"):
            yield from self._enter("warmup", warmup_steps)
            yield from self._warm_up(session)
        if self._phase == "warmup":
            yield from self._enter("calibrate", 0)
        if self._phase == "calibrate":
            yield from self._calibrate(session)
            yield from self._enter("finetune", schedule.finetune_steps)
        else:
            yield PhaseStarted("finetune", schedule.finetune_steps)
        yield from self._fine_tune(session)
        yield from self._finish(session)

    def _take_pictures(self, session: TrainingSession) -> Iterator[Event]:
        """Hand the user's own images over, and say so."""
        if self.pictures is None:
            return
        session.batches.pictures = self.loaded.to_model_input(self.pictures.images).to(self.device)
        for sentence in self.pictures.sentences():
            yield LogMessage("info", sentence)
        warning = overlap_warning(self.config)
        if warning:
            yield LogMessage("warning", warning)

    def _warmup_steps(self) -> int:
        """Steps of the generator, or of the images that stand in for it."""
        if self._pace.plan is not None and self._pace.plan.bank_steps:
            return self._pace.plan.bank_steps
        return 0 if self.config.generator.start is not None else self.config.schedule.warmup_steps

    def _enter(self, phase: Phase, steps: int) -> Iterator[Event]:
        """Begin a phase; one that a checkpoint was in goes on at its step."""
        release_free_memory()
        if self._phase != phase:
            self._phase, self._step = phase, 0
        self.control.tell_steps()
        yield PhaseStarted(phase, steps)

    def _evaluate_float(self, session: TrainingSession) -> Iterator[Event]:
        if self.test_set is None:
            return
        begin = time.monotonic()
        self._float = evaluate(
            lambda x: session.teacher(x).logits, self.test_set, self.loaded, device=self.device,
            stop=lambda: self.control.cancel_requested, shared_out=True,
            progress=lambda done, total: self.control.tell("float", done, total),
        )
        yield from self._handle_requests()
        self._float_seconds = time.monotonic() - begin
        if self._checkpoint is None:  # else it stands in the curve already
            self._reports.noted["accuracy/float"] = self._float.top1
        yield self._float.event("float", convention=self.config.quantization.convention)
        said = chance_warning("float", self._float.top1, self._float.images, self.loaded.num_classes)
        if said:
            yield LogMessage("warning", said)

    def _warm_up(self, session: TrainingSession) -> Iterator[Event]:
        steps = self._warmup_steps()
        if self._warm_start is not None:
            session.start_warm(self._warm_start)
            self._warm_start, self._step = None, steps
            start = self.config.generator.start
            yield LogMessage("info", f"The generator is reused from {start}." if session.bank is None else
                             f"The images are reused from {start}.")
            yield from self._take_snapshot(session)
            yield self._save_checkpoint()  # from here on the other run may be deleted
        if self._step == 0:
            yield from self._take_snapshot(session)
        while self._step < steps and not self.control.finish_requested:
            yield from self._handle_requests()
            self._reports.clock.mark()
            values = yield from self._batches.step(session, ("generator_batch",), session.sample_step)
            yield from self._stepped(session, values, steps)

    def _calibrate(self, session: TrainingSession) -> Iterator[Event]:
        yield from self._handle_requests()
        self._streams = session.streams.state_dict()
        yield from self._batches.phase(session, self._streams, lambda: self._calibrate_once(session))
        session.agree()
        yield report_layers(session)
        yield from self._interim_evaluation(session)

    def _calibrate_once(self, session: TrainingSession) -> Iterator[Event]:
        student = session.build_student()
        equalised = equalise(student)
        if equalised:
            yield LogMessage("info", f"Channels of very different size were equalised in {len(equalised)} layer(s), "
                             "which changes no output of the float model.")
        yield from allocate_bits(session, lambda: self.control.cancel_requested, self.control.tell)
        for done, total in session.batches.prepare_procedural():
            self.control.tell("procedural", done, total)
            yield from self._handle_requests()
        for said in (session.batches.procedural_verdict, session.batches.weigh_samples()):
            if said:
                yield LogMessage("info", said)
        calibrate(
            student, session.batches.for_calibration(), self.config.quantization, self.loaded.input_range(),
            self._tell_unless_cancelled, session.batches.calibration_count(),
        )

    def _tell_unless_cancelled(self, task: Task, done: int, total: int) -> None:
        """Say how far a task of calibration is; a run that is to stop does not wait for its end."""
        self.control.tell(task, done, total)
        if self.control.cancel_requested:
            raise _CancelledError

    def _fine_tune(self, session: TrainingSession) -> Iterator[Event]:
        schedule = self.config.schedule
        trainer = session.begin_finetuning()
        plan = self._pace.plan
        looks = INTERIM_EVALUATIONS if plan is None else plan.interim_evaluations
        evaluate_every = max(1, schedule.finetune_steps // looks)
        trial = Trial(session)
        while self._step < schedule.finetune_steps and not (self.control.finish_requested or trial.has_ended):
            yield from self._handle_requests()
            self._reports.clock.mark()
            values = {}
            if schedule.generator_every and self._step % schedule.generator_every == 0:
                made = yield from self._batches.step(session, ("generator_batch",), session.generator_step)
                values.update(made)
            learned = yield from self._batches.step(session, ("student_batch", "generator_batch"), session.student_step)
            values.update(learned)
            if (self._step + 1) % evaluate_every == 0 and self._step + 1 < schedule.finetune_steps:
                self._check_losses(values)
                yield from self._interim_evaluation(session)
            found = trial.look(self._step + 1)
            yield from self._stepped(session, values, schedule.finetune_steps, last=trial.has_ended)
            if found is not None:
                yield found
        if trial.has_ended:
            yield trial.give_up(self._global_step - self._step, self._step)
            return
        trainer.finish()
        result = revert_if_worse(session, self._global_step - self._step, self._global_step)
        if result is not None:
            yield result
            said = said_of(result)
            if said is not None:
                yield said

    def _finish(self, session: TrainingSession) -> Iterator[Event]:
        # ONNX is imported here: only runs that come this far need it.
        from acq_engine.pipeline.evaluate_and_export import EvaluateAndExport

        assert session.student is not None
        self.store.save_student(session.student.state_dict())
        yield report_layers(session)
        checked = SYNTHETIC_IMAGES if self._pace.plan is None else self._pace.plan.checked_images
        synthetic = session.batches.for_checking(checked)
        last = EvaluateAndExport(
            session.student, self.loaded, self.config, self.test_set, self._float, synthetic,
            stop=lambda: self.control.cancel_requested, exact_images=checked, told=self.control.tell,
            procedural=session.batches.procedural_for_checking(checked) if self.test_set is None else None,
            samples_are="procedural" if session.batches.without_samples else "synthetic",
        )
        yield from self._enter("evaluate", 0)
        yield from self._unless_cancelled(last.evaluate(self.device))
        if not leads():  # the first rank goes on alone: an export is one file
            yield Finished("succeeded", None, None, None, None, {}, round(self._reports.clock.elapsed, 3))
            return
        self.control = self._asked  # nobody is left to agree with
        yield from self._enter("export", 0)
        yield from self._unless_cancelled(last.export(self.store.path / "model.onnx"))
        # As they are called from within the run folder, which may be moved.
        seconds, plan = self._reports.clock.elapsed, self._pace.plan
        said = self._pace.verdict(seconds)
        if said:
            yield LogMessage("info", said)
        yield dataclasses.replace(
            last.result({"run": ".", "onnx": "model.onnx"}, seconds), peak_bytes=self._peak.bytes(),
            peak_of=self._peak.of, planned_seconds=None if plan is None else plan.seconds,
            minutes=None if plan is None else plan.minutes,
            pictures=0 if self.pictures is None else len(self.pictures),
        )

    def _unless_cancelled(self, events: Iterator[Event]) -> Iterator[Event]:
        """Pass events on; what an evaluation that was cut short says is not passed on."""
        yield from self._handle_requests()
        for event in events:
            yield from self._handle_requests()
            yield event

    # --- between steps ----------------------------------------------------------------------------

    def _handle_requests(self) -> Iterator[Event]:
        """Do what was asked for since the last step."""
        if leads():
            self._requests.look()
        self.control.agree()
        if self.control.cancel_requested:
            raise _CancelledError
        if self.control.pause_requested:
            yield Paused(self._global_step)
            begin = time.monotonic()
            if self.control is self._asked:
                self._requests.wait_while_paused()
            else:
                self.control.wait_while_paused()
            self._reports.clock.skip(time.monotonic() - begin)
            if self.control.cancel_requested:
                raise _CancelledError
            yield Resumed(self._global_step)

    def _stepped(
        self, session: TrainingSession, values: dict[str, torch.Tensor], steps: int, *, last: bool = False
    ) -> Iterator[Event]:
        """Count the step; take a snapshot, report and save when it is time, and after the last one."""
        schedule = self.config.schedule
        self._reports.count(self._phase, values)
        self._step += 1
        self._global_step += 1
        self.control.tell_steps()
        if session.step_runner.refusal and session.step_runner.refusal not in self._said:
            self._said.add(session.step_runner.refusal)
            yield LogMessage("warning", session.step_runner.refusal)
        last = last or self._step == steps
        if self._step % schedule.sample_every == 0 or last:
            self._check_losses()  # before somebody fails over them in words of his own
            yield from self._take_snapshot(session)
        saves = self._step % schedule.checkpoint_every == 0 or last
        if self._step % schedule.report_every == 0 or saves or self._reports.noted:
            report = self._report(steps)  # which refuses losses that are no numbers before they are saved
            yield report
            spent = self._step * (self._reports.clock.per_step(self._phase) or 0.0)
            late = self._pace.late(report.elapsed_seconds, report.eta_seconds, spent)
            if late:
                yield LogMessage("warning", late)
        if saves:
            yield self._save_checkpoint()

    def _take_snapshot(self, session: TrainingSession) -> Iterator[Event]:
        student = session.student if self._phase == "finetune" else None
        seen, health = session.snapshots.take(self._global_step, student)
        yield from seen
        self._reports.noted.update(health)
        batches, learned = session.batches, self._phase != "warmup" or self._step >= self._warmup_steps()
        if learned and batches.generator_learns and batches.bank is None and not self.config.schedule.generator_every:
            # It learns no more, so it can be judged by more samples than are watched.
            self._reports.noted["health/class"] = 100 * batches.class_match()
        if student is not None:
            self._reports.noted["accuracy/agreement"] = session.agreement()

    def _interim_evaluation(self, session: TrainingSession) -> Iterator[Event]:
        """The student's accuracy on a part of the test images, for the curve; nothing is decided by it."""
        assert session.student is not None
        self._reports.noted["accuracy/agreement"] = session.agreement()
        if self.test_set is None or self._float is None:
            return
        _, height, width = self.loaded.input_shape
        part, places = self.test_set.some(max(50, INTERIM_PIXELS // (height * width)))
        seen = evaluate(
            session.student, part, self.loaded, device=self.device,
            reference=self._float.predictions[torch.from_numpy(places)], stop=lambda: self.control.cancel_requested,
            shared_out=True, progress=lambda done, total: self.control.tell("interim", done, total),
        )
        self._reports.noted["accuracy/student"] = seen.top1
        if seen.agreement is not None:
            self._reports.noted["accuracy/agreement_test"] = seen.agreement
        plain = self._float.on_part(places, part.labels) if seen.complete else None
        yield seen.event("student", convention=self.config.quantization.convention, final=False, plain=plain)

    def _report(self, steps: int) -> StepMetrics:
        self._check_losses()
        values = self._reports.read()
        schedule = self.config.schedule
        left: dict[str, int] = {self._phase: steps - self._step}
        if self._phase == "warmup":
            left["finetune"] = schedule.finetune_steps
        # Evaluation of student and exported file, and the integer reference: about five float evaluations.
        tail = self._pace.tail(self._phase) or 5 * self._float_seconds + 10
        return StepMetrics(
            self._phase, self._step, steps, self._global_step, values, round(self._reports.clock.elapsed, 3),
            self._reports.clock.remaining(left, tail, self._pace.step_seconds()),
        )

    def _check_losses(self, latest: dict[str, torch.Tensor] | None = None) -> None:
        """Losses that are no numbers end the run; asked for only now and then, since it waits for the device.

        `latest`: those of a step that is not counted yet.
        """
        assert self._session is not None
        check_losses(self._reports.losses(), self._session, self._phase, self._step)
        if latest:
            found = {key: float(value) for key, value in latest.items()}
            check_losses(found, self._session, self._phase, self._step + 1)

    def _save_checkpoint(self) -> Checkpointed:
        assert self._session is not None
        self._check_losses()
        check_weights(self._session, self._phase, self._step)
        state = {
            "phase": self._phase, "step": self._step, "global_step": self._global_step,
            "elapsed": self._reports.clock.elapsed, "settling": list(self._reports.instability.values),
            "unreported": self._reports.state_dict(), "bench": self._session.state_dict(),
        }
        saved = Checkpointed(self._global_step, self.store.save_checkpoint(self._global_step, state))
        release_free_memory()  # what was only needed to save, and what steps left behind in pieces
        return saved
