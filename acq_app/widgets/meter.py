"""How busy the machine is, in a few words, while a run is active."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from acq_app.appearance.theme import GRID
from acq_app.appearance.units import size_text
from acq_app.widgets.labels import muted

if TYPE_CHECKING:
    import psutil

EVERY_MS = 2000


class Meter(QWidget):
    """Processor share of this program (100 % is one core), its memory, and the graphics card that a run computes on.

    Asks only while it can be seen.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card, self.label = muted(small=True), muted(small=True)
        self.card.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GRID)
        for label, widest in ((self.card, "GPU 100 %   888.8 GB "), (self.label, "CPU 1000 %   88.8 GB ")):
            row.addWidget(label)
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance(widest))
        self.setToolTip(self.tr("CPU time (100 % is one core) and memory of this program; if a run uses a GPU, its "
                                "utilization and memory"))
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
        card = card_text()
        self.card.setText(card)
        self.card.setVisible(bool(card))
        self.setAccessibleName("   ".join(text for text in (card, self.label.text()) if text))


def card_text() -> str:
    """Share and memory in use of the graphics card; empty while no run computes on one.

    torch is asked only once a run has imported it and begun to use the card, so nothing is loaded or begun here.
    """
    cuda = getattr(sys.modules.get("torch"), "cuda", None)
    if cuda is None or not getattr(cuda, "is_initialized", bool)():
        return ""
    try:
        free, total = cuda.mem_get_info()
    except RuntimeError:  # the card is gone or in trouble; the run says so
        return ""
    try:
        share = f"{cuda.utilization():.0f} %   "
    except Exception:  # it needs a package of NVIDIA's that need not be there, and a driver that answers
        share = ""
    return f"GPU {share}{size_text(total - free)}"
