"""The grid of a sweep: settings that all runs share, and values of some of them in every combination. No torch."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

from acq_engine.errors import ConfigError, StorageError, refuse_newer
from acq_engine.files import storage_errors, write_atomic
from acq_engine.settings import RunConfig
from acq_engine.settings.presets import with_method, with_preset, with_preset_name
from acq_engine.settings.reading import settings_from
from acq_engine.sweep.variables import BITS, Value, Variable, find_variable, text_of

SCHEMA = 1
MOST_RUNS = 200  # more than that is a mistake in the grid, or a month
MOST_BYTES = 5_000_000  # of a sweep file
_FIRST = ("method", "schedule.preset")  # they set other settings, which an axis may set otherwise


@dataclass(frozen=True)
class Axis:
    """One setting and the values that it takes."""

    variable: Variable
    values: tuple[Value, ...]

    @classmethod
    def parse(cls, text: str) -> Axis:
        """An axis as it is typed: "weight_bits=2,3,4", "pair=0..3:1".

        Raises:
            ConfigError: no such setting, or a value that means nothing.
        """
        name, equals, values = text.partition("=")
        if not equals:
            raise ConfigError("A varied setting needs values.", cause=f"Found: {text}",
                              hint="Write it as SETTING=VALUES, such as weight_bits=2,3,4")
        variable = find_variable(name)
        return cls(variable, variable.values(values))


@dataclass(frozen=True)
class SweepRun:
    """One point of the grid."""

    name: str  # of its folder
    values: tuple[Value, ...]  # one for each axis
    config: RunConfig


@dataclass(frozen=True)
class SweepPlan:
    """What is to be run. Making one checks every run's settings.

    Raises:
        ConfigError: no axis, the same one twice, a value twice, more than 200 runs, or settings that can't be used.
    """

    name: str
    settings: RunConfig
    axes: tuple[Axis, ...]

    def __post_init__(self) -> None:
        if not self.axes:
            raise ConfigError("A sweep needs a setting to vary.", hint="For example: weight_bits=2,3,4")
        paths = [path for axis in self.axes for path in _paths(axis.variable)]
        for axis in self.axes:
            if any(paths.count(path) > 1 for path in _paths(axis.variable)):
                raise ConfigError(f"{axis.variable.name} is varied twice.", hint="Omit one of the two.")
            if not axis.values:
                raise ConfigError(f"{axis.variable.name} has no values.")
            if len(set(axis.values)) < len(axis.values):
                raise ConfigError(f"{axis.variable.name} has a duplicate value.",
                                  cause=", ".join(text_of(value) for value in axis.values))
        if self.count > MOST_RUNS:
            sizes = " × ".join(str(len(axis.values)) for axis in self.axes)
            raise ConfigError("The grid has too many runs.", cause=f"{sizes} = {self.count:,}; at most {MOST_RUNS}.",
                              hint="Use fewer values, or split it into two sweeps.")
        _ = self.runs

    @property
    def count(self) -> int:
        """How many runs there are."""
        result = 1
        for axis in self.axes:
            result *= len(axis.values)
        return result

    @cached_property
    def runs(self) -> tuple[SweepRun, ...]:
        """Every run, the last axis changing fastest."""
        digits = max(2, len(str(self.count)))
        runs = []
        for number, values in enumerate(product(*(axis.values for axis in self.axes)), start=1):
            parts = [axis.variable.short(value) for axis, value in zip(self.axes, values, strict=True)]
            name = re.sub(r"[^A-Za-z0-9._-]+", "-", f"{number:0{digits}}-" + "-".join(parts))[:80].rstrip("-.")
            runs.append(SweepRun(name, values, self._config(values)))
        return tuple(runs)

    def _config(self, values: tuple[Value, ...]) -> RunConfig:
        chosen = {axis.variable.path: value for axis, value in zip(self.axes, values, strict=True)}
        config = self.settings
        if "method" in chosen:
            config = with_method(config, chosen["method"])  # type: ignore[arg-type]  # one of its choices
        if "schedule.preset" in chosen:
            config = with_preset(config, chosen["schedule.preset"])  # type: ignore[arg-type]
        data = config.model_dump()
        for axis, value in zip(self.axes, values, strict=True):
            for path in _paths(axis.variable):
                section, _, key = path.rpartition(".")
                if path not in _FIRST:
                    (data[section] if section else data)[key] = value
        changed = with_preset_name(RunConfig.from_data(data), config.schedule)
        return changed.model_copy(update={"model": self.settings.model})  # with the consent that no data holds

    def with_trust(self, trust: bool) -> SweepPlan:
        """The plan for a model that may run code, if the user has just said so: no file says it."""
        model = self.settings.model.model_copy(update={"trust": trust})
        return replace(self, settings=self.settings.model_copy(update={"model": model}))

    # --- as a file -------------------------------------------------------------------------------

    def to_data(self) -> dict[str, Any]:
        """The plan as plain data, as it stands in a sweep file."""
        return {
            "schema": SCHEMA, "kind": "sweep", "name": self.name, "settings": json.loads(self.settings.to_json()),
            "axes": [{"setting": axis.variable.name, "values": list(axis.values)} for axis in self.axes],
        }

    @classmethod
    def from_data(cls, data: Any) -> SweepPlan:
        """Read a plan.

        Raises:
            ConfigError: it is no sweep, a newer one, or one that can't be run.
        """
        if not isinstance(data, dict) or not isinstance(data.get("axes"), list):
            raise ConfigError("This is not a sweep file.", cause="It has no list of axes.")
        newer = ConfigError("The sweep was written by a newer version of ACQ Studio.")
        refuse_newer(data, SCHEMA, newer, key="schema")
        version = data.get("schema", SCHEMA)
        if type(version) is not int:
            raise ConfigError("This is not a sweep file.", cause=f"Its format is {version!r:.40}.")
        return cls(str(data.get("name") or "sweep"), settings_from(data.get("settings", {})),
                   tuple(_axis(item) for item in data["axes"]))

    def save(self, path: Path) -> None:
        """Write the plan as a file, whole or not at all.

        Raises:
            StorageError: the disk refuses.
        """
        with storage_errors("The sweep can't be saved.", path):
            write_atomic(path, (json.dumps(self.to_data(), indent=2) + "\n").encode())

    @classmethod
    def load(cls, path: Path) -> SweepPlan:
        """Read a sweep file.

        Raises:
            StorageError: it can't be read.
            ConfigError: what is in it is no sweep that can be run.
        """
        return cls.from_data(read_json(path))


def read_json(path: Path) -> Any:
    """A JSON file of bounded size.

    Raises:
        StorageError: it can't be read.
        ConfigError: it is too large, or no JSON.
    """
    with storage_errors("The sweep can't be read.", path):
        if path.stat().st_size > MOST_BYTES:
            raise ConfigError("This is not a sweep file.", cause=f"{path.name} is too large.")
        data = path.read_bytes()
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ConfigError("The sweep file is not valid JSON.", cause=f"{path.name}: {error}") from error


def is_sweep_file(path: Path) -> bool:
    """Whether a file holds a sweep (not whether the sweep can be run)."""
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    try:
        data = read_json(path)
    except (ConfigError, StorageError):
        return False
    return isinstance(data, dict) and isinstance(data.get("axes"), list)


def _paths(variable: Variable) -> tuple[str, ...]:
    """The settings that a variable sets."""
    both = ("quantization.weight_bits", "quantization.activation_bits")
    return both if variable.path == BITS else (variable.path,)


def _axis(data: Any) -> Axis:
    if not isinstance(data, dict) or not isinstance(data.get("values"), list):
        raise ConfigError("An axis of the sweep can't be read.", cause=f"Found: {data!r:.80}",
                          hint='An axis looks like {"setting": "losses.pair", "values": [0, 1, 3]}')
    variable = find_variable(str(data.get("setting", "")))
    # As if typed: 3.0 for an integer, or "3", are the same 3.
    return Axis(variable, tuple(
        variable.value(text_of(value) if isinstance(value, int | float | bool) else str(value))
        for value in data["values"]))
