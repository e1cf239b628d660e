"""Bit allocation: it keeps to its budget, and no other choice within the budget has less error."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acq_engine.errors import QuantizationError
from acq_engine.export.acq.bit_packing import pack, packed_size
from acq_engine.quantization.allocation import allocate, packed_bytes
from acq_engine.quantization.sensitivity import BIT_WIDTHS, LayerSensitivity


def layer(name: str, parameters: int, errors: dict[int, float]) -> LayerSensitivity:
    return LayerSensitivity(name, "conv2d", (parameters,), errors)


def made_up(seed: int, count: int, largest: int = 5000) -> list[LayerSensitivity]:
    """Errors that fall about four times with each bit, as real ones do, with noise that can turn them round."""
    rng = np.random.default_rng(seed)
    return [
        layer(f"l{number}", int(rng.integers(1, largest)),
              {bits: float(10 ** rng.uniform(-3, 0) * 4.0 ** (2 - bits) * rng.uniform(0.5, 2)) for bits in BIT_WIDTHS})
        for number in range(count)
    ]


def brute_force(layers: list[LayerSensitivity], fits: object) -> float:
    assert callable(fits)
    errors = [
        sum(one.errors[bits] for one, bits in zip(layers, chosen, strict=True))
        for chosen in itertools.product(*(one.errors for one in layers)) if fits(chosen)
    ]
    return min(errors)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4), st.floats(2.0, 8.0))
def test_the_best_choice_for_a_mean(seed: int, count: int, mean: float) -> None:
    layers = made_up(seed, count, 60)
    chosen = allocate(layers, mean_bits=mean)
    weights = sum(one.parameters for one in layers)
    used = sum(one.parameters * chosen.bits[one.name] for one in layers)
    assert used <= mean * weights + 1e-6
    assert chosen.mean_bits == pytest.approx(used / weights)
    best = brute_force(layers, lambda bits: sum(
        one.parameters * own for one, own in zip(layers, bits, strict=True)) <= mean * weights + 1e-6)
    assert chosen.error == pytest.approx(best, rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 4), st.floats(0.0, 1.0))
def test_the_best_choice_for_a_size(seed: int, count: int, share: float) -> None:
    layers = made_up(seed, count, 60)
    fixed = {"l1": 8}
    least, most = (sum(packed_bytes(one.parameters, fixed.get(one.name, bits)) for one in layers) for bits in (2, 8))
    budget = round(least + share * (most - least))
    chosen = allocate(layers, size_bytes=budget, fixed=fixed)
    assert chosen.packed_bytes <= budget and chosen.bits["l1"] == 8
    best = brute_force(layers, lambda bits: bits[1] == 8 and sum(
        packed_bytes(one.parameters, own) for one, own in zip(layers, bits, strict=True)) <= budget)
    assert chosen.error == pytest.approx(best, rel=1e-9)


def test_more_budget_never_costs_more() -> None:
    layers = made_up(3, 30, 100_000)
    errors = [allocate(layers, mean_bits=mean).error for mean in np.linspace(2, 8, 25)]
    assert errors == sorted(errors, reverse=True)


def test_a_deep_network_of_equal_layers() -> None:
    layers = [layer(f"l{number}", 4096, {bits: 4.0**-bits for bits in BIT_WIDTHS}) for number in range(150)]
    chosen = allocate(layers, mean_bits=3.5)
    assert sorted(chosen.bits.values()) == [3] * 75 + [4] * 75


def test_fixed_layers_keep_their_bits_and_do_not_count_in_the_mean() -> None:
    layers = [layer("first", 1_000_000, {8: 0.0}), layer("a", 10, {2: 1.0, 4: 0.0}), layer("b", 10, {2: 0.1, 4: 0.0})]
    chosen = allocate(layers, mean_bits=3, fixed={"first": 8})
    assert chosen.bits == {"first": 8, "a": 4, "b": 2}
    assert chosen.mean_bits == 3 and chosen.error == pytest.approx(0.1)


@settings(deadline=None)
@given(st.integers(0, 100), st.sampled_from(BIT_WIDTHS))
def test_bytes_are_those_of_the_packed_file(count: int, bits: int) -> None:
    assert packed_bytes(count, bits) == packed_size(count, bits) == len(pack(np.zeros(count, np.uint8), bits))


def test_all_layers_fixed() -> None:
    chosen = allocate([layer("a", 10, {2: 1.0, 4: 0.5})], mean_bits=3, fixed={"a": 4})
    assert chosen.bits == {"a": 4} and math.isnan(chosen.mean_bits)


def test_a_budget_that_cannot_be_met_says_what_the_least_is() -> None:
    layers = [layer("a", 100, {2: 1.0, 4: 0.0}), layer("b", 100, {2: 1.0, 4: 0.0})]
    with pytest.raises(QuantizationError, match="50 bytes"):
        allocate(layers, size_bytes=49)
    with pytest.raises(QuantizationError):
        allocate(layers)
    with pytest.raises(QuantizationError):
        allocate(layers, mean_bits=3, size_bytes=100)
