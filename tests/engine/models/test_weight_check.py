"""Weights with which no network works are told in words; a trained network's are not."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from acq_engine.models import load_model
from acq_engine.models.weight_check import weight_warnings
from acq_engine.settings import ModelConfig


@pytest.fixture
def module() -> nn.Module:
    return load_model(ModelConfig()).module


def test_a_trained_network_gives_no_warning_even_with_dead_channels(module: nn.Module) -> None:
    assert weight_warnings(module) == []
    with torch.no_grad():
        module.get_submodule("bn1").running_var[:3] = 0  # type: ignore[operator]
    assert weight_warnings(module) == []


@pytest.mark.parametrize(("layer", "name", "value", "words"), [
    ("fc", "weight", 0.0, "All weights of fc are zero"), ("conv1", "weight", 0.0, "All weights of conv1 are zero"),
    ("bn1", "running_var", 0.0, "The running variances of bn1 are zero"),
    ("bn1", "running_var", 1e20, "The running variances of bn1 are above 1e12"),
])
def test_what_can_not_work_is_named(module: nn.Module, layer: str, name: str, value: float, words: str) -> None:
    getattr(module.get_submodule(layer), name).data.fill_(value)
    (warning,) = weight_warnings(module)
    assert warning.startswith(words)
