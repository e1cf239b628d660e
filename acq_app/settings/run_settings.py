"""The one RunConfig that all panels show: every change is validated, can be undone, and is told.

A value that is not valid does not enter the settings; its reason is kept by path, shown at the
field, and keeps Start greyed until it is corrected.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError
from PySide6.QtCore import QCoreApplication, QObject, Signal

from acq_app.appearance.language import said, setting_words
from acq_app.settings.fields import FieldSpec, field_specs
from acq_engine.settings import Method, Preset, RunConfig
from acq_engine.settings.presets import GDFQ, SCHEDULES, with_method, with_preset, with_preset_name

translate = QCoreApplication.translate
UNDO_STEPS = 200
MERGE_SECONDS = 1.0  # changes of one setting that follow each other this fast are one step of undo


@dataclass(frozen=True)
class _Step:
    text: str
    path: str
    config: RunConfig


class RunSettings(QObject):
    """Holds the settings of the next run. `clock` gives seconds: what belongs to one change is decided by it."""

    changed = Signal()
    problemsChanged = Signal()
    undoChanged = Signal()

    def __init__(
        self, config: RunConfig | None = None, parent: QObject | None = None, *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._config = with_preset_name(config or RunConfig())
        self._problems: dict[str, str] = {}
        self._undo: list[_Step] = []
        self._redo: list[_Step] = []
        self._clock = clock
        self._since: float | None = None  # the last change; None: what follows is a change of its own
        self._locked = False

    # --- reading ---------------------------------------------------------------------------------

    @property
    def config(self) -> RunConfig:
        """The last valid settings; treat them as read-only."""
        return self._config

    @property
    def locked(self) -> bool:
        """True while a run uses the settings; they can't be changed then."""
        return self._locked

    def value(self, path: str) -> Any:
        """A setting by its path, such as "losses.class_"."""
        return value_at(self._config, path)

    def is_default(self, path: str) -> bool:
        """Whether a setting has the value that the method and the preset give it."""
        return bool(self.value(path) == self.default(path))

    def default(self, path: str) -> Any:
        """What "reset" sets: the default under the chosen method and preset."""
        return value_at(defaults_of(self._config), path)

    def problem(self, path: str) -> str:
        """Why the text in a field can't be used; empty when it can."""
        return self._problems.get(path, "")

    def problems(self) -> dict[str, str]:
        """All reasons by path."""
        return dict(self._problems)

    # --- changing --------------------------------------------------------------------------------

    def set_locked(self, locked: bool) -> None:
        """Forbid or allow changes (undo included)."""
        if locked != self._locked:
            self._locked = locked
            self.undoChanged.emit()

    def set_value(self, path: str, value: Any) -> bool:
        """Validate and set one setting; on failure the reason is kept as its problem."""
        return self.set_values({path: value})

    def set_values(self, values: Mapping[str, Any], text: str = "") -> bool:
        """Set several settings that are only valid together; all or none."""
        if self._locked:
            return False
        specs = field_specs()
        data = self._config.model_dump()
        for path, value in values.items():
            section, name = _parent(data, path)
            section[name] = value
        touched = set(values)
        try:
            config = with_preset_name(RunConfig.model_validate(data), self._config.schedule)
        except ValidationError as error:
            reasons = _reasons(error, specs)
            for path in touched:
                self.set_problem(path, reasons.get(path) or next(iter(reasons.values())))
            return False
        first = next(iter(values))
        title = text or (setting_words(specs[first].title) if first in specs else first)
        for path in touched:
            self._problems.pop(path, None)
        self._take(config, title, first)
        self.problemsChanged.emit()
        return True

    def set_problem(self, path: str, reason: str) -> None:
        """Keep a reason for text that is no value at all ("abc" for a number); empty removes it."""
        if reason == self._problems.get(path, ""):
            return
        if reason:
            self._problems[path] = reason
        else:
            self._problems.pop(path, None)
        self.problemsChanged.emit()

    def reset(self, path: str) -> None:
        """Back to the default."""
        self.set_value(path, self.default(path))
        self.changed.emit()  # a field that shows an invalid text must be refreshed even if nothing changed

    def set_method(self, method: Method) -> None:
        """ACQ or GDFQ: losses, generator and quantizer change, model and bits stay."""
        if not self._locked and method != self._config.method:
            self._take(with_method(self._config, method), method.upper(), "method")
            self._forget_problems([f"{section}.{name}" for section, values in GDFQ.items() for name in values])

    def set_preset(self, preset: Preset) -> None:
        """Fast, balanced or accurate."""
        if not self._locked:
            self._take(with_preset(self._config, preset), preset, "schedule.preset")
            self._forget_problems([f"schedule.{name}" for name in SCHEDULES.get(preset, ())])

    def replace(self, config: RunConfig, text: str) -> bool:
        """Take other settings as a whole (a run's, a file's); False when settings can't be changed now."""
        if self._locked:
            return False
        self._problems.clear()
        self._take(with_preset_name(config), text, "")
        self.problemsChanged.emit()
        return True

    def restore(self, config: RunConfig) -> None:
        """Begin with these settings, at the start of the program: there is nothing to undo yet."""
        self.replace(config, "")
        self._undo.clear()
        self.undoChanged.emit()

    def _forget_problems(self, paths: Collection[str]) -> None:
        """What was typed into these fields, and was no value, has been replaced."""
        known = [path for path in paths if self._problems.pop(path, None) is not None]
        if known:
            self.problemsChanged.emit()
            self.changed.emit()  # the fields' text, too

    # --- undo ------------------------------------------------------------------------------------

    def undo_text(self) -> str:
        """What undo would take back; empty when there is nothing."""
        return self._undo[-1].text if self._undo and not self._locked else ""

    def redo_text(self) -> str:
        """What redo would do again; empty when there is nothing."""
        return self._redo[-1].text if self._redo and not self._locked else ""

    def undo(self) -> None:
        """Take the last change back."""
        self._move(self._undo, self._redo)

    def redo(self) -> None:
        """Do the last change again that was taken back."""
        self._move(self._redo, self._undo)

    def _move(self, source: list[_Step], target: list[_Step]) -> None:
        if not source or self._locked:
            return
        step = source.pop()
        target.append(_Step(step.text, step.path, self._config))
        self._config = step.config
        self._problems.clear()
        self._since = None
        self.changed.emit()
        self.problemsChanged.emit()
        self.undoChanged.emit()

    def _take(self, config: RunConfig, text: str, path: str) -> None:
        if config == self._config:
            return
        now = self._clock()
        quick = self._since is not None and now - self._since < MERGE_SECONDS
        if not (quick and path and self._undo and self._undo[-1].path == path):
            self._undo.append(_Step(text, path, self._config))
            del self._undo[:-UNDO_STEPS]
        self._redo.clear()
        self._since = now
        self._config = config
        self.changed.emit()
        self.undoChanged.emit()


