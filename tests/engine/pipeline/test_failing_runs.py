"""A run that can't go on says why and what to do, and keeps nothing that is broken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from acq_engine.control import RunControl
from acq_engine.errors import AcqError, StorageError
from acq_engine.events import Checkpointed, Failed, LogMessage, RunStarted, StepMetrics
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore
from tests.engine.pipeline.small_runs import of, short, tiny, until_checked


def test_a_full_disk_while_stopping_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    control = RunControl()
    run = QuantizationRun.create(short(checkpoint_every=100), tmp_path / "run", control)

    def full(*_: Any) -> str:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(run.store, "save_checkpoint", full)
    events = []
    for event in run.events():
        events.append(event)
        if isinstance(event, StepMetrics):
            control.cancel()
    assert isinstance(events[-1], Failed)
    assert events[-1].message == "The disk is full."
    assert RunStore.open(tmp_path / "run").state == "failed"


def test_a_full_graphics_card_ends_the_run_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> torch.Tensor:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has 8.00 GiB in all.")

    monkeypatch.setattr("acq_engine.teacher.losses.class_loss", full)  # already while steps are timed
    events = list(QuantizationRun.create(short(), tmp_path / "run").events())
    assert any("no plan: memory ran out" in event.text for event in of(events, LogMessage))
    end = events[-1]
    assert isinstance(end, Failed)
    assert end.message == "The GPU is out of memory."
    assert end.cause == "CUDA out of memory."
    assert "smaller generator batch" in end.hint


def test_diverging_losses_end_the_run_with_a_plain_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from acq_engine.teacher import losses

    real, calls = losses.class_loss, []

    def diverging(*arguments: Any) -> torch.Tensor:
        calls.append(1)
        return real(*arguments) * (1.0 if len(calls) == 1 else float("nan"))

    run = QuantizationRun.create(short(report_every=4, checkpoint_every=1), tmp_path / "run")
    monkeypatch.setattr(losses, "class_loss", diverging)  # steps were timed before
    events = list(run.events())
    assert isinstance(events[-1], Failed)
    assert "became NaN" in events[-1].message
    assert [event.step for event in of(events, Checkpointed)] == [1], "nothing that is no number is kept"
    assert RunStore.open(tmp_path / "run").state == "failed"


@pytest.mark.parametrize(("loss", "value", "phase", "name"), [
    ("class_loss", "nan", "warmup", "generator class"), ("bn_loss", "inf", "warmup", "generator BN statistics"),
    ("feature_loss", "nan", "finetune", "student features"),
    ("distillation_loss", "-inf", "finetune", "student distillation"),
])
def test_a_loss_that_is_no_number_is_named_and_the_run_goes_on_with_lower_rates(
    loss: str, value: str, phase: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from acq_engine.teacher import losses

    real = getattr(losses, loss)
    run = QuantizationRun.create(tiny(report_every=6, sample_every=6), tmp_path / "run")
    monkeypatch.setattr(losses, loss, lambda *given: real(*given) * (
        float(value) if (run.course.phase, run.course.step) == (phase, 4) else 1.0))
    events = list(run.events())
    end = events[-1]
    assert isinstance(end, Failed) and "became NaN" in end.message
    step = {"warmup": 6, "finetune": 5}[phase]  # the next look at them
    assert f"In phase {phase}, step {step}, these were NaN or infinite: " in end.cause and name in end.cause, end.cause
    assert end.lower_rates and "--lower-rates" in end.hint
    saved = of(events, Checkpointed)[-1].step
    assert saved == {"warmup": 3, "finetune": 9}[phase], "the last one from before"
    monkeypatch.undo()
    before = RunStore.open(tmp_path / "run").config.schedule
    run = QuantizationRun.resume(RunStore.open(tmp_path / "run"), lower_rates=True)
    resumed = until_checked(run)
    assert isinstance(resumed[-1], StepMetrics), resumed[-1]
    assert of(resumed, RunStarted)[0].resumed_from_step == saved
    assert any("learning rates are 0.3 times" in event.text for event in of(resumed, LogMessage))
    after = RunStore.open(tmp_path / "run").config.schedule
    assert after.student_lr == pytest.approx(0.3 * before.student_lr)
    assert after.generator_lr == pytest.approx(0.3 * before.generator_lr)
    if phase == "finetune":  # also where the checkpoint brings the optimizer's state
        assert run.course.session is not None and run.course.session.student_trainer is not None
        rates = [group["rate"] for group in run.course.session.student_trainer.optimizer.param_groups]
        assert rates == pytest.approx([after.student_lr, after.scale_lr])


def test_weights_that_are_no_numbers_never_become_a_checkpoint(tmp_path: Path) -> None:
    """The loss was a number, the step that it led to was not; the layer that gives no numbers is named."""
    run = QuantizationRun.create(tiny(report_every=1), tmp_path / "run")
    events, seen = run.events(), []
    for event in events:
        seen.append(event)
        if isinstance(event, StepMetrics) and event.global_step == 5:
            assert run.course.session is not None
            with torch.no_grad():
                next(run.course.session.generator.parameters()).fill_(float("inf"))
            run.course.control.cancel()  # a stop saves as well
    assert isinstance(seen[-1], Failed) and "became NaN or infinite" in seen[-1].cause
    assert "of the generator" in seen[-1].cause.partition("first layer")[2]
    assert of(seen, Checkpointed)[-1].step == 3


@pytest.fixture
def bad_configs(tmp_path: Path) -> list[RunConfig]:
    missing = RunConfig.from_data({"model": {"source": "checkpoint", "path": str(tmp_path / "none.safetensors")}})
    no_images = RunConfig.from_data({"test_set": {"path": str(tmp_path / "none.npz")}})
    layer = RunConfig.from_data({"generator": {"attention_layer": "layer99"}})
    return [missing, no_images, layer]


def test_bad_input_leaves_no_run_folder(bad_configs: list[RunConfig], tmp_path: Path) -> None:
    for number, config in enumerate(bad_configs):
        folder = tmp_path / f"run{number}"
        with pytest.raises(AcqError) as caught:
            QuantizationRun.create(config, folder)
        assert caught.value.exit_code == 2
        assert not folder.exists()
