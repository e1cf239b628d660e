"""One setting on a panel: label, editor, unit, reset, and the reason when the text is not allowed.

A field is a view of the RunSettings: it writes what is typed at once and shows what the model
has. It is made from the setting's FieldSpec, so every setting looks and behaves alike.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from acq_app.appearance.icons import icon
from acq_app.appearance.language import setting_words
from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.appearance.units import in_lines
from acq_app.settings.fields import FieldSpec, field_specs
from acq_app.settings.run_settings import RunSettings
from acq_app.widgets.labels import ElidedLabel, muted, set_colour
from acq_app.widgets.number_edit import NumberEdit
from acq_app.widgets.quiet import QuietCombo, QuietSlider

LABEL_WIDTH = 31 * HALF
UNIT_WIDTH = 6 * GRID
SLIDER_TOP = 10.0  # a loss weight at the slider's right end; the number field takes more
SLIDER_STEPS = 200


def explanation(spec: FieldSpec, default: Any) -> str:
    """The tooltip: what it does, its range and its default."""
    lines = [setting_words(spec.help)]
    bounds = spec.range_text()
    tail = QCoreApplication.translate("Field", "Default: {0}.").format(spec.value_text(default))
    lines.append(QCoreApplication.translate("Field", "Range: {0}.").format(bounds) + " " + tail if bounds else tail)
    return "\n".join(lines)


class Field(QWidget):
    """Base: the row's frame. Subclasses make the editor and write to the model."""

    editor: Any  # what the value is typed or chosen in; each kind of field has its own

    def __init__(self, model: RunSettings, spec: FieldSpec, title: str = "") -> None:
        super().__init__()
        self.model, self.spec = model, spec
        self.setObjectName(spec.path)
        self._refreshing = False
        self._theme: Theme | None = None
        self.label = ElidedLabel(setting_words(title or spec.title))
        self.label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.label.setFixedWidth(LABEL_WIDTH)
        self.unit = muted(setting_words(spec.unit), small=True)
        self.reset_button = QToolButton()
        self.reset_button.setAutoRaise(True)
        self.reset_button.setIconSize(QSize(14, 14))
        self.reset_button.setFixedSize(3 * GRID - 2, 3 * GRID - 2)
        self.reset_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.reset_button.clicked.connect(self._reset)
        self.reason = QLabel()
        self.reason.setWordWrap(True)
        self.reason.hide()
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(HALF)
        self.grid.setVerticalSpacing(2)
        self.grid.addWidget(self.label, 0, 0)
        self.grid.addWidget(self.reset_button, 0, 4)
        self.grid.addWidget(self.reason, 1, 0, 1, 5)
        self.grid.setColumnStretch(1, 1)

    def place(self, editor: QWidget) -> None:
        """Put the editor behind the label and give it its names and its tooltip."""
        editor.setAccessibleName(self.label.text())
        editor.setAccessibleDescription(setting_words(self.spec.help))
        self.label.setBuddy(editor)
        if self.spec.unit:
            self.unit.setFixedWidth(UNIT_WIDTH)
            self.grid.addWidget(editor, 0, 2)
            self.grid.addWidget(self.unit, 0, 3)
        else:
            self.grid.addWidget(editor, 0, 1, 1, 3)

    def write(self, value: Any) -> None:
        """Hand a value to the model."""
        if not self._refreshing:
            self.model.set_value(self.spec.path, value)

    def refresh(self) -> None:
        """Show what the model has, and the reason if the text is not allowed."""
        self._refreshing = True
        reason = self.model.problem(self.spec.path)
        if not reason:
            self.show_value(self.model.value(self.spec.path))
        self._refreshing = False
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        default = self.model.default(self.spec.path)
        changed = bool(reason) or self.model.value(self.spec.path) != default
        self.reset_button.setEnabled(changed and not self.model.locked)
        if self._theme is not None:
            self.reset_button.setIcon(icon("reset", self._theme, "muted") if changed else QIcon())
        tip = explanation(self.spec, default)
        for widget in (self, self.label):
            widget.setToolTip(in_lines(tip))
        self.reset_button.setToolTip(self.tr("Back to the default"))
        self.reset_button.setAccessibleName(self.tr("Reset {0}").format(self.label.text()))

    def show_value(self, value: Any) -> None:
        """Show a valid value in the editor."""
        raise AssertionError("every field shows its value")

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours for the reason and the icon."""
        self._theme = theme
        set_colour(self.reason, theme.bad)
        self.refresh()

    def _reset(self) -> None:
        self.model.set_problem(self.spec.path, "")
        self.model.reset(self.spec.path)


class NumberField(Field):
    """A whole or real number; with a slider for loss weights."""

    def __init__(self, model: RunSettings, spec: FieldSpec, title: str = "", *, slider: bool = False) -> None:
        super().__init__(model, spec, title)
        self.editor = NumberEdit(spec)
        self.slider: QSlider | None = None
        if slider:
            self.slider = QuietSlider(Qt.Orientation.Horizontal)
            self.slider.setRange(0, SLIDER_STEPS)
            self.slider.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.slider.setMinimumWidth(6 * GRID)
            self.slider.setAccessibleName(self.tr("{0}, slider").format(self.label.text()))
            self.slider.valueChanged.connect(self._slid)
            self.grid.addWidget(self.slider, 0, 1)
            self.editor.setFixedWidth(8 * GRID)
            self.grid.addWidget(self.editor, 0, 2, 1, 2)
            self.editor.setAccessibleName(self.label.text())
            self.editor.setAccessibleDescription(setting_words(spec.help))
        else:
            self.place(self.editor)
            # Also without a unit: all numbers stand below each other.
            self.unit.setFixedWidth(UNIT_WIDTH)
            self.grid.addWidget(self.editor, 0, 2)
            self.grid.addWidget(self.unit, 0, 3)
            self.editor.setFixedWidth(10 * GRID)
        self.editor.edited.connect(self._edited)

    def show_value(self, value: Any) -> None:
        self.editor.set_number(value)
        if self.slider is not None:
            self.slider.setValue(position_of(float(value or 0.0)))

    def _edited(self, text: str) -> None:
        value, valid = self.editor.parsed(text)
        self.write(value if valid else text)

    def _slid(self, position: int) -> None:
        if not self._refreshing:
            self.write(weight_at(position))


def weight_at(position: int) -> float:
    """A slider's position as a loss weight: fine near 0, where it matters."""
    value: float = SLIDER_TOP * (position / SLIDER_STEPS) ** 3
    return round(value, 3 if value < 0.1 else 2 if value < 1 else 1)