@cache
def _defaults(preset: Preset, method: Method) -> RunConfig:
    return with_method(with_preset(RunConfig(), preset), method)


def defaults_of(config: RunConfig) -> RunConfig:
    """The defaults under the method and the preset of some settings."""
    return _defaults(config.schedule.preset, config.method)


def value_at(config: RunConfig, path: str) -> Any:
    """A setting by its path, such as "losses.class_"."""
    value: Any = config
    for part in path.split("."):
        value = getattr(value, part)
    return value


def _parent(data: dict[str, Any], path: str) -> tuple[dict[str, Any], str]:
    *sections, name = path.split(".")
    for section in sections:
        data = data[section]
    return data, name


def _reasons(error: ValidationError, specs: Mapping[str, FieldSpec]) -> dict[str, str]:
    """Plain reasons by path."""
    reasons: dict[str, str] = {}
    for item in error.errors():
        path = ".".join(_attribute_names(str(part) for part in item["loc"]))
        reasons[path] = reason_text(specs.get(path), str(item["type"]), str(item["msg"]))
    return reasons


def _attribute_names(parts: Any) -> list[str]:
    """pydantic names a field by its alias; the paths here use attribute names."""
    names: list[str] = []
    model: Any = RunConfig
    for part in parts:
        fields = model.model_fields if isinstance(model, type) and issubclass(model, BaseModel) else {}
        name = next((key for key, info in fields.items() if part in (key, info.alias)), part)
        names.append(name)
        model = fields[name].annotation if name in fields else None
    return names


def reason_text(spec: FieldSpec | None, kind: str, message: str) -> str:
    """Why a value can't be used, in one sentence."""
    if spec is not None and spec.kind in ("int", "float"):
        bounds = spec.range_text()
        if kind in ("int_parsing", "int_type", "float_parsing", "float_type", "int_from_float", "finite_number"):
            needed = (translate("RunSettings", "Must be an integer") if spec.kind == "int"
                      else translate("RunSettings", "Must be a number"))
            return f"{needed}: {bounds}." if bounds else f"{needed}."
        if bounds:
            return translate("RunSettings", "Must be {0}.").format(bounds)
    text = message.removeprefix("Value error, ")
    return said(text[:1].upper() + text[1:] + ("" if text.endswith(".") else "."))
