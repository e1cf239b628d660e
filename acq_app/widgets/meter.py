"""How busy the machine is, in a few words, while a run is active."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from acq_app.state import size_text
from acq_app.widgets.labels import muted

if TYPE_CHECKING:
    import psutil

EVERY_MS = 2000


class Meter(QWidget):
    """Processor share of this program (100 % is one core) and its memory. Asks only while it can be seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label: QLabel = muted(small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label)
        self.label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.label.setMinimumWidth(self.label.fontMetrics().horizontalAdvance("CPU 1000 %   88.8 GB "))
        self.setToolTip(self.tr("Processor time (100 % is one core) and memory of this program"))
        self._process: psutil.Process | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.measure)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self.measure()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    @Slot()
    def measure(self) -> None:
        """Ask the system and show the answer."""
        if self._process is None:
            import psutil  # not needed before the first run

            self._process = psutil.Process()
            self._process.cpu_percent()
        share, memory = self._process.cpu_percent(), self._process.memory_info().rss
        self.label.setText(f"CPU {share:.0f} %   {size_text(memory)}")
        self.setAccessibleName(self.label.text())
