"""Canvases: drawn pictures that join the samples where the model's statistics allow it."""

from __future__ import annotations

import pytest
import torch

from acq_engine.generation import procedural_images
from acq_engine.generation.procedural_images import batch_norm_error, make_procedural_images
from acq_engine.models import LoadedModel, load_model
from acq_engine.models.drawn_images import draw_procedural_images
from acq_engine.pipeline.session import TrainingSession
from acq_engine.settings import ModelConfig, RunConfig
from acq_engine.teacher.losses import NO_CLASS, class_loss

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def loaded() -> LoadedModel:
    return load_model(ModelConfig())


def session(loaded: LoadedModel, **schedule: float) -> TrainingSession:
    config = RunConfig()
    config.schedule.generator_batch = config.schedule.student_batch = 16
    for name, value in schedule.items():
        setattr(config.schedule, name, value)
    return TrainingSession(config, loaded, CPU)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little to refine."""
    monkeypatch.setattr(procedural_images, "BANK_VALUES", 64 * 28 * 28)
    monkeypatch.setattr(procedural_images, "REFINING_STEPS", 4)


@pytest.mark.parametrize("shape", [(1, 28, 28), (3, 33, 20), (3, 224, 224)])
def test_canvases_have_the_inputs_shape_and_range(shape: tuple[int, int, int]) -> None:
    low, high = torch.full((shape[0],), -2.0), torch.full((shape[0],), 2.5)
    drawn = draw_procedural_images(4, shape, low, high, torch.Generator().manual_seed(0))
    assert drawn.shape == (4, *shape)
    assert drawn.min() >= -2
    assert drawn.max() <= 2.5
    assert (drawn.flatten(1).std(1) > 0.05).all()


def test_the_seed_decides_what_is_drawn(loaded: LoadedModel) -> None:
    first, again, other = (make_procedural_images(loaded, seed) for seed in (0, 0, 1))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_canvases_that_contradict_the_model_are_left_out(loaded: LoadedModel) -> None:
    # The sample tells clothes on black apart: patterned canvases are far from what it has seen.
    one = session(loaded)
    assert list(one.batches.prepare_procedural()) == []
    assert one.batches.procedural is None
    assert one.batches.procedural_error is not None
    assert one.batches.procedural_error > one.config.schedule.canvas_limit
    _, labels = one.batches.next()
    assert (labels != NO_CLASS).all()


@pytest.mark.usefixtures("few")
def test_the_share_decides_how_many_canvases_join(loaded: LoadedModel) -> None:
    one = session(loaded, canvas_share=0.5, canvas_limit=10)
    assert list(one.batches.prepare_procedural()) == [(32, 64), (64, 64)]
    labels = torch.cat([one.batches.next()[1] for _ in range(20)])
    assert 0.35 < (labels == NO_CLASS).float().mean() < 0.65
    none = session(loaded, canvas_share=0)
    assert list(none.batches.prepare_procedural()) == []
    assert none.batches.procedural_error is None
    assert (none.batches.next()[1] != NO_CLASS).all()


@pytest.mark.usefixtures("few")
def test_a_session_goes_on_with_the_same_canvases(loaded: LoadedModel) -> None:
    first = session(loaded, canvas_share=0.5, canvas_limit=10)
    list(first.batches.prepare_procedural())
    first.batches.next()
    state = first.state_dict()
    expected = first.batches.next()[0]
    again = session(loaded, canvas_share=0.5, canvas_limit=10)
    again.load_state_dict(state)
    assert torch.equal(again.batches.next()[0], expected)


def test_refining_brings_the_statistics_closer(loaded: LoadedModel) -> None:
    one = session(loaded)
    drawn = make_procedural_images(loaded, 0)[:64]
    low, high = procedural_images.pixel_range(loaded)
    better = torch.cat(list(procedural_images.refined(drawn, one.teacher, loaded, torch.Generator().manual_seed(0))))
    assert batch_norm_error(one.teacher, better) < 0.7 * batch_norm_error(one.teacher, drawn)
    assert better.shape == drawn.shape
    assert better.min() >= low.min()
    assert better.max() <= high.max()


def test_pictures_without_a_class_do_not_count_in_the_class_loss() -> None:
    logits, labels = torch.randn(4, 3), torch.tensor([0, NO_CLASS, 2, NO_CLASS])
    assert torch.isclose(class_loss(logits, labels), class_loss(logits[::2], labels[::2]))
    assert class_loss(logits, torch.full((4,), NO_CLASS)) == 0
