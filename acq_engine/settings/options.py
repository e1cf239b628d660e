"""The options of a command line, made from the settings: a setting with a flag is an option."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from acq_engine.errors import ConfigError
from acq_engine.settings.run_config import RunConfig

_SEPARATOR = "__"


@dataclass(frozen=True)
class SettingOption:
    """One setting that the command line can change."""

    section: str  # "" for the settings of the run itself
    name: str
    flag: str
    kind: Any  # int, float, str, bool, Path, Literal[...] or tuple (numbers joined by commas)
    help: str
    advanced: bool

    @property
    def parameter(self) -> str:
        """The name of the command's parameter."""
        return f"{self.section}{_SEPARATOR}{self.name}" if self.section else self.name

    def value(self, given: Any) -> Any:
        """The setting's value from what was typed.

        Raises:
            ConfigError: numbers were expected.
        """
        if self.kind is not tuple:
            return given
        try:
            return tuple(float(part) for part in str(given).split(","))
        except ValueError as error:
            raise ConfigError(
                f"{self.flag} needs numbers joined by commas.", cause=f"Found: {given}",
                hint=f"For example: {self.flag} 0.485,0.456,0.406",
            ) from error


def setting_options(*sections: str) -> list[SettingOption]:
    """The options of the named sections ("" is the run itself); of all when none is named."""
    return [option for option in _all_options(RunConfig, "") if not sections or option.section in sections]


def given_settings(settings: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The settings that were typed, as {section: {name: value}}."""
    chosen: dict[str, dict[str, Any]] = {}
    for option in setting_options():
        given = settings.get(option.parameter)
        if given is not None:
            chosen.setdefault(option.section, {})[option.name] = option.value(given)
    return chosen


def _all_options(model: type[BaseModel], section: str) -> Iterator[SettingOption]:
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _all_options(field.annotation, name)
            continue
        extra = field.json_schema_extra
        if isinstance(extra, dict) and extra.get("flag"):
            kind, bounds = _kind(field)
            yield SettingOption(section, name, str(extra["flag"]), kind, _help(field, bounds), bool(extra["advanced"]))


def _kind(field: FieldInfo) -> tuple[Any, list[Any]]:
    """The plain type of a field and the constraints on it, with Optional and Annotated taken off."""
    hint: Any = field.annotation
    bounds = list(field.metadata)
    while True:
        if get_origin(hint) in (Union, types.UnionType):
            hint = next(item for item in get_args(hint) if item is not type(None))
        elif get_origin(hint) is Annotated:
            for note in get_args(hint)[1:]:
                bounds.extend(note.metadata if isinstance(note, FieldInfo) else [note])
            hint = get_args(hint)[0]
        else:
            break
    if get_origin(hint) is tuple:
        return tuple, bounds
    if get_origin(hint) is Literal or hint in (int, float, str, bool, Path):
        return hint, bounds
    raise TypeError(f"the command line has no option for a setting of type {hint}")


def _help(field: FieldInfo, bounds: list[Any]) -> str:
    parts = []
    low = next((bound.ge for bound in bounds if hasattr(bound, "ge")), None)
    high = next((bound.le for bound in bounds if hasattr(bound, "le")), None)
    if low is not None and high is not None:
        parts.append(f"{low:g} to {high:g}" if max(abs(low), abs(high)) < 1e6 else f"from {low:g}")
    if isinstance(field.default, (int, float, str)) and field.default != "":
        shown = {True: "on", False: "off"}[field.default] if isinstance(field.default, bool) else field.default
        parts.append(f"default {shown}")
    limits = f" ({', '.join(parts)})" if parts else ""  # round brackets: typer reads square ones as markup
    return f"{field.description}{limits}"
