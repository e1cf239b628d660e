"""The feature map: what it places where, that it stays still, and that authentic images only measure."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from acq_engine.evaluation.measures import frechet_distance
from acq_engine.events import AttentionReady, FeaturesReady, SamplesReady
from acq_engine.models import load_model
from acq_engine.pipeline.feature_map import MOST_IMAGES, FeatureMap
from acq_engine.pipeline.session import TrainingSession
from acq_engine.settings import ModelConfig, RunConfig, TestSetConfig
from acq_engine.test_sets.loading import load_test_set


def pictures(points: torch.Tensor) -> torch.Tensor:
    """Features (N, C, 2, 2) whose means are the points (N, C)."""
    return points[:, :, None, None].expand(-1, -1, 2, 2)


def test_the_map_shows_the_plane_in_which_samples_differ_most() -> None:
    points = torch.zeros(8, 5)
    points[:4, 3], points[4:, 3] = -2.0, 2.0
    points[::2, 1], points[1::2, 1] = -0.5, 0.5
    labels = torch.tensor([0, 0, 0, 0, 1, 1, 1, 1])
    seen = FeatureMap("layer").see(7, pictures(points), labels)
    assert seen.step == 7 and seen.shown == pytest.approx(1)
    assert np.abs(seen.points) == pytest.approx(np.tile([2.0, 0.5], (8, 1)))
    assert (np.sign(seen.points[:4, 0]) != np.sign(seen.points[4:, 0])).all(), "the classes lie apart"
    assert seen.spread == pytest.approx(0.5 * (4 / 3) ** 0.5), "0.5 from a mean that each sample pulls towards itself"
    assert seen.authentic is None and seen.distance is None


def test_the_map_does_not_turn_over_between_looks() -> None:
    stream = torch.Generator().manual_seed(0)
    points = torch.randn(40, 6, generator=stream) * torch.tensor([3.0, 2.9, 0.1, 0.1, 0.1, 0.1])
    labels = torch.arange(40) % 10
    one = FeatureMap("layer")
    first = one.see(1, pictures(points), labels).points
    grown = points * torch.tensor([1.0, 1.2, 1, 1, 1, 1])  # the second axis is now the longer one
    second = one.see(2, pictures(grown), labels).points
    assert np.abs(second - first).max() < 0.25 * np.abs(first).max()
    later = FeatureMap("layer")
    later.load_state_dict(one.state_dict())
    assert later.see(3, pictures(grown), labels).points == pytest.approx(second, abs=1e-4), "also in a resumed run"


def test_what_is_no_number_does_not_end_the_run() -> None:
    seen = FeatureMap("layer").see(1, torch.full((4, 3, 2, 2), float("nan")), torch.zeros(4, dtype=torch.int64))
    assert np.isfinite(seen.points).all()


def test_frechet_distance_of_few_samples_is_that_of_their_covariances() -> None:
    stream = torch.Generator().manual_seed(1)
    x, y = (torch.randn(12, 9, generator=stream, dtype=torch.float64) for _ in range(2))
    whole = frechet_distance(x, y)
    wide = torch.cat([x, torch.zeros(12, 20)], 1), torch.cat([y, torch.zeros(12, 20)], 1)
    assert frechet_distance(*wide) == pytest.approx(whole, rel=1e-6), "20 features that are always 0 change nothing"
    assert frechet_distance(wide[0], wide[0]) == pytest.approx(0, abs=1e-9)


def test_a_look_has_the_map_and_authentic_images_beside_it_when_there_are_some() -> None:
    config = RunConfig()
    loaded = load_model(ModelConfig(source="sample"))
    session = TrainingSession(config, loaded, torch.device("cpu"))
    seen, _ = session.snapshots.take(0, None)
    samples, alone = seen[0], seen[-1]
    assert isinstance(samples, SamplesReady) and isinstance(alone, FeaturesReady)
    maps = [event for event in seen if isinstance(event, AttentionReady)]
    assert [(event.layer, event.corrected) for event in maps] == [
        ("layer3", True), ("layer1", False), ("layer2", False)], "the corrected layer, then the other stages"
    assert alone.points.shape == (len(samples.labels), 2) and alone.authentic is None
    images = load_test_set(TestSetConfig(use_sample=True), loaded)
    assert images is not None
    session.snapshots.compare_with(images)
    with_images = session.snapshots.take(0, None)[0][-1]
    assert isinstance(with_images, FeaturesReady)
    assert with_images.authentic is not None and with_images.authentic.shape == (MOST_IMAGES, 2)
    assert with_images.distance is not None and with_images.authentic_distance is not None
    assert with_images.distance > with_images.authentic_distance, "an untrained generator is far from pictures"
    assert with_images.spread == alone.spread
