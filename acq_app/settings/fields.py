"""RunConfig's settings as data: what a panel needs to show one, read from the model's fields.

A setting that is added to RunConfig appears in the window without a line of new code here.
"""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import annotated_types
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from PySide6.QtCore import QCoreApplication

from acq_app.appearance.language import setting_words
from acq_engine.settings import RunConfig
from acq_engine.settings.fields import names_of_values

translate = QCoreApplication.translate
Kind = Literal["int", "float", "flag", "choice", "text", "path", "floats", "table"]


@dataclass(frozen=True)
class FieldSpec:
    """One setting."""

    path: str  # "losses.class_"
    title: str
    help: str
    kind: Kind
    default: Any
    optional: bool  # None is allowed and means "automatic"
    unit: str
    step: float
    advanced: bool
    low: float | None
    high: float | None
    low_open: bool  # low itself is not allowed
    choices: tuple[str, ...]  # as they are stored
    value_names: tuple[tuple[str, str], ...]  # stored value, and the name by which it is shown where that differs

    def range_text(self) -> str:
        """The bounds in words: "2 to 8 bit", "above 0, up to 1"; empty where there are none."""
        unit = f" {setting_words(self.unit)}" if self.unit else ""
        if self.low is None and self.high is None:
            return ""
        if self.high is None:
            words = translate("Fields", "above {0}") if self.low_open else translate("Fields", "at least {0}")
            return words.format(f"{self.low:g}") + unit
        if self.low is None:
            return translate("Fields", "up to {0}").format(f"{self.high:g}") + unit
        if self.low_open:
            return translate("Fields", "above {0}, up to {1}").format(f"{self.low:g}", f"{self.high:g}") + unit
        return translate("Fields", "{0} to {1}").format(f"{self.low:g}", plain(self.high)) + unit

    def allows(self, number: float) -> bool:
        """Whether a number is within the bounds."""
        if self.low is not None and (number < self.low or (self.low_open and number == self.low)):
            return False
        return self.high is None or number <= self.high

    def shown(self, value: Any) -> Any:
        """A value by the name that it is shown with."""
        return dict(self.value_names).get(value, value) if isinstance(value, str) else value

    def value_text(self, value: Any) -> str:
        """A value of this setting in words."""
        return value_text(self.shown(value))

    def number_text(self, value: float) -> str:
        """A value with at least as many decimals as one step has, so that points stand below each other."""
        text = plain(value) if self.kind == "int" else f"{value:.6g}"
        if self.kind != "float" or self.low_open or "e" in text:
            return text
        decimals = len(f"{self.step:g}".partition(".")[2])
        have = len(text.partition(".")[2])
        return text if have >= decimals else f"{value:.{decimals}f}"


def plain(number: float) -> str:
    """A number without exponent for whole numbers: 1000000, 0.001."""
    return f"{int(number)}" if float(number).is_integer() else f"{number:g}"


def value_text(value: Any) -> str:
    """Any setting's value in words."""
    if value is None or value == "":
        return translate("Fields", "automatic")
    if isinstance(value, bool):
        return translate("Fields", "on") if value else translate("Fields", "off")
    if isinstance(value, int | float):
        return plain(value)
    if isinstance(value, tuple):
        return ", ".join(f"{item:g}" for item in value)
    return setting_words(str(value))


@cache
def field_specs() -> dict[str, FieldSpec]:
    """Every setting of RunConfig by path, in the order of the settings file."""
    specs: dict[str, FieldSpec] = {}
    _collect(RunConfig, "", specs)
    return specs


def _collect(model: type[BaseModel], prefix: str, specs: dict[str, FieldSpec]) -> None:
    for name, info in model.model_fields.items():
        annotation = info.annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            _collect(annotation, f"{prefix}{name}.", specs)
        elif info.title or isinstance(info.json_schema_extra, dict) or info.description:
            specs[prefix + name] = _spec(prefix + name, info)


def _spec(path: str, info: FieldInfo) -> FieldSpec:
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    kind, optional, choices, metadata = _kind(info.annotation)
    low, high, low_open = _bounds([*metadata, *info.metadata])
    step = extra.get("step")
    return FieldSpec(
        path=path, title=info.title or path.rpartition(".")[2], help=info.description or "", kind=kind,
        default=info.get_default(call_default_factory=True), optional=optional, unit=str(extra.get("unit") or ""),
        step=float(step) if isinstance(step, int | float) else 1.0, advanced=bool(extra.get("advanced")),
        low=low, high=high, low_open=low_open, choices=choices,
        value_names=tuple(names_of_values(info).items()),
    )


def _kind(annotation: Any) -> tuple[Kind, bool, tuple[str, ...], list[Any]]:
    metadata: list[Any] = []
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        inner, *own = typing.get_args(annotation)
        kind, optional, choices, deeper = _kind(inner)
        for item in own:
            metadata.extend(item.metadata if isinstance(item, FieldInfo) else [item])
        return kind, optional, choices, metadata + deeper
    if origin in (typing.Union, types.UnionType):
        inner = [item for item in typing.get_args(annotation) if item is not type(None)]
        kind, _, choices, metadata = _kind(inner[0])
        return kind, len(inner) < len(typing.get_args(annotation)), choices, metadata
    if origin is Literal:
        return "choice", False, tuple(str(item) for item in typing.get_args(annotation)), metadata
    if origin is tuple:
        return "floats", False, (), metadata
    if origin is dict:
        return "table", False, (), metadata
    kinds: dict[Any, Kind] = {bool: "flag", int: "int", float: "float", str: "text", Path: "path"}
    return kinds.get(annotation, "text"), False, (), metadata


def _bounds(metadata: list[Any]) -> tuple[float | None, float | None, bool]:
    low: float | None = None
    high: float | None = None
    low_open = False
    for item in metadata:
        if isinstance(item, annotated_types.Ge):
            low = float(typing.cast(float, item.ge))
        elif isinstance(item, annotated_types.Gt):
            low, low_open = float(typing.cast(float, item.gt)), True
        elif isinstance(item, annotated_types.Le):
            high = float(typing.cast(float, item.le))
    return low, high, low_open