def position_of(weight: float) -> int:
    """A loss weight as the slider's position."""
    part: float = (min(max(weight, 0.0), SLIDER_TOP) / SLIDER_TOP) ** (1 / 3)
    return round(SLIDER_STEPS * part)


class ChoiceField(Field):
    """One of a few words."""

    def __init__(self, model: RunSettings, spec: FieldSpec, title: str = "") -> None:
        super().__init__(model, spec, title)
        self.editor = QuietCombo()
        for choice in spec.choices:
            self.editor.addItem(setting_words(spec.shown(choice)), choice)
        self.editor.activated.connect(self._picked)
        self.place(self.editor)

    def show_value(self, value: Any) -> None:
        self.editor.setCurrentIndex(self.editor.findData(str(value)))

    def _picked(self, index: int) -> None:
        self.write(self.editor.itemData(index))


class FlagField(Field):
    """On or off."""

    def __init__(self, model: RunSettings, spec: FieldSpec, title: str = "") -> None:
        super().__init__(model, spec, title)
        self.editor = QCheckBox(setting_words(title or spec.title))
        self.label.hide()
        self.editor.setToolTip(in_lines(setting_words(spec.help)))
        self.editor.clicked.connect(self.write)
        self.grid.addWidget(self.editor, 0, 0, 1, 4)

    def show_value(self, value: Any) -> None:
        self.editor.setChecked(bool(value))


class TextField(Field):
    """A word, or numbers with commas between them."""

    def __init__(self, model: RunSettings, spec: FieldSpec, title: str = "") -> None:
        super().__init__(model, spec, title)
        self.editor = QLineEdit()
        if spec.optional or spec.default == "":
            self.editor.setPlaceholderText(self.tr("automatic"))
        self.editor.textEdited.connect(self._edited)
        self.place(self.editor)

    def show_value(self, value: Any) -> None:
        if isinstance(value, tuple):
            text = ", ".join(f"{item:g}" for item in value)
            if self._numbers(self.editor.text()) == value:
                return
        else:
            text = "" if value is None else str(value)
        if text != self.editor.text():
            self.editor.setText(text)
            self.editor.setCursorPosition(0)

    def _edited(self, text: str) -> None:
        text = text.strip()
        if not text:
            self.write(None if self.spec.optional else "")
        elif self.spec.kind == "floats":
            numbers = self._numbers(text)
            if numbers is None:
                self.model.set_problem(self.spec.path, self.tr("Must be numbers separated by commas."))
            else:
                self.write(numbers)
        else:
            self.write(text)

    @staticmethod
    def _numbers(text: str) -> tuple[float, ...] | None:
        try:
            return tuple(float(part) for part in text.replace(";", ",").split(",") if part.strip())
        except ValueError:
            return None


def make_field(model: RunSettings, path: str, title: str = "", *, slider: bool = False) -> Field:
    """The field for a setting."""
    field = _made(model, path, title, slider=slider)
    field.reset_button.raise_()  # Tab reaches it behind its field
    return field


def _made(model: RunSettings, path: str, title: str, *, slider: bool) -> Field:
    spec = field_specs()[path]
    if spec.kind in ("int", "float"):
        return NumberField(model, spec, title, slider=slider)
    if spec.kind == "choice":
        return ChoiceField(model, spec, title)
    if spec.kind == "flag":
        return FlagField(model, spec, title)
    return TextField(model, spec, title)
