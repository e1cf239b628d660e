"""Images that are optimized directly: what they come to be, what the student sees of them, and how they go on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from acq_engine.control import RunControl
from acq_engine.errors import ConfigError, TrainingError
from acq_engine.events import (
    AttentionReady,
    Event,
    Finished,
    LogMessage,
    PhaseStarted,
    SamplesReady,
    StepMetrics,
)
from acq_engine.experiments.observing import observe
from acq_engine.generation.procedural_images import batch_norm_error, pixel_range
from acq_engine.models import LoadedModel, load_model
from acq_engine.pipeline.bit_allocation import sensitivity_samples
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.pipeline.session import TrainingSession
from acq_engine.pipeline.subject import Subject
from acq_engine.settings import ModelConfig, RunConfig
from acq_engine.store import RunStore
from tests.tools.bank_plan import bank_plan

IMAGES, STEPS = 48, 60
PLAN = bank_plan(IMAGES, 16, STEPS)


@pytest.fixture(scope="module")
def loaded() -> LoadedModel:
    return load_model(ModelConfig())


def settings(**losses: float) -> RunConfig:
    return RunConfig.from_data({
        "schedule": {"preset": "custom", "warmup_steps": 0, "finetune_steps": 2, "generator_batch": 16,
                     "student_batch": 8, "calibration_samples": 16, "sample_every": 30, "checkpoint_every": 10},
        "test_set": {"limit": 20}, "losses": losses, "device": "cpu", "threads": 1,
    })


def begun(loaded: LoadedModel, **losses: float) -> TrainingSession:
    session = TrainingSession(settings(**losses), loaded, torch.device("cpu"))
    session.follow(PLAN)
    return session


@pytest.fixture(scope="module")
def learned() -> TrainingSession:
    session = begun(load_model(ModelConfig()))
    for _ in range(STEPS):
        session.sample_step()
    return session


def test_images_come_to_be_what_is_asked_for(learned: TrainingSession, loaded: LoadedModel) -> None:
    bank, first = learned.bank, begun(loaded).bank
    assert bank is not None
    assert first is not None
    seen = learned.teacher.logits(bank.images, 16).argmax(1)
    assert float((seen == bank.conditions.labels).float().mean()) > 0.7
    assert batch_norm_error(learned.teacher, bank.images) < batch_norm_error(learned.teacher, first.images) / 2
    low, high = (value.view(1, -1, 1, 1) for value in pixel_range(learned.loaded))
    assert bool(((bank.images >= low) & (bank.images <= high)).all())
    assert len(torch.unique(bank.images.flatten(1), dim=0)) == IMAGES, "all of them differ"
    _, health = learned.snapshots.take(STEPS, None)
    assert health["health/class"] > 70


def test_attention_goes_where_it_is_asked_to(loaded: LoadedModel) -> None:
    errors = []
    for weight in (0.0, 80.0):
        session = begun(loaded, centre=weight)
        for _ in range(STEPS // 2):
            session.sample_step()
        errors.append(session.snapshots.take(STEPS, None)[1]["health/centre_error"])
    assert errors[1] < errors[0] - 0.15


def test_every_weight_is_a_switch(loaded: LoadedModel) -> None:
    names = {"class": "class", "bn": "bn", "centre": "centre", "pair": "pair", "modes_bn": "modes_bn",
             "modes_output": "modes_output", "modes_attention": "modes_attention"}
    assert {f"generator/{name}" for name in names.values()} <= set(begun(loaded).sample_step())
    for setting, metric in names.items():
        found = begun(loaded, **{setting: 0.0}).sample_step()
        assert f"generator/{metric}" not in found
        assert "generator/total" in found


def test_each_image_has_its_turn_once_in_a_round(loaded: LoadedModel) -> None:
    session = begun(loaded)
    bank = session.bank
    assert bank is not None
    before = bank.images.clone()
    for _ in range(IMAGES // 16):
        session.sample_step()
    assert (bank._moved == 1).all()
    assert ((bank.images - before).flatten(1).abs().max(1).values > 0).all()


def test_a_bank_goes_on_as_if_it_had_not_been_stopped(loaded: LoadedModel) -> None:
    one, other = begun(loaded), begun(loaded)
    for _ in range(4):
        one.sample_step()
    other.load_state_dict(one.state_dict())
    for _ in range(4):
        assert {k: v.item() for k, v in one.sample_step().items()} == {
            k: v.item() for k, v in other.sample_step().items()}
    assert one.bank is not None
    assert other.bank is not None
    assert torch.equal(one.bank.images, other.bank.images)


def test_the_student_is_judged_by_images_that_it_never_learns_from(learned: TrainingSession) -> None:
    batches, bank = learned.batches, learned.bank
    assert bank is not None
    held = {image.numpy().tobytes() for image in batches.held_out()}
    assert len(held) == IMAGES // 8
    drawn = [image for part in batches.for_calibration() for image in part]
    assert len(drawn) == IMAGES - len(held), "each once"
    for _ in range(8):
        drawn += list(batches.next()[0])
    assert not held & {image.numpy().tobytes() for image in drawn}


def run(folder: Path, config: RunConfig | None = None, stop_at: str = "") -> list[Event]:
    control, seen = RunControl(), []
    for event in QuantizationRun.create(config or settings(), folder, control, plan=PLAN).events():
        seen.append(event)
        if stop_at and isinstance(event, StepMetrics) and event.phase == stop_at and event.step >= 25:
            control.cancel()
    return seen


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Event], Path]:
    folder = tmp_path_factory.mktemp("bank") / "whole"
    return run(folder), folder


def test_a_run_with_a_bank_says_so_and_shows_it(whole: tuple[list[Event], Path]) -> None:
    events, _ = whole
    assert isinstance(events[-1], Finished)
    assert events[-1].verified
    warmup = next(event for event in events if isinstance(event, PhaseStarted) and event.phase == "warmup")
    assert warmup.steps == STEPS
    said = " ".join(event.text for event in events if isinstance(event, LogMessage))
    assert f"{IMAGES} images were optimized directly, in the generator's place" in said
    shown = [event for event in events if isinstance(event, SamplesReady)]
    assert len(shown) >= 3
    assert len(shown[0].images) == 40
    assert shown[0].asked is not None
    assert [event for event in events if isinstance(event, AttentionReady)]
    assert not (shown[0].images == shown[-1].images).all(), "they are seen to learn"


def test_a_run_with_a_bank_resumes_to_the_same_result(whole: tuple[list[Event], Path], tmp_path: Path) -> None:
    run(tmp_path / "stopped", stop_at="warmup")
    rest = list(QuantizationRun.resume(RunStore.open(tmp_path / "stopped")).events())
    assert isinstance(rest[-1], Finished)
    assert (tmp_path / "stopped/model.onnx").read_bytes() == (whole[1] / "model.onnx").read_bytes()


def test_another_run_reuses_the_images_and_has_the_same_result(
    whole: tuple[list[Event], Path], tmp_path: Path
) -> None:
    config = settings()
    config.generator.start = whole[1]
    events = run(tmp_path / "later", config)
    assert isinstance(events[-1], Finished)
    assert {event.phase for event in events if isinstance(event, StepMetrics)} == {"finetune"}
    assert any(event.text.startswith("The images are reused from") for event in events if isinstance(event, LogMessage))
    assert (tmp_path / "later/student.safetensors").read_bytes() == (whole[1] / "student.safetensors").read_bytes()


def test_images_that_cannot_be_reused_are_refused(whole: tuple[list[Event], Path], tmp_path: Path) -> None:
    config = settings()
    config.generator.start, config.seed = whole[1], 1
    with pytest.raises(ConfigError, match="another seed"):
        QuantizationRun.create(config, tmp_path / "other", plan=PLAN)
    config.seed = 0
    with pytest.raises(ConfigError, match="only where the run has a time"):
        QuantizationRun.create(config, tmp_path / "other")
    with pytest.raises(ConfigError, match="can't be reused with this plan"):
        QuantizationRun.create(config, tmp_path / "other", plan=replace(PLAN, bank_images=IMAGES // 2))
    assert not (tmp_path / "other").exists()


def test_an_older_plan_without_steps_for_images_uses_procedural_ones(loaded: LoadedModel) -> None:
    session = TrainingSession(settings(), loaded, torch.device("cpu"))
    session.follow(replace(PLAN, bank_steps=0))
    assert session.bank is None
    assert session.batches.without_samples


def test_sensitivity_uses_the_bank_and_experiments_say_that_there_is_no_generator(
    whole: tuple[list[Event], Path]
) -> None:
    session = Subject.of_run(whole[1]).session()
    assert session.bank is not None
    assert session.bank.done == STEPS
    assert torch.equal(sensitivity_samples(session, 8), session.bank.images[:8])
    with pytest.raises(TrainingError, match="no generator"):
        observe(session, 8)
