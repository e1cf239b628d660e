"""One bar for the whole run: every phase named, filled as far as it is done."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from acq_app.appearance.language import grouped
from acq_app.appearance.theme import GRID, HALF, Theme, load_theme
from acq_app.run.state import PhaseProgress
from acq_app.widgets.labels import small_font
from acq_engine.control import SubProgress, Task
from acq_engine.events import Phase

BAR = GRID
GAP = 2.0


def phase_name(phase: Phase) -> str:
    """A phase's name in the user's language."""
    names: dict[Phase, str] = {
        "prepare": QCoreApplication.translate("Phases", "Prepare"),
        "warmup": QCoreApplication.translate("Phases", "Warm-up"),
        "calibrate": QCoreApplication.translate("Phases", "Calibrate"),
        "finetune": QCoreApplication.translate("Phases", "Fine-tune"),
        "evaluate": QCoreApplication.translate("Phases", "Evaluate"),
        "export": QCoreApplication.translate("Phases", "Export"),
    }
    return names[phase]


def task_text(sub: SubProgress) -> str:
    """The task at work, as "Rounding: layer 7 of 22"; without a count where none is known."""
    done, total = grouped(sub.done), grouped(sub.total)
    plain: dict[Task, str] = {
        "download": QCoreApplication.translate("Phases", "downloading the model"),
        "loading": QCoreApplication.translate("Phases", "Loading the model and the test images"),
        "timing": QCoreApplication.translate("Phases", "Timing a few steps on this machine to plan the run"),
        "sensitivity": QCoreApplication.translate("Phases", "measuring sensitivities"),
        "samples": QCoreApplication.translate("Phases", "setting ranges from samples"),
        "exporting": QCoreApplication.translate("Phases", "writing the file"),
        "latency": QCoreApplication.translate("Phases", "measuring latency"),
    }
    counted: dict[Task, str] = {
        "download": QCoreApplication.translate("Phases", "Downloading the model: {0} of {1} MB"),
        "float": QCoreApplication.translate("Phases", "Evaluating the float model: image {0} of {1}"),
        "sensitivity": QCoreApplication.translate("Phases", "sensitivities, pass {0} of {1}"),
        "procedural": QCoreApplication.translate("Phases", "procedural images, {0} of {1}"),
        "samples": QCoreApplication.translate("Phases", "ranges, sample {0} of {1}"),
        "rounding": QCoreApplication.translate("Phases", "rounding, layer {0} of {1}"),
        "biases": QCoreApplication.translate("Phases", "biases, layer {0} of {1}"),
        "interim": QCoreApplication.translate("Phases", "interim accuracy, image {0} of {1}"),
        "quantized": QCoreApplication.translate("Phases", "image {0} of {1}"),
        "file": QCoreApplication.translate("Phases", "exported file, image {0} of {1}"),
        "reference": QCoreApplication.translate("Phases", "integer reference, image {0} of {1}"),
    }
    if sub.total and sub.task in counted:
        return counted[sub.task].format(done, total)
    return plain.get(sub.task, "")


class PhaseBar(QWidget):
    """Shows the phases' shares; a narrow phase still gets room for its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phases: list[PhaseProgress] = []
        self._current: Phase | None = None
        self._theme = load_theme("light")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Progress of the run"))

    def set_progress(self, phases: list[PhaseProgress], current: Phase | None, percent: int) -> None:
        """Show the phases; `current` is the one at work, None before and after a run."""
        self._phases, self._current = phases, current
        words = [f"{percent} %", *([phase_name(current)] if current else [])]
        notes = [(self.tr("{0}: ended early") if part.reached else self.tr("{0}: skipped")).format(
            phase_name(part.phase)) for part in phases if part.skipped and not part.undone]
        notes += [self.tr("{0}: no effect on the result").format(phase_name(part.phase)) for part in phases
                  if part.undone]
        self.setToolTip("\n".join(notes))
        self.setAccessibleDescription(", ".join(words + notes))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, 4 * GRID)

    def _bold(self) -> QFont:
        font = small_font(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def spans(self) -> list[tuple[float, float]]:
        """Left edge and width of each phase, in pixels."""
        metrics = QFontMetricsF(self._bold())
        least = [metrics.horizontalAdvance(phase_name(part.phase)) + GRID for part in self._phases]
        room = max(0.0, self.width() - sum(least) - GAP * (len(least) - 1))
        spans, left = [], 0.0
        for part, minimum in zip(self._phases, least, strict=True):
            width = minimum + room * part.share
            spans.append((left, width))
            left += width + GAP
        return spans

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        top = self.height() - BAR - HALF
        for part, (left, width) in zip(self._phases, self.spans(), strict=True):
            now = part.phase == self._current
            painter.setFont(self._bold() if now else small_font(self.font()))
            painter.setPen(QColor(theme.text if now else theme.muted))
            label = QRectF(left, 0, width, top - 2)
            painter.drawText(label, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, phase_name(part.phase))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.track))
            painter.drawRoundedRect(QRectF(left, top, width, BAR), 2, 2)
            whole = part.reached if part.skipped else part.fraction
            if part.skipped or part.undone:
                self._hatch(painter, QRectF(left, top, width, BAR))
            if whole > 0 and not part.undone:
                painter.setBrush(QColor(theme.accent))
                painter.drawRoundedRect(QRectF(left, top, width * whole, BAR), 2, 2)

    def _hatch(self, painter: QPainter, box: QRectF) -> None:
        """What was left out, or is not in the result, is neither done nor open: stripes."""
        painter.save()
        painter.setClipRect(box)
        painter.setPen(QPen(QColor(self._theme.accent), 1.5))
        x = box.left() - BAR
        while x < box.right():
            painter.drawLine(QRectF(x, box.bottom(), 0, 0).topLeft(), QRectF(x + BAR, box.top(), 0, 0).topLeft())
            x += 5
        painter.restore()
