"""Predictions side by side: what is kept of the images, and in which order."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from acq_engine.evaluation.predictions import LARGEST_SIDE, MOST_IMAGES, compare_predictions
from acq_engine.models import load_teacher
from acq_engine.models.loaded import LoadedModel
from tests.tools.old_files import OLD


@pytest.fixture(scope="module")
def loaded() -> LoadedModel:
    return load_teacher(OLD / "finished")


def test_other_predictions_come_first_then_the_furthest_apart(loaded: LoadedModel) -> None:
    plain = torch.tensor([[4.0, 0, 0], [4.0, 0, 0], [4.0, 0, 0], [0.2, 0, 0]])
    quantized = torch.tensor([[4.0, 0, 0], [1.0, 0, 0], [3.9, 0, 0], [0, 0.2, 0]])
    found = compare_predictions("procedural", torch.zeros(4, 1, 12, 12), plain, quantized, loaded)
    assert found.float_classes.tolist() == [0, 0, 0, 0] and found.quantized_classes.tolist() == [0, 0, 0, 1]
    assert found.places.tolist() == [3, 1, 2, 0], "the only flip, though its probabilities are nearly equal"
    np.testing.assert_allclose(found.float_shares[0], np.exp(4) / (np.exp(4) + 2), rtol=1e-5)
    p, q = plain[1].double().softmax(0), quantized[1].double().softmax(0)
    np.testing.assert_allclose(found.divergence[1], float((p * (p / q).log()).sum()), rtol=1e-4)
    assert found.divergence[0] == 0


def test_large_images_are_reduced_and_few_are_kept(loaded: LoadedModel) -> None:
    count = MOST_IMAGES + 6
    logits = torch.randn(count, 10, generator=torch.Generator().manual_seed(0))
    found = compare_predictions("synthetic", torch.zeros(count, 1, 100, 200), logits, logits, loaded)
    assert found.images.shape == (MOST_IMAGES, LARGEST_SIDE // 2, LARGEST_SIDE, 3)
    assert len(found.divergence) == count
