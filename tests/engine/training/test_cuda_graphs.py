"""Steps that are recorded and replayed: the same numbers as without, and what happens where it can't be done.

Recording itself needs an NVIDIA card (test_cuda.py); here a stand-in does the work again on the same memory.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import Tensor

from acq_engine.events import Finished, LogMessage
from acq_engine.models import LoadedModel, load_model
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.pipeline.session import TrainingSession
from acq_engine.quantization import calibrate
from acq_engine.settings import ModelConfig, RunConfig
from acq_engine.training.cuda_graphs import EAGER_STEPS, PROVEN_STEPS, GraphRunner, StepRunner, step_runner_for

STEPS = EAGER_STEPS + PROVEN_STEPS + 4


@pytest.fixture(scope="module")
def loaded() -> LoadedModel:
    return load_model(ModelConfig())


class Recorder:
    """Records nothing: it does the work again each time, and leaves gradients only where they first were."""

    def __init__(self) -> None:
        self.parameters: list[Tensor] = []
        self.recorded = self.replayed = 0

    def __call__(self, work: Callable[[], None]) -> Callable[[], None]:
        self.recorded += 1
        work()
        first = [one.grad for one in self.parameters]

        def again() -> None:
            self.replayed += 1
            work()
            for one, gradient in zip(self.parameters, first, strict=True):
                if gradient is not None and one.grad is not None:
                    gradient.copy_(one.grad)
                one.grad = None  # a graph knows nothing of attributes

        return again


def refuse(_: Callable[[], None]) -> Callable[[], None]:
    raise RuntimeError("operation not permitted when stream is capturing\nmore of it")


def trained(loaded: LoadedModel, runs: StepRunner, recorder: Recorder | None = None) -> list[Tensor]:
    """The weights of generator and student after some steps of each."""
    config = RunConfig()
    for name, value in {"generator_batch": 8, "student_batch": 8, "canvas_share": 0, "calibration_samples": 16,
                        "finetune_steps": STEPS, "second_look": 0.2, "generator_every": 1}.items():
        setattr(config.schedule, name, value)
    session = TrainingSession(config, loaded, torch.device("cpu"))
    session.step_runner = session.generator_trainer._runs = runs
    calibrate(session.build_student(), session.batches.for_calibration(), config.quantization)
    if recorder is not None:
        session.begin_finetuning()
        assert session.student is not None
        recorder.parameters = [*session.generator.parameters(), *session.student.parameters()]
    for _ in range(2 * STEPS):
        session.generator_step()
        session.student_step()
    assert session.student is not None
    return [one.detach() for one in (*session.generator.parameters(), *session.student.weight_parameters())]


def test_replayed_steps_give_what_plain_steps_give(loaded: LoadedModel) -> None:
    recorder = Recorder()
    plain, replayed = trained(loaded, StepRunner()), trained(loaded, GraphRunner(recorder), recorder)
    assert recorder.recorded == 4  # generator with one mode and with both; student, and its second look
    assert recorder.replayed > 2 * STEPS
    assert all(torch.equal(a, b) for a, b in zip(plain, replayed, strict=True))


def test_each_kind_of_step_is_recorded_once_and_replayed_from_then_on() -> None:
    recorder = Recorder()
    runs = GraphRunner(recorder)
    weight = torch.ones(2, requires_grad=True)
    recorder.parameters, memory = [weight], torch.zeros(())

    def passes(x: Tensor) -> dict[str, Tensor]:
        weight.grad = None
        loss = (weight * x).sum()
        loss.backward()
        return {"loss": memory.copy_(loss.detach())}  # a graph writes to the same place each time

    seen = []
    for number in range(EAGER_STEPS + PROVEN_STEPS + 3):
        for key, size in (("one", 2), ("other", 2), ("one", 1)):
            x = torch.full((size,), float(number))
            seen.append(runs.run(key, passes, (x,), [weight])["loss"])
            assert weight.grad is not None
            assert torch.equal(weight.grad, x.expand(2) if size == 2 else 2 * x.new_full((2,), number / 2))
    assert recorder.recorded == 3
    assert recorder.replayed == 3 * (PROVEN_STEPS + 3)
    # What came out of earlier steps is not written over by later ones.
    assert [float(loss) for loss in seen[-3:]] == [2.0 * (EAGER_STEPS + PROVEN_STEPS + 2)] * 3
    assert float(seen[-6]) == 2.0 * (EAGER_STEPS + PROVEN_STEPS + 1)


class Wrong(Recorder):
    """Its replayed steps leave gradients that are a little too large."""

    def __call__(self, work: Callable[[], None]) -> Callable[[], None]:
        again = super().__call__(work)
        first = self.parameters[0].grad

        def wrong() -> None:
            again()
            assert first is not None
            first.mul_(1.001)

        return wrong


def test_steps_that_differ_when_replayed_are_not_replayed_and_change_nothing() -> None:
    weight, count = torch.ones(2, requires_grad=True), torch.zeros(())

    def passes(x: Tensor) -> dict[str, Tensor]:
        weight.grad = None
        count.add_(1)
        loss = (weight * x).sum()
        loss.backward()
        return {"loss": loss.detach()}

    recorder = Wrong()
    recorder.parameters = [weight]
    runs = GraphRunner(recorder)
    for number in range(1, EAGER_STEPS + 4):
        x = torch.full((2,), float(number))
        assert float(runs.run("one", passes, (x,), [weight], [count])["loss"]) == 2.0 * number
        assert weight.grad is not None
        assert torch.equal(weight.grad, x)
        # One more for the recording, which a real one would not have done.
        assert float(count) == number + (number > EAGER_STEPS)
    assert "differs from a plain one (gradient 0" in runs.refusal
    assert recorder.recorded == recorder.replayed == 1


def test_steps_whose_plain_results_vary_as_much_are_replayed() -> None:
    weight, noise = torch.ones(4, requires_grad=True), torch.Generator().manual_seed(1)

    def passes(x: Tensor) -> dict[str, Tensor]:  # as sums in no fixed order are
        weight.grad = None
        (weight * (x + 1e-6 * torch.rand(4, generator=noise).round())).sum().backward()
        return {}

    recorder = Recorder()
    recorder.parameters = [weight]
    runs = GraphRunner(recorder)
    for _ in range(STEPS):
        runs.run("one", passes, (torch.ones(4),), [weight])
    assert not runs.refusal
    assert recorder.replayed >= PROVEN_STEPS + 4


def test_what_is_forgotten_is_recorded_anew() -> None:
    recorder = Recorder()
    runs = GraphRunner(recorder)
    for _ in range(2):
        for _ in range(EAGER_STEPS + 1):
            runs.run("one", lambda x: {"double": 2 * x}, (torch.ones(2),), [])
        runs.forget()
    assert recorder.recorded == 2


def test_steps_that_cannot_be_recorded_go_on_without(loaded: LoadedModel) -> None:
    runs = GraphRunner(refuse)
    plain, without = trained(loaded, StepRunner()), trained(loaded, runs)
    assert all(torch.equal(a, b) for a, b in zip(plain, without, strict=True))
    assert "operation not permitted" in runs.refusal
    assert "more of it" not in runs.refusal


def test_the_log_says_once_that_graphs_are_not_used(tmp_path: Path) -> None:
    config = RunConfig.from_data({
        "schedule": {"warmup_steps": EAGER_STEPS + 2, "finetune_steps": EAGER_STEPS + 2, "generator_batch": 8,
                     "student_batch": 8, "calibration_samples": 16, "canvas_share": 0},
        "test_set": {"limit": 20}, "device": "cpu",
    })
    run = QuantizationRun.create(config, tmp_path / "run")
    events = []
    for event in run.events():
        events.append(event)
        if run.course.session is not None and not isinstance(run.course.session.step_runner, GraphRunner):
            run.course.session.step_runner = run.course.session.generator_trainer._runs = GraphRunner(refuse)
    assert isinstance(events[-1], Finished)
    said = [event.text for event in events if isinstance(event, LogMessage) and "CUDA graphs" in event.text]
    assert len(said) == 1
    assert "can't be captured" in said[0]


def test_other_devices_take_plain_steps_and_say_nothing_of_graphs() -> None:
    runs = step_runner_for(torch.device("cpu"), wanted=True)
    assert type(runs) is StepRunner
    assert not runs.refusal
