"""The phases of a run in their order, from loading to the verified export."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from acq_engine.distributed import leads
from acq_engine.evaluation.chance import chance_warning
from acq_engine.events import (
    PHASES,
    Event,
    Finished,
    LogMessage,
    PhasePlan,
    PhaseStarted,
    Planned,
    RunStarted,
)
from acq_engine.pipeline.bit_allocation import allocate_bits
from acq_engine.pipeline.course import Course
from acq_engine.pipeline.layer_report import report_layers
from acq_engine.pipeline.memory import PeakMemory
from acq_engine.pipeline.opening import opening_notes, overlap_warning
from acq_engine.pipeline.preparation import Prepared
from acq_engine.pipeline.revert import revert_if_worse, said_of
from acq_engine.pipeline.session import TrainingSession
from acq_engine.pipeline.smaller_batches import SmallerBatches
from acq_engine.pipeline.step_reports import StepReports
from acq_engine.pipeline.trial import Trial
from acq_engine.quantization import calibrate
from acq_engine.quantization.equalisation import equalise
from acq_engine.settings.losses import weights_of
from acq_engine.store import RunStore
from acq_engine.store.plans import plan_lines

INTERIM_EVALUATIONS = 8
SYNTHETIC_IMAGES = 256  # what an export is checked on where there are no test images


class Phases:
    """Does what a run consists of; where it stands is its course's to know."""

    def __init__(self, store: RunStore, prepared: Prepared, course: Course) -> None:
        self._store, self._course, self._prepared = store, course, prepared
        self._config, self._loaded = prepared.config, prepared.loaded
        self._batches = SmallerBatches(store, prepared.config, course.pace)
        self._peak = PeakMemory(prepared.device)

    def events(self) -> Iterator[Event]:
        """All of them, from where a checkpoint was; the last event is Finished.

        Raises:
            RunCancelledError: the run is to stop.
            AcqError: it can't go on.
        """
        course, schedule, saved = self._course, self._config.schedule, self._prepared.checkpoint
        if saved is not None:
            course.reports = StepReports(saved["elapsed"], saved.get("settling", ()))
            if "unreported" in saved:  # older checkpoints have none
                course.reports.load_state_dict(saved["unreported"])
        yield from self._open()
        session = TrainingSession(self._config, self._loaded, self._prepared.device)
        yield from self._prepare(session)
        if saved is not None:
            session.load_state_dict(saved["bench"])
            course.phase, course.step, course.global_step = saved["phase"], saved["step"], saved["global_step"]
        course.session = session
        if course.phase in ("prepare", "warmup"):
            yield from course.enter("warmup", course.warmup_steps())
            yield from self._warm_up(session)
        if course.phase == "warmup":
            yield from course.enter("calibrate", 0)
        if course.phase == "calibrate":
            yield from self._calibrate(session)
            yield from course.enter("finetune", schedule.finetune_steps)
        else:
            yield PhaseStarted("finetune", schedule.finetune_steps)
        yield from self._fine_tune(session)
        yield from self._finish(session)

    def _open(self) -> Iterator[Event]:
        """Say what is going to be done."""
        config, saved, plan = self._config, self._prepared.checkpoint, self._course.pace.plan
        steps = {"warmup": self._course.warmup_steps(), "finetune": config.schedule.finetune_steps}
        yield RunStarted(
            str(self._store.path), self._loaded.summary(config.generator.attention_layer),
            tuple(PhasePlan(phase, steps.get(phase, 0)) for phase in PHASES), str(self._prepared.device), config.seed,
            None if saved is None else saved["global_step"], weights_of(config.losses),
        )
        if plan is not None:
            yield Planned(plan)
            for line in plan_lines(plan):
                yield LogMessage("info", line)
        yield PhaseStarted("prepare", 0)
        yield from opening_notes(self._loaded, self._prepared.test_set)

    def _prepare(self, session: TrainingSession) -> Iterator[Event]:
        session.follow(self._course.pace.plan)
        yield from self._take_pictures(session)
        if session.precision_note:
            yield LogMessage("info", session.precision_note)
        if self._prepared.test_set is not None:
            session.snapshots.compare_with(self._prepared.test_set)
        yield from self._evaluate_float(session)

    def _take_pictures(self, session: TrainingSession) -> Iterator[Event]:
        """Hand the user's own images over, and say so."""
        pictures = self._prepared.pictures
        if pictures is None:
            return
        session.batches.pictures = self._loaded.to_model_input(pictures.images).to(self._prepared.device)
        for sentence in pictures.sentences():
            yield LogMessage("info", sentence)
        warning = overlap_warning(self._config)
        if warning:
            yield LogMessage("warning", warning)

    def _evaluate_float(self, session: TrainingSession) -> Iterator[Event]:
        seen = self._course.evaluations.of_float(session)
        if seen is None:
            return
        yield from self._course.handle_requests()
        if self._prepared.checkpoint is None:  # else it stands in the curve already
            self._course.reports.noted["accuracy/float"] = seen.top1
        yield seen.event("float", convention=self._config.quantization.convention)
        said = chance_warning("float", seen.top1, seen.images, self._loaded.num_classes)
        if said:
            yield LogMessage("warning", said)

    def _warm_up(self, session: TrainingSession) -> Iterator[Event]:
        course, steps = self._course, self._course.warmup_steps()
        if self._prepared.warm_start is not None:
            session.start_warm(self._prepared.warm_start)
            self._prepared.warm_start, course.step = None, steps
            start = self._config.generator.start
            yield LogMessage("info", f"The generator is reused from {start}." if session.bank is None else
                             f"The images are reused from {start}.")
            yield from course.take_snapshot()
            yield course.save_checkpoint()  # from here on the other run may be deleted
        if course.step == 0:
            yield from course.take_snapshot()
        while course.step < steps and not course.control.finish_requested:
            yield from course.handle_requests()
            course.reports.clock.mark()
            values = yield from self._batches.step(session, ("generator_batch",), session.sample_step)
            yield from course.stepped(values, steps)

    def _calibrate(self, session: TrainingSession) -> Iterator[Event]:
        course = self._course
        yield from course.handle_requests()
        course.streams = session.streams.state_dict()
        yield from self._batches.phase(session, course.streams, lambda: self._calibrate_once(session))
        session.agree()
        yield report_layers(session)
        yield from course.interim_evaluation()

    def _calibrate_once(self, session: TrainingSession) -> Iterator[Event]:
        control = self._course.control
        student = session.build_student()
        equalised = equalise(student)
        if equalised:
            yield LogMessage("info", f"Channels of very different size were equalised in {len(equalised)} layer(s), "
                             "which changes no output of the float model.")
        yield from allocate_bits(session, lambda: control.cancel_requested, control.tell)
        for done, total in session.batches.prepare_procedural():
            control.tell("procedural", done, total)
            yield from self._course.handle_requests()
        for said in (session.batches.procedural_verdict, session.batches.weigh_samples()):
            if said:
                yield LogMessage("info", said)
        calibrate(
            student, session.batches.for_calibration(), self._config.quantization, self._loaded.input_range(),
            self._course.tell_unless_cancelled, session.batches.calibration_count(),
        )

    def _fine_tune(self, session: TrainingSession) -> Iterator[Event]:
        course, schedule = self._course, self._config.schedule
        trainer = session.begin_finetuning()
        plan = course.pace.plan
        looks = INTERIM_EVALUATIONS if plan is None else plan.interim_evaluations
        evaluate_every = max(1, schedule.finetune_steps // looks)
        trial = Trial(session)
        while course.step < schedule.finetune_steps and not (course.control.finish_requested or trial.has_ended):
            yield from course.handle_requests()
            course.reports.clock.mark()
            values = {}
            if schedule.generator_every and course.step % schedule.generator_every == 0:
                made = yield from self._batches.step(session, ("generator_batch",), session.generator_step)
                values.update(made)
            learned = yield from self._batches.step(session, ("student_batch", "generator_batch"), session.student_step)
            values.update(learned)
            if (course.step + 1) % evaluate_every == 0 and course.step + 1 < schedule.finetune_steps:
                course.check_losses(values)
                yield from course.interim_evaluation()
            found = trial.look(course.step + 1)
            yield from course.stepped(values, schedule.finetune_steps, last=trial.has_ended)
            if found is not None:
                yield found
        if trial.has_ended:
            yield trial.give_up(course.global_step - course.step, course.step)
            return
        trainer.finish()
        result = revert_if_worse(session, course.global_step - course.step, course.global_step)
        if result is not None:
            yield result
            said = said_of(result)
            if said is not None:
                yield said

    def _finish(self, session: TrainingSession) -> Iterator[Event]:
        # ONNX is imported here: only runs that come this far need it.
        from acq_engine.pipeline.evaluate_and_export import EvaluateAndExport

        assert session.student is not None
        course, prepared = self._course, self._prepared
        self._store.save_student(session.student.state_dict())
        yield report_layers(session)
        checked = SYNTHETIC_IMAGES if course.pace.plan is None else course.pace.plan.checked_images
        synthetic = session.batches.for_checking(checked)
        last = EvaluateAndExport(
            session.student, self._loaded, self._config, prepared.test_set, course.evaluations.float_result, synthetic,
            stop=lambda: course.control.cancel_requested, exact_images=checked, told=course.control.tell,
            procedural=session.batches.procedural_for_checking(checked) if prepared.test_set is None else None,
            samples_are="procedural" if session.batches.without_samples else "synthetic",
        )
        yield from course.enter("evaluate", 0)
        yield from course.unless_cancelled(last.evaluate(prepared.device))
        if not leads():  # the first rank goes on alone: an export is one file
            yield Finished("succeeded", None, None, None, None, {}, round(course.reports.clock.elapsed, 3))
            return
        course.go_on_alone()
        yield from course.enter("export", 0)
        yield from course.unless_cancelled(last.export(self._store.path / "model.onnx"))
        # As they are called from within the run folder, which may be moved.
        seconds, plan = course.reports.clock.elapsed, course.pace.plan
        said = course.pace.verdict(seconds)
        if said:
            yield LogMessage("info", said)
        yield dataclasses.replace(
            last.result({"run": ".", "onnx": "model.onnx"}, seconds), peak_bytes=self._peak.bytes(),
            peak_of=self._peak.of, planned_seconds=None if plan is None else plan.seconds,
            minutes=None if plan is None else plan.minutes,
            pictures=0 if prepared.pictures is None else len(prepared.pictures),
        )
