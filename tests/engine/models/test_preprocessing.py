"""How pictures are prepared: by the weights, by a name, by typed figures."""

from __future__ import annotations

import pytest

from acq_engine.models import load_model
from acq_engine.settings import ModelConfig


def test_a_name_stands_for_mean_and_deviation_and_typed_figures_go_first() -> None:
    own = load_model(ModelConfig())
    named = load_model(ModelConfig(preprocessing="imagenet"))  # a grey model: the mean over the colours
    assert own.mean == (0.219,) and named.mean == pytest.approx((0.449,)) and named.std == pytest.approx((0.226,))
    assert named.input_shape == own.input_shape and named.resize == own.resize
    typed = load_model(ModelConfig(preprocessing="-1..1", mean=(0.25,)))
    assert (typed.mean, typed.std) == ((0.25,), (0.5,))
