"""Which settings a sweep can vary, how they are named, and how their values are typed."""

from __future__ import annotations

import math
import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from acq_engine.errors import ConfigError
from acq_engine.settings import RunConfig
from acq_engine.settings.fields import names_of_values, old_flags_of

Value = int | float | bool | str

BITS = "bits"  # not a setting of its own: weights and activations at once
_LEFT_OUT = ("model", "test_set", "pictures", "schema_version", "device", "threads", "precision", "cuda_graphs")
_SHORT = {"quantization.weight_bits": "w", "quantization.activation_bits": "a", "method": "", "schedule.preset": ""}
_WORDS = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}
MOST_VALUES = 200


@dataclass(frozen=True)
class Variable:
    """A setting that a sweep can vary."""

    path: str  # attribute names: "losses.class_"
    name: str  # as in a settings file: "losses.class"
    title: str
    kind: Literal["int", "float", "flag", "choice"]
    choices: tuple[str, ...] = ()  # as they are shown
    old_choices: tuple[str, ...] = ()  # as they are stored, where that differs; read as well
    step: float = 1.0
    flag: str = ""  # the command line's, without dashes
    old_flags: tuple[str, ...] = ()  # of earlier versions

    @property
    def is_number(self) -> bool:
        """Whether its values have an order and distances, so that they can be an axis."""
        return self.kind in ("int", "float")

    def value(self, text: str) -> Value:
        """The value that a text means.

        Raises:
            ConfigError: it means none. Whether the value is allowed is decided by RunConfig.
        """
        text = text.strip()
        try:
            if self.kind == "flag":
                return _WORDS[text.lower()]
            if self.kind == "choice":
                if text not in (*self.choices, *self.old_choices):
                    raise ValueError
                return text
            return int(text) if self.kind == "int" else float(text)
        except (ValueError, KeyError):
            wanted = {"int": "an integer", "float": "a number", "flag": "on or off",
                      "choice": "one of " + ", ".join(self.choices)}[self.kind]
            raise ConfigError(f"{self.name} needs {wanted}.", cause=f"Found: {text or 'nothing'}.") from None

    def values(self, text: str) -> tuple[Value, ...]:
        """Values joined by commas; `low..high` and `low..high:step` stand for all numbers between.

        Raises:
            ConfigError: a part is no value, or there are more than 200.
        """
        found: list[Value] = []
        for part in text.split(","):
            found.extend(self._range(part) if ".." in part and self.is_number else (self.value(part),))
            if len(found) > MOST_VALUES:
                raise ConfigError(f"{self.name} has too many values.", cause=f"More than {MOST_VALUES}: {text}")
        return tuple(found)

    def _range(self, text: str) -> Iterator[Value]:
        ends, _, step_text = text.partition(":")
        low_text, _, high_text = ends.partition("..")
        low, high = self.value(low_text), self.value(high_text)
        step = self.value(step_text) if step_text else self.step if self.kind == "float" else int(self.step)
        finite = all(math.isfinite(number) for number in (low, high, step))  # type: ignore[arg-type]
        if not finite or step <= 0 or high < low:  # type: ignore[operator]  # numbers, as the kind says
            raise ConfigError(f"{self.name}: {text.strip()} is not a range.",
                              hint="Write it as low..high or low..high:step, such as 2..4 or 0..1:0.25")
        count = int((high - low) / step + 1e-9) + 1  # type: ignore[operator]
        for number in range(min(count, MOST_VALUES + 1)):
            value = low + number * step  # type: ignore[operator]
            yield value if self.kind == "int" else round(float(value), 12)

    def short(self, value: Value) -> str:
        """The value with a short name, for the name of a run: "w3", "pair0.5", "gdfq"."""
        if self.path == BITS:
            return f"w{value}a{value}"
        last = self.name.rpartition(".")[2]
        return _SHORT.get(self.path, last.replace("_", "-") if not last[-1].isdigit() else f"{last}-") + text_of(value)


def text_of(value: Value) -> str:
    """A value as it is typed: "3", "0.25", "on", "gdfq"."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int | float):
        return f"{int(value)}" if float(value).is_integer() else repr(value)
    return value


@cache
def variables() -> dict[str, Variable]:
    """Every setting that can be varied, by path: numbers, switches and choices; `bits` first."""
    found = {BITS: Variable(BITS, BITS, "Weights and activations", "int", flag=BITS)}
    found.update((item.path, item) for item in _collect(RunConfig, "", ""))
    return found


def find_variable(text: str) -> Variable:
    """The setting that a name means: its path, its name in a settings file, its last part, or its option.

    Raises:
        ConfigError: there is none, or several have that last part.
    """
    known = variables()
    plain = text.strip().removeprefix("--")
    for fits in (
        [item for item in known.values() if plain in (item.path, item.name, item.flag, *item.old_flags)],
        [item for item in known.values() if plain.replace("-", "_") == item.name.rpartition(".")[2]],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise ConfigError(f"{text!r} is the name of several settings.",
                              hint="Write one of: " + ", ".join(item.name for item in fits))
    near = [item.name for item in known.values() if plain and plain.split(".")[-1].replace("-", "_")[:4] in item.name]
    raise ConfigError(
        f"There is no setting {text!r} that can be varied.",
        hint="Similar ones: " + ", ".join(near[:6]) if near else "For example: bits, weight_bits, losses.pair, seed",
    )


def _collect(model: type[BaseModel], prefix: str, names: str) -> Iterator[Variable]:
    for key, info in model.model_fields.items():
        if prefix + key in _LEFT_OUT:
            continue
        hint = info.annotation
        if isinstance(hint, type) and issubclass(hint, BaseModel):
            yield from _collect(hint, f"{prefix}{key}.", f"{names}{info.alias or key}.")
            continue
        kind, choices = _kind(hint)
        if kind is not None:
            yield _variable(prefix + key, names + (info.alias or key), info, kind, choices)


def _variable(path: str, name: str, info: FieldInfo, kind: Any, choices: tuple[str, ...]) -> Variable:
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    step = extra.get("step")
    default = 1.0 if kind == "int" else 0.1
    names = names_of_values(info)
    return Variable(path, name, info.title or name, kind, tuple(names.get(choice, choice) for choice in choices),
                    tuple(choice for choice in choices if choice in names),
                    float(step) if isinstance(step, int | float) else default,
                    str(extra.get("flag") or "").removeprefix("--"),
                    tuple(flag.removeprefix("--") for flag in old_flags_of(info)))


def _kind(hint: Any) -> tuple[Literal["int", "float", "flag", "choice"] | None, tuple[str, ...]]:
    origin = get_origin(hint)
    if origin is Annotated:
        return _kind(get_args(hint)[0])
    if origin in (Union, types.UnionType):
        inner = [item for item in get_args(hint) if item is not type(None)]
        return _kind(inner[0]) if len(inner) == 1 else (None, ())
    if origin is Literal:
        choices = tuple(str(item) for item in get_args(hint) if item != "custom")
        return "choice", choices
    kinds: dict[Any, Literal["int", "float", "flag"]] = {bool: "flag", int: "int", float: "float"}
    return kinds.get(hint), ()
