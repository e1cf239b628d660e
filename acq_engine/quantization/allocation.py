"""Bit allocation: weight bits a layer that meet a budget with the least summed sensitivity (OURS).

It is a multiple-choice knapsack, solved exactly. A Lagrangian relaxation gives a first answer and a bound on what any
completion of a partial answer can reach; dynamic programming over the layers then keeps the partial answers that no
other one beats in both cost and error, and of these the ones that the bound does not rule out. As the relaxation is
nearly tight, few are left, and the result is the true optimum all the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from acq_engine.errors import QuantizationError
from acq_engine.quantization.sensitivity import LayerSensitivity

F64 = NDArray[np.float64]
I64 = NDArray[np.int64]
_ITERATIONS = 100  # of the bisection; more than float64 has bits


@dataclass(frozen=True, slots=True)
class Allocation:
    """What was chosen.

    Attributes:
        bits: By layer name, fixed layers too.
        error: Sum of the layers' sensitivities at these bits.
        mean_bits: Average over the weights of the layers that were free; NaN where none was.
        packed_bytes: Of all weights; each layer is rounded up to whole bytes, scales and biases come on top.
    """

    bits: dict[str, int]
    error: float
    mean_bits: float
    packed_bytes: int


@dataclass(frozen=True)
class _Options:
    """One layer's bit-widths, none of them worse than another in both cost and error; costs rising."""

    widths: list[int]
    costs: I64
    errors: F64


def packed_bytes(parameters: int, bits: int) -> int:
    """Bytes of so many weights at that many bits, rounded up."""
    return (parameters * bits + 7) // 8


def allocate(
    layers: Sequence[LayerSensitivity], *, mean_bits: float | None = None, size_bytes: int | None = None,
    fixed: Mapping[str, int] | None = None,
) -> Allocation:
    """Choose bits for the layers that are not fixed, among the widths that they were measured at.

    Args:
        layers: With different names.
        mean_bits: At most so many bits on average over the weights of the free layers. Or:
        size_bytes: At most so many bytes for the weights of all layers, packed.
        fixed: Bits by layer name that are not to be changed.

    Raises:
        QuantizationError: no budget or two, or one that the fewest bits don't meet.
    """
    if (mean_bits is None) == (size_bytes is None):
        raise QuantizationError("Bits are allocated within one budget: an average number of bits, or a size.")
    kept = dict(fixed or {})
    free = [layer for layer in layers if layer.name not in kept]
    if size_bytes is not None:
        used = sum(packed_bytes(layer.parameters, kept[layer.name]) for layer in layers if layer.name in kept)
        budget = size_bytes - used
        options = [_options(layer, lambda n, bits: packed_bytes(n, bits)) for layer in free]
        least = used + sum(int(one.costs[0]) for one in options)
        if least > size_bytes:
            raise QuantizationError(
                f"The weights don't fit into {size_bytes:,} bytes.", cause=f"The minimum is {least:,} bytes.",
                hint="Allow more bytes, or fewer bits for the layers whose bits are set.",
            )
    else:
        assert mean_bits is not None
        weights = sum(layer.parameters for layer in free)
        budget = math.floor(mean_bits * weights + 1e-6)
        options = [_options(layer, lambda n, bits: n * bits) for layer in free]
        if sum(int(one.costs[0]) for one in options) > budget:
            raise QuantizationError(f"The average of {mean_bits:g} bits is too low.")
    chosen = _solve(options, budget)
    bits = kept | {layer.name: width for layer, width in zip(free, chosen, strict=True)}
    return summarise(layers, {layer.name: bits[layer.name] for layer in layers}, set(kept))


def summarise(layers: Sequence[LayerSensitivity], bits: Mapping[str, int], fixed: set[str]) -> Allocation:
    """The figures of an allocation; a layer that was not measured at its bits counts with its nearest width's error."""
    error = sum(layer.errors[min(layer.errors, key=lambda own: abs(own - bits[layer.name]))] for layer in layers)
    free = [layer for layer in layers if layer.name not in fixed]
    weights = sum(layer.parameters for layer in free)
    return Allocation(
        dict(bits), float(error),
        sum(layer.parameters * bits[layer.name] for layer in free) / weights if weights else math.nan,
        sum(packed_bytes(layer.parameters, bits[layer.name]) for layer in layers),
    )


