"""How strongly curves are smoothed: one control, with one default, wherever there are curves."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QSpinBox, QWidget

from acq_app.views.shared.curves import DEFAULT_SPAN


class SpanBox(QSpinBox):
    """Points in the moving average; 1 shows curves as they were measured."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(1, 500)
        self.setValue(DEFAULT_SPAN)
        self.setToolTip(self.tr("Points in the moving average of the bold curves; 1: as measured"))
        self.setAccessibleName(self.tr("Points in the moving average"))
        self.setKeyboardTracking(False)

    def label(self) -> QLabel:
        """A word to stand before it."""
        label = QLabel(self.tr("smooth"))
        label.setBuddy(self)
        return label
