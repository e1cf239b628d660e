"""A made-up run for the window's tests and screenshots: realistic events, no torch.

It obeys RunControl as a real run does (pause, resume, finish now, cancel), so the controller and
the views can be driven through every state in milliseconds. The same seed gives the same events.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

from acq_engine.control import RunControl
from acq_engine.events import (
    Checkpointed,
    Event,
    Exported,
    Failed,
    FineTuned,
    LogMessage,
    Paused,
    Phase,
    PhasePlan,
    PhaseStarted,
    Resumed,
    RunStarted,
    StepMetrics,
    Verified,
)
from acq_engine.settings import RunConfig
from acq_engine.settings.losses import weights_of
from tests.tools.fake_events import SUMMARY, FakeEvents


class FakeRun(FakeEvents):
    """Yields the events of one run of the sample.

    Args:
        seed: Decides pictures, noise and centres.
        config: Steps, bits and method are read from it.
        control: Obeyed between steps.
        delay: Seconds between two steps; 0 runs as fast as it can.
        fail_at: Global step at which the run fails; None: it ends well.
        hold_at: Global step at which the run stands still until `release` (for pictures of a running run).
        collapsed: The generator makes the same picture for every sample of a class, so health is bad.
        undone: Fine-tuning does no good, and the calibrated weights are the result.
        with_test_set: False: accuracies are None, as without test images.
    """

    def __init__(
        self, seed: int = 0, config: RunConfig | None = None, control: RunControl | None = None, *,
        delay: float = 0.0, fail_at: int | None = None, hold_at: int | None = None,
        collapsed: bool = False, undone: bool = False, with_test_set: bool = True, run_dir: str = "runs/fashion-0001",
    ) -> None:
        super().__init__(seed, config, collapsed=collapsed, with_test_set=with_test_set, run_dir=run_dir)
        self.control = control or RunControl()
        self.delay = delay
        self.fail_at = fail_at
        self.hold_at = hold_at
        self.undone = undone
        self._released = threading.Event()
        self._waiter = threading.Event()  # never set: a wait that no test has to sleep for

    def events(self) -> Iterator[Event]:
        """All events, in the order in which a real run emits them."""
        schedule = self.config.schedule
        warm, fine = schedule.warmup_steps, schedule.finetune_steps
        plan = (
            PhasePlan("prepare", 0), PhasePlan("warmup", warm), PhasePlan("calibrate", 4), PhasePlan("finetune", fine),
            PhasePlan("evaluate", 2), PhasePlan("export", 1),
        )
        yield RunStarted(self.run_dir, SUMMARY, plan, "cpu", self.seed, loss_weights=weights_of(self.config.losses))
        yield PhaseStarted("prepare", 0)
        yield LogMessage("info", "Read the sample: 78,042 parameters, 9 batch-norm layers.")
        yield self.evaluated("float", 91.9, final=True)
        stopped = False
        for phase, steps, offset in (("warmup", warm, 0), ("calibrate", 4, warm), ("finetune", fine, warm + 4)):
            if self.control.finish_requested and phase == "finetune":
                break
            yield PhaseStarted(phase, steps)  # type: ignore[arg-type]
            for event in self._steps(phase, steps, offset, warm + 4 + fine):  # type: ignore[arg-type]
                yield event
                if isinstance(event, Failed):
                    return
            if self.control.cancel_requested:
                stopped = True
                break
            if phase == "calibrate":
                yield self.layer_report()
        if stopped:
            yield self.finished("stopped")
            return
        if fine:
            kept = FineTuned(True, warm + 4 + fine, 0.047, 0.016)
            yield FineTuned(False, warm + 4, 0.011, 0.019) if self.undone else kept
        yield PhaseStarted("evaluate", 2)
        yield self.evaluated("student", 90.4, final=True)
        if not self.with_test_set:
            yield self.predictions("synthetic", 0.024)
            yield self.predictions("procedural", 0.11)
        yield PhaseStarted("export", 1)
        yield Exported("onnx", f"{self.run_dir}/model.onnx", 61_204, SUMMARY.float_bytes)
        yield self.evaluated("exported", 90.4, final=True)
        yield Verified(
            f"{self.run_dir}/model.onnx", True, 2000 if self.with_test_set else 512,
            "test" if self.with_test_set else "synthetic", 100.0, 99.9, 10, 0, 0.42, 0.71, "ONNX Runtime 1.32.0",
            latency_ranges={"latency_ms": (0.40, 0.51), "float_latency_ms": (0.66, 0.93)}, latency_turns={"1": 480},
        )
        yield self.finished("succeeded")

    def _steps(self, phase: Phase, steps: int, offset: int, total: int) -> Iterator[Event]:
        schedule = self.config.schedule
        for step in range(1, steps + 1):
            if self.delay:
                self._waiter.wait(self.delay)
            global_step = offset + step
            if global_step == self.hold_at:
                self._released.wait()
            if self.control.pause_requested:
                yield Paused(global_step)
                self.control.wait_while_paused()
                yield Resumed(global_step)
            if self.control.cancel_requested or (self.control.finish_requested and phase != "calibrate"):
                if self.control.cancel_requested:
                    yield Checkpointed(global_step, f"{self.run_dir}/checkpoints/{global_step:06d}.pt")
                return
            if self.fail_at is not None and global_step >= self.fail_at:
                yield Failed(
                    "The generator's losses became NaN.", "generator/bn was NaN in step 120.",
                    "Lower the learning rate, or the weight of BN statistics.", "Traceback (most recent call last):\n"
                    '  File "training.py", line 88, in generator_step\nTrainingError: loss is NaN', 1,
                    lower_rates=True,
                )
                return
            if step % schedule.report_every == 0 or step == steps or phase == "calibrate":
                left = (total - global_step) * 0.12
                yield StepMetrics(phase, step, steps, global_step, self.values(phase, global_step),
                                  global_step * 0.12, left)
            if phase != "calibrate" and (step % schedule.sample_every == 0 or step == 1):
                yield self.samples(global_step, with_student=phase == "finetune")
                yield self.attention(global_step)
                yield self.attention(global_step, "layer2")
                yield self.attention(global_step, "layer1")
                yield self.features(global_step)
            if phase == "finetune" and step % max(1, steps // 8) == 0 and self.with_test_set and step < steps:
                yield replace(self.evaluated("student", self._student_top1, final=False), images=500,
                              per_class=None, confusion=None, float_top1=92.6)
            if phase == "finetune" and step % schedule.checkpoint_every == 0:
                yield Checkpointed(global_step, f"{self.run_dir}/checkpoints/{global_step:06d}.pt")

    def release(self) -> None:
        """Let a run that stands still go on."""
        self._released.set()