def _options(layer: LayerSensitivity, cost: Callable[[int, int], int]) -> _Options:
    widths: list[int] = []
    best = math.inf
    for width in sorted(layer.errors):
        if layer.errors[width] < best:  # more bits that don't help are never chosen
            best = layer.errors[width]
            widths.append(width)
    return _Options(widths, np.array([cost(layer.parameters, width) for width in widths], np.int64),
                    np.array([layer.errors[width] for width in widths], np.float64))


def _solve(options: Sequence[_Options], budget: int) -> list[int]:
    """The best width of each layer; the fewest of each must fit."""
    price, incumbent = _relaxed(options, budget)
    best = sum(float(one.errors[index]) for one, index in zip(options, incumbent, strict=True))
    # What the layers from i on cost at least, and the least of error + price * cost that they can add.
    least = np.cumsum([0, *(int(one.costs[0]) for one in reversed(options))])[::-1]
    dual = np.cumsum([0.0, *(float((one.errors + price * one.costs).min()) for one in reversed(options))])[::-1]
    costs, errors = np.zeros(1, np.int64), np.zeros(1, np.float64)
    steps: list[tuple[I64, I64]] = []
    slack = 1e-9 * max(best, 1e-30)
    for number, one in enumerate(options):
        all_costs = (costs[:, None] + one.costs).ravel()
        all_errors = (errors[:, None] + one.errors).ravel()
        bound = all_errors + price * (all_costs - budget) + dual[number + 1]
        alive = np.flatnonzero((all_costs + least[number + 1] <= budget) & (bound <= best + slack))
        order = alive[np.lexsort((all_errors[alive], all_costs[alive]))]
        lowest = np.minimum.accumulate(all_errors[order])
        order = order[np.concatenate(([True], all_errors[order][1:] < lowest[:-1]))] if len(order) else order
        steps.append((order // len(one.costs), order % len(one.costs)))
        costs, errors = all_costs[order], all_errors[order]
    if not len(errors) or errors.min() > best:
        return [one.widths[index] for one, index in zip(options, incumbent, strict=True)]
    place = int(errors.argmin())
    chosen: list[int] = []
    for one, (parents, choices) in zip(reversed(options), reversed(steps), strict=True):
        chosen.append(one.widths[int(choices[place])])
        place = int(parents[place])
    return chosen[::-1]


def _relaxed(options: Sequence[_Options], budget: int) -> tuple[float, list[int]]:
    """The price of a unit of cost at which the relaxation just meets the budget, and an answer that meets it."""

    def at(price: float) -> list[int]:
        return [int((one.errors + price * one.costs).argmin()) for one in options]

    def cost(indices: list[int]) -> int:
        return sum(int(one.costs[index]) for one, index in zip(options, indices, strict=True))

    if cost(at(0.0)) <= budget:
        return 0.0, at(0.0)
    low, high = 0.0, 1.0
    while cost(at(high)) > budget and high < 1e30:
        high *= 4.0
    for _ in range(_ITERATIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if cost(at(middle)) > budget else (low, middle)
    answer = at(high) if cost(at(high)) <= budget else [0] * len(options)
    # What is left over buys the steps that gain most for their cost.
    left = budget - cost(answer)
    while True:
        gains = [
            ((one.errors[index] - one.errors[better]) / (one.costs[better] - one.costs[index]), number, better)
            for number, (one, index) in enumerate(zip(options, answer, strict=True))
            for better in range(index + 1, len(one.costs)) if one.costs[better] - one.costs[index] <= left
        ]
        if not gains:
            return high, answer
        _, number, better = max(gains, key=lambda gain: gain[0])
        left -= int(options[number].costs[better] - options[number].costs[answer[number]])
        answer[number] = better
