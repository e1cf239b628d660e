"""The options of a command line, made from the settings: a setting with a flag is an option."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from acq_engine.errors import ConfigError
from acq_engine.settings.fields import names_of_values, old_flags_of
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
    old_flags: tuple[str, ...] = ()  # of earlier versions; read, but not shown
    value_names: dict[str, str] = field(default_factory=dict)  # stored value -> as it is shown and typed

    @property
    def parameter(self) -> str:
        """The name of the command's parameter."""
        return f"{self.section}{_SEPARATOR}{self.name}" if self.section else self.name

    @property
    def old_parameters(self) -> tuple[str, ...]:
        """Names of the parameters behind the old flags."""
        return tuple(f"{self.parameter}{_SEPARATOR}old{number}" for number in range(len(self.old_flags)))

    def shown(self, value: Any) -> str:
        """A value as it is typed."""
        return self.value_names.get(str(value), str(value))

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
                f"{self.flag} needs comma-separated numbers.", cause=f"Found: {given}",
                hint=f"For example: {self.flag} 0.485,0.456,0.406",
            ) from error


def setting_options(*sections: str) -> list[SettingOption]:
    """The options of the named sections ("" is the run itself); of all when none is named."""
    return [option for option in _all_options(RunConfig, "") if not sections or option.section in sections]


def given_settings(settings: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The settings that were typed, as {section: {name: value}}."""
    chosen: dict[str, dict[str, Any]] = {}
    for option in setting_options():
        typed = (settings.get(name) for name in (option.parameter, *option.old_parameters))
        given = next((value for value in typed if value is not None), None)
        if given is not None:
            chosen.setdefault(option.section, {})[option.name] = option.value(given)
    return chosen


def _all_options(model: type[BaseModel], section: str) -> Iterator[SettingOption]:
    for name, info in model.model_fields.items():
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            yield from _all_options(info.annotation, name)
            continue
        extra = info.json_schema_extra
        if isinstance(extra, dict) and extra.get("flag"):
            kind, bounds = _kind(info)
            yield SettingOption(section, name, str(extra["flag"]), kind, _help(info, bounds), bool(extra["advanced"]),
                                old_flags_of(info), names_of_values(info))


def _kind(info: FieldInfo) -> tuple[Any, list[Any]]:
    """The plain type of a field and the constraints on it, with Optional and Annotated taken off."""
    hint: Any = info.annotation
    bounds = list(info.metadata)
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


def _help(info: FieldInfo, bounds: list[Any]) -> str:
    parts = []
    low = next((bound.ge for bound in bounds if hasattr(bound, "ge")), None)
    high = next((bound.le for bound in bounds if hasattr(bound, "le")), None)
    if low is not None and high is not None:
        parts.append(f"{low:g} to {high:g}" if max(abs(low), abs(high)) < 1e6 else f"from {low:g}")
    if isinstance(info.default, (int, float, str)) and info.default != "":
        usual: Any = names_of_values(info).get(str(info.default), info.default)
        shown = {True: "on", False: "off"}[usual] if isinstance(usual, bool) else usual
        parts.append(f"default {shown}")
    limits = f" ({', '.join(parts)})" if parts else ""  # round brackets: typer reads square ones as markup
    return f"{info.description}{limits}"
