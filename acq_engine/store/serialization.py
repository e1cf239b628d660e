"""Events as JSON and back. Arrays never enter JSON: they go to a file that the JSON names.

JSON knows no NaN and no infinity: they become null. Null is read as NaN where a number must be,
as None where it may be missing.
"""

from __future__ import annotations

import dataclasses
import json
import math
import types
from collections.abc import Callable, Mapping
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

from acq_engine.events import EVENT_TYPES, Event, LayerReport

Arrays = Mapping[str, NDArray[Any]]

# The arrays' shapes: a letter stands for a length that is the same in all arrays of one event ("L" for the layers').
SHAPES: dict[str, dict[str, str]] = {
    "samples_ready": {
        "images": "NHW3", "labels": "N", "asked": "N2", "measured": "N2", "teacher_class": "N",
        "teacher_confidence": "N", "student_class": "N", "student_confidence": "N",
    },
    "attention_ready": {"eval_maps": "Nhw", "train_maps": "Nhw", "similarity": "N", "centres": "N2"},
    "features_ready": {"points": "N2", "labels": "N", "authentic": "M2", "authentic_labels": "M"},
    "layer_report": {"weight_counts": "Lb", "weight_spans": "L2", "output_counts": "Lo", "output_spans": "L2",
                     "output_zeros": "L"},
    "evaluated": {"per_class": "C", "confusion": "CC"},
    "predictions_compared": {
        "float_classes": "N", "quantized_classes": "N", "float_shares": "N", "quantized_shares": "N", "divergence": "N",
        "places": "M", "images": "MHW3",
    },
}
_MOST = 2**63  # integers beyond 64 bits fit neither numpy nor Qt

# The command line promises these keys first, in this order; the others follow.
_FIRST_KEYS: dict[str, tuple[str, ...]] = {
    "finished": ("float_top1", "student_top1", "exported_top1", "agreement", "artifacts", "seconds"),
}


def event_arrays(event: Event) -> dict[str, NDArray[Any]]:
    """The event's arrays by field name; fields that are None are left out."""
    return {
        field.name: value for field in dataclasses.fields(event)
        if isinstance(value := getattr(event, field.name), np.ndarray)
    }


def event_to_dict(event: Event, arrays_file: str = "") -> dict[str, Any]:
    """The event as plain JSON values.

    Args:
        event: Any event.
        arrays_file: The name of the file with the event's arrays; put under "arrays" if not empty.

    Returns:
        {"event": kind, field: value, ...} without the array fields.
    """
    hints = _hints(type(event))
    names = [field.name for field in dataclasses.fields(event) if not _is_array(hints[field.name])]
    first = [name for name in _FIRST_KEYS.get(event.kind(), ()) if name in names]
    result: dict[str, Any] = {"event": event.kind()}
    for name in first + [name for name in names if name not in first]:
        result[name] = to_plain(getattr(event, name))
    if arrays_file:
        result["arrays"] = arrays_file
    return result


def event_to_json(event: Event, arrays_file: str = "") -> str:
    """`event_to_dict` as one line of ASCII JSON, without the line's end."""
    return json.dumps(event_to_dict(event, arrays_file), allow_nan=False, separators=(", ", ": "))


def event_from_json(text: str, read_arrays: Callable[[str], Arrays] | None = None) -> Event:
    """The event that `event_to_json` wrote.

    Args:
        text: One line of JSON. Keys that this version does not know are ignored.
        read_arrays: Gives the arrays in a file by its name; None: the event has no arrays.

    Raises:
        ValueError: not JSON, an unknown kind of event, a value of a wrong type, or missing arrays.
    """
    return event_from_dict(json.loads(text), read_arrays)


def event_from_dict(data: Any, read_arrays: Callable[[str], Arrays] | None = None) -> Event:
    """As `event_from_json`, from parsed JSON."""
    if not isinstance(data, dict):
        raise ValueError("an event is a JSON object")
    cls = EVENT_TYPES.get(str(data.get("event")))
    if cls is None:
        raise ValueError(f"unknown event {data.get('event')!r:.100}")
    name = data.get("arrays")
    arrays: Arrays = read_arrays(name) if isinstance(name, str) and read_arrays is not None else {}
    event = cast(Event, _build(cls, data, arrays))
    _check_shapes(event)
    return event


