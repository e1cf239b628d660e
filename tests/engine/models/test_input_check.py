"""The first batch norm tells whether the preprocessing is the one of the training."""

from __future__ import annotations

import pytest
import torch

from acq_engine.models import load_model
from acq_engine.models.input_check import check_input
from acq_engine.settings import ModelConfig, TestSetConfig
from acq_engine.test_sets.loading import load_test_set


def test_the_right_preprocessing_passes_and_a_wrong_one_warns() -> None:
    loaded = load_model(ModelConfig())
    test_set = load_test_set(TestSetConfig(limit=32), loaded)
    assert test_set is not None
    x = loaded.to_model_input(test_set.images)
    right = check_input(loaded, x)
    assert right is not None and right.fits and right.warning == "" and right.layer == "bn1"
    for wrong in (x * 255, x + 3, x / 10):
        found = check_input(loaded, wrong)
        assert found is not None and not found.fits
        assert "don't match the model's training statistics" in found.warning


def test_the_wrong_range_of_pixels_is_noticed() -> None:
    loaded = load_model(ModelConfig(mean=(0.0,), std=(1.0,)))
    test_set = load_test_set(TestSetConfig(limit=32), loaded)
    assert test_set is not None
    found = check_input(loaded, loaded.to_model_input(test_set.images))
    assert found is not None and found.spread_factor == pytest.approx(3, rel=0.3)


def test_nothing_of_the_model_changes() -> None:
    loaded = load_model(ModelConfig())
    before = {key: value.clone() for key, value in loaded.module.state_dict().items()}
    check_input(loaded, torch.randn(16, 1, 32, 32))
    assert all(torch.equal(value, before[key]) for key, value in loaded.module.state_dict().items())
