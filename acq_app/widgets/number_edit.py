"""A number field that takes any text: whether it is allowed is said at the field, not by refusing keys."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

from acq_app.settings.fields import FieldSpec


class NumberEdit(QAbstractSpinBox):
    """`edited` comes with each change of the text, by key, arrow or wheel. Empty means None where that is allowed."""

    edited = Signal(str)

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec = spec
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToPreviousValue)
        if spec.optional:
            self.lineEdit().setPlaceholderText(self.tr("auto"))
        self.lineEdit().textEdited.connect(self.edited)

    def set_number(self, value: float | None) -> None:
        """Show a value; None shows an empty field. The cursor stays if the text means the same."""
        text = "" if value is None else self._spec.number_text(value)
        if self.parsed(self.lineEdit().text()) != (value, True):
            self.lineEdit().setText(text)

    def parsed(self, text: str) -> tuple[float | None, bool]:
        """The value of a text, and whether it is one."""
        text = text.strip().replace(",", ".")
        if not text:
            return None, self._spec.optional
        try:
            number = float(text)
        except ValueError:
            return None, False
        if self._spec.kind == "int" and number.is_integer():
            return int(number), True
        return number, True

    def stepBy(self, steps: int) -> None:
        value, _ = self.parsed(self.text())
        spec = self._spec
        if value is None:
            value = spec.low if spec.low is not None else 0.0
        elif spec.low_open:  # a rate: steps are factors
            value = value * (2.0 if steps > 0 else 0.5) ** abs(steps)
        else:
            value = round(value + steps * spec.step, 10)
        if spec.low is not None and not spec.low_open:
            value = max(value, spec.low)
        if spec.high is not None:
            value = min(value, spec.high)
        text = spec.number_text(value) if not spec.low_open else f"{value:.3g}"
        self.lineEdit().setText(text)
        self.selectAll()
        self.edited.emit(text)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        if self.isReadOnly():
            return QAbstractSpinBox.StepEnabledFlag.StepNone
        return QAbstractSpinBox.StepEnabledFlag.StepUpEnabled | QAbstractSpinBox.StepEnabledFlag.StepDownEnabled

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        return QValidator.State.Acceptable, text, position

    def sizeHint(self) -> QSize:
        return QSize(80, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(56, super().minimumSizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The wheel scrolls the panel; it changes a number only where the user has put the focus.
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