def _check_shapes(event: Event) -> None:
    """Whoever shows an event counts on its arrays fitting each other.

    Raises:
        ValueError: they don't.
    """
    lengths = {"L": len(event.layers)} if isinstance(event, LayerReport) else {}
    for name, shape in SHAPES.get(event.kind(), {}).items():
        array = getattr(event, name)
        if array is None:
            continue
        fits = array.ndim == len(shape) and all(
            length == (int(letter) if letter.isdigit() else lengths.setdefault(letter, length))
            and (length > 0 or letter not in "HWhw" or not len(array))  # pictures have pixels
            for letter, length in zip(shape, array.shape, strict=True)
        )
        if not fits:
            raise ValueError(f"the array {name!r} has the shape {array.shape}")


def to_plain(value: Any) -> Any:
    """A value as what JSON can hold: NaN and infinity become None, tuples lists, paths text."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, np.generic):
        return to_plain(value.item())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_plain(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return str(value)


def from_plain(hint: Any, value: Any) -> Any:
    """The value of type `hint` that `to_plain` turned into `value`.

    Raises:
        ValueError: the value does not fit the type.
    """
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Any:
        return value
    if origin in (Union, types.UnionType):
        if value is None and type(None) in arguments:
            return None
        return from_plain(next(item for item in arguments if item is not type(None)), value)
    if origin is Literal:
        if value not in arguments:
            raise ValueError(f"{value!r:.100} is none of {arguments}")
        return value
    if origin is tuple:
        return _tuple_from_plain(arguments, value)
    if origin is dict:
        if not isinstance(value, dict):
            raise ValueError("an object is expected")
        return {from_plain(arguments[0], key): from_plain(arguments[1], item) for key, item in value.items()}
    if hint is float:
        if value is None:
            return math.nan
        if isinstance(value, float):
            return value if math.isfinite(value) else math.nan
        if isinstance(value, bool) or not isinstance(value, int) or not -_MOST <= value < _MOST:
            raise ValueError(f"{value!r:.100} is not a number")
        return float(value)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        if not isinstance(value, dict):
            raise ValueError("an object is expected")
        return _build(hint, value, {})
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        raise ValueError(f"{value!r:.100} is not of type {hint.__name__}")
    if isinstance(value, int) and not -_MOST <= value < _MOST:
        raise ValueError(f"{value!r:.100} is too large")
    if isinstance(value, str):
        return plain_text(value)
    return value


def plain_text(value: str) -> str:
    """The text with a question mark for every half of a character: JSON can name these, no file can hold them."""
    return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")


def _tuple_from_plain(arguments: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ValueError("a list is expected")
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(from_plain(arguments[0], item) for item in value)
    if len(value) != len(arguments):
        raise ValueError(f"{len(arguments)} values are expected, not {len(value)}")
    return tuple(from_plain(hint, item) for hint, item in zip(arguments, value, strict=True))


def _build(cls: type[Any], data: dict[str, Any], arrays: Arrays) -> Any:
    values: dict[str, Any] = {}
    hints = _hints(cls)
    for field in dataclasses.fields(cls):
        hint = hints[field.name]
        if _is_array(hint):
            if field.name in arrays:
                array = arrays[field.name]
                if not np.can_cast(array.dtype, _dtype(hint), "same_kind"):
                    raise ValueError(f"the array {field.name!r} has values of type {array.dtype}")
                values[field.name] = array.astype(_dtype(hint), copy=False)
            elif type(None) in get_args(hint):
                values[field.name] = None
            else:
                raise ValueError(f"the array {field.name!r} is missing")
        elif field.name in data:
            values[field.name] = from_plain(hint, data[field.name])
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise ValueError(f"{field.name!r} is missing")
    return cls(**values)


_HINTS: dict[Any, dict[str, Any]] = {}


def _hints(cls: type[Any]) -> dict[str, Any]:
    if cls not in _HINTS:  # looked up for every event; finding them out takes far longer than using them
        _HINTS[cls] = get_type_hints(cls)
    return _HINTS[cls]


def _array_hint(hint: Any) -> Any:
    """The NDArray[...] within `hint`, or None."""
    candidates = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    return next((item for item in candidates if get_origin(item) is np.ndarray), None)


def _is_array(hint: Any) -> bool:
    return _array_hint(hint) is not None


def _dtype(hint: Any) -> np.dtype[Any]:
    scalar: type[np.generic] = get_args(get_args(_array_hint(hint))[1])[0]
    return np.dtype(scalar)
