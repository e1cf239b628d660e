"""Where a run stands, and what happens between two of its steps: requests, snapshots, reports, checkpoints."""

from __future__ import annotations

import time
from collections.abc import Iterator

import torch

from acq_engine.control import RunControl, Task
from acq_engine.distributed import leads
from acq_engine.distributed.control import agreed
from acq_engine.events import Checkpointed, Event, LogMessage, Paused, Phase, PhaseStarted, Resumed, StepMetrics
from acq_engine.pipeline.diverged import check_losses, check_weights
from acq_engine.pipeline.evaluations import Evaluations
from acq_engine.pipeline.memory import release_free_memory
from acq_engine.pipeline.pace import Pace
from acq_engine.pipeline.preparation import Prepared
from acq_engine.pipeline.session import TrainingSession
from acq_engine.pipeline.step_reports import StepReports
from acq_engine.store import RunStore
from acq_engine.store.requests import RequestFile


class RunCancelledError(Exception):
    """The user asked the run to stop."""


class Course:
    """Counts the steps of one run.

    Attributes:
        phase: Which the run is in.
        step: How many of its steps are done.
        global_step: How many of all phases are.
        session: What is trained, as soon as it is there.
        control: Whose requests count: in a run of several processes what these agree on.
        reports: What was gathered since the last report.
        pace: The plan, and whether the run keeps to it.
        evaluations: Accuracy of float model and student on test images.
        streams: Random streams as calibration found them.
    """

    def __init__(self, store: RunStore, prepared: Prepared, control: RunControl) -> None:
        self._asked, self._requests = control, RequestFile(store.path, control)
        self._store, self._schedule = store, prepared.config.schedule
        self._generator_is_reused = prepared.config.generator.start is not None
        self.control = agreed(control, self._requests.wait_while_paused)
        self.phase: Phase = "prepare"
        self.step = self.global_step = 0
        self.session: TrainingSession | None = None
        self.reports = StepReports(prepared.seconds)  # measuring and planning are a part of the run
        self.pace = Pace(prepared.plan)
        self.evaluations = Evaluations(prepared, self.control)
        self.streams: dict[str, torch.Tensor] = {}
        self._said: set[str] = set()  # what the log was told once and for all

    def warmup_steps(self) -> int:
        """Steps of the generator, or of the images that stand in for it."""
        if self.pace.plan is not None and self.pace.plan.bank_steps:
            return self.pace.plan.bank_steps
        return 0 if self._generator_is_reused else self._schedule.warmup_steps

    def enter(self, phase: Phase, steps: int) -> Iterator[Event]:
        """Begin a phase; one that a checkpoint was in goes on at its step."""
        release_free_memory()
        if self.phase != phase:
            self.phase, self.step = phase, 0
        self.control.tell_steps()
        yield PhaseStarted(phase, steps)

    # --- requests ---------------------------------------------------------------------------------

    def forget_requests(self) -> None:
        """What was asked of a run that ended is not asked of this one."""
        if leads():
            self._requests.forget()

    def handle_requests(self) -> Iterator[Event]:
        """Do what was asked for since the last step.

        Raises:
            RunCancelledError: the run is to stop.
        """
        if leads():
            self._requests.look()
        self.control.agree()
        self._refuse_cancelled()
        if self.control.pause_requested:
            yield Paused(self.global_step)
            begin = time.monotonic()
            if self.control is self._asked:
                self._requests.wait_while_paused()
            else:
                self.control.wait_while_paused()
            self.reports.clock.skip(time.monotonic() - begin)
            self._refuse_cancelled()
            yield Resumed(self.global_step)

    def unless_cancelled(self, events: Iterator[Event]) -> Iterator[Event]:
        """Pass events on; what an evaluation that was cut short says is not passed on."""
        yield from self.handle_requests()
        for event in events:
            yield from self.handle_requests()
            yield event

    def tell_unless_cancelled(self, task: Task, done: int, total: int) -> None:
        """Say how far a task of calibration is; a run that is to stop does not wait for its end."""
        self.control.tell(task, done, total)
        self._refuse_cancelled()

    def go_on_alone(self) -> None:
        """From here on nobody is left to agree with."""
        self.control = self._asked

    def _refuse_cancelled(self) -> None:
        if self.control.cancel_requested:
            raise RunCancelledError

    # --- steps ------------------------------------------------------------------------------------

    def stepped(self, values: dict[str, torch.Tensor], steps: int, *, last: bool = False) -> Iterator[Event]:
        """Count a step; take a snapshot, report and save when it is time, and after the last one.

        Args:
            values: Its losses by metric key.
            steps: Of the phase.
            last: Whether the phase ends with it, though more were meant.
        """
        assert self.session is not None
        schedule = self._schedule
        self.reports.count(self.phase, values)
        self.step += 1
        self.global_step += 1
        self.control.tell_steps()
        refusal = self.session.step_runner.refusal
        if refusal and refusal not in self._said:
            self._said.add(refusal)
            yield LogMessage("warning", refusal)
        last = last or self.step == steps
        if self.step % schedule.sample_every == 0 or last:
            self.check_losses()  # before somebody fails over them in words of his own
            yield from self.take_snapshot()
        saves = self.step % schedule.checkpoint_every == 0 or last
        if self.step % schedule.report_every == 0 or saves or self.reports.noted:
            report = self._report(steps)  # which refuses losses that are no numbers before they are saved
            yield report
            spent = self.step * (self.reports.clock.per_step(self.phase) or 0.0)
            late = self.pace.late(report.elapsed_seconds, report.eta_seconds, spent)
            if late:
                yield LogMessage("warning", late)
        if saves:
            yield self.save_checkpoint()

    def take_snapshot(self) -> Iterator[Event]:
        """Show the fixed samples as they are now, and note what they say of the run's health."""
        assert self.session is not None
        session, batches = self.session, self.session.batches
        student = session.student if self.phase == "finetune" else None
        seen, health = session.snapshots.take(self.global_step, student)
        yield from seen
        self.reports.noted.update(health)
        learned = self.phase != "warmup" or self.step >= self.warmup_steps()
        if learned and batches.generator_learns and batches.bank is None and not self._schedule.generator_every:
            # It learns no more, so it can be judged by more samples than are watched.
            self.reports.noted["health/class"] = 100 * batches.class_match()
        if student is not None:
            self.reports.noted["accuracy/agreement"] = session.agreement()

    def interim_evaluation(self) -> Iterator[Event]:
        """The student's accuracy on a part of the test images, for the curve; nothing is decided by it."""
        assert self.session is not None and self.session.student is not None
        self.reports.noted["accuracy/agreement"] = self.session.agreement()
        event, figures = self.evaluations.of_student(self.session.student)
        self.reports.noted.update(figures)
        if event is not None:
            yield event

    def _report(self, steps: int) -> StepMetrics:
        self.check_losses()
        values, clock = self.reports.read(), self.reports.clock
        left: dict[str, int] = {self.phase: steps - self.step}
        if self.phase == "warmup":
            left["finetune"] = self._schedule.finetune_steps
        # Evaluation of student and exported file, and the integer reference: about five float evaluations.
        tail = self.pace.tail(self.phase) or 5 * self.evaluations.float_seconds + 10
        return StepMetrics(self.phase, self.step, steps, self.global_step, values, round(clock.elapsed, 3),
                           clock.remaining(left, tail, self.pace.step_seconds()))

    def check_losses(self, latest: dict[str, torch.Tensor] | None = None) -> None:
        """Losses that are no numbers end the run; asked for only now and then, since it waits for the device.

        `latest`: those of a step that is not counted yet.
        """
        assert self.session is not None
        check_losses(self.reports.losses(), self.session, self.phase, self.step)
        if latest:
            found = {key: float(value) for key, value in latest.items()}
            check_losses(found, self.session, self.phase, self.step + 1)

    # --- checkpoints ------------------------------------------------------------------------------

    def save_checkpoint(self) -> Checkpointed:
        """Save what the run can be resumed from."""
        assert self.session is not None
        self.check_losses()
        check_weights(self.session, self.phase, self.step)
        state = {
            "phase": self.phase, "step": self.step, "global_step": self.global_step,
            "elapsed": self.reports.clock.elapsed, "settling": list(self.reports.instability.values),
            "unreported": self.reports.state_dict(), "bench": self.session.state_dict(),
        }
        saved = Checkpointed(self.global_step, self._store.save_checkpoint(self.global_step, state))
        release_free_memory()  # what was only needed to save, and what steps left behind in pieces
        return saved
