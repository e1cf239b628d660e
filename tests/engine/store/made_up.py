"""Events made up for tests, any event, and what equal means for them."""

from __future__ import annotations

import dataclasses
import math
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from acq_engine.events import (
    EVENT_TYPES,
    AttentionReady,
    Finished,
    LayerReport,
    ModelSummary,
    PhasePlan,
    RunStarted,
    SamplesReady,
    StepMetrics,
)
from acq_engine.store.serialization import SHAPES

MODEL = ModelSummary("fashion", "fashion_resnet", 80_000, 9, 10, (1, 32, 32), 320_000, ("Shirt", "Bag"))


def step(number: int, loss: float = 1.0, **values: float) -> StepMetrics:
    return StepMetrics("warmup", number, 100, number, {"generator/total": loss, **values}, number / 10)


def samples(number: int, count: int = 5, size: int = 32) -> SamplesReady:
    random = np.random.default_rng(number)
    return SamplesReady(
        number, random.integers(0, 256, (count, size, size, 3), dtype=np.uint8), np.arange(count, dtype=np.int64), None,
        random.uniform(-1, 1, (count, 2)).astype(np.float32), np.zeros(count, np.int64),
        random.random(count, dtype=np.float32),
    )


def attention(number: int, count: int = 5) -> AttentionReady:
    maps = np.random.default_rng(number).random((2, count, 8, 8), dtype=np.float32)
    return AttentionReady(number, "layer3", maps[0], maps[1], np.ones(count, np.float32))


def started(resumed: int | None = None) -> RunStarted:
    return RunStarted("run", MODEL, (PhasePlan("warmup", 100),), "cpu", 0, resumed)


def finished(state: Literal["succeeded", "stopped"] = "succeeded") -> Finished:
    return Finished(state, 92.0, 91.0, 91.0, 99.9, {"onnx": "model.onnx"}, 60.0, True)


def same(left: Any, right: Any) -> bool:
    """Whether `left` was read back from `right`: arrays and NaN are equal to themselves.

    Where a number may be missing, NaN is read back as None: both say "not measured".
    """
    if dataclasses.is_dataclass(left):
        return type(left) is type(right) and all(
            same(getattr(left, field.name), getattr(right, field.name)) for field in dataclasses.fields(left)
        )
    if isinstance(left, np.ndarray):
        return isinstance(right, np.ndarray) and left.dtype == right.dtype and np.array_equal(
            left, right, equal_nan=left.dtype.kind == "f")
    if isinstance(right, float) and math.isnan(right):
        return left is None or math.isnan(left)
    if isinstance(left, (tuple, list)):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(value, right[key]) for key, value in left.items())
    return bool(left == right)


def value_of(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a field's type."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Union or str(origin) == "<class 'types.UnionType'>":
        return st.one_of(*(value_of(item) for item in arguments))
    if hint is type(None):
        return st.none()
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            return st.lists(value_of(arguments[0]), max_size=3).map(tuple)
        return st.tuples(*(value_of(item) for item in arguments))
    if origin is dict:
        return st.dictionaries(st.text(max_size=5), value_of(arguments[1]), max_size=3)
    if origin is np.ndarray:
        return hnp.arrays(get_args(arguments[1])[0], hnp.array_shapes(max_dims=3, max_side=3, min_side=0))
    if dataclasses.is_dataclass(hint):
        return st.builds(cast(type, hint), **{name: value_of(item) for name, item in get_type_hints(hint).items()})
    return {
        float: st.floats(allow_infinity=False), int: st.integers(-2**53, 2**53), str: st.text(max_size=20),
        bool: st.booleans(),
    }[hint]


def well_shaped(event: Any, lengths: list[int]) -> Any:
    """The event with its arrays in shapes that fit each other; letters take one of `lengths` each."""
    known = {"L": len(event.layers)} if isinstance(event, LayerReport) else {}
    changed = {}
    for name, shape in SHAPES.get(event.kind(), {}).items():
        sides = [int(letter) if letter.isdigit() else known.setdefault(letter, lengths[ord(letter) % len(lengths)])
                 for letter in shape]
        if getattr(event, name) is not None:
            changed[name] = np.resize(getattr(event, name), sides)
    return dataclasses.replace(event, **changed)


any_event = st.builds(well_shaped, st.one_of(*(
    st.builds(cls, **{
        name: value_of(hint) for name, hint in get_type_hints(cls).items()
        if name in {field.name for field in dataclasses.fields(cls)}
    })
    for cls in EVENT_TYPES.values()
)), st.lists(st.integers(1, 3), min_size=1, max_size=5))
