"""The right column: health in words, and the model's figures."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QStyle, QVBoxLayout, QWidget

from acq_app.appearance.icons import pixmap
from acq_app.appearance.language import grouped, metric_words
from acq_app.appearance.theme import GRID, HALF, Theme, load_theme
from acq_app.appearance.units import in_lines, size_text
from acq_app.run.health import SIGNS, Level, Sign, Verdict, assess, is_learning, with_test_images
from acq_app.run.state import WindowState
from acq_app.widgets.help_topic import set_topic
from acq_app.widgets.labels import bold, muted, set_colour, show_pixmap
from acq_app.widgets.sparkline import Sparkline
from acq_engine.events import METRIC_BY_KEY, Evaluated

# Icon and colour of a level: state is never told by colour alone.
_LOOK: dict[Level, tuple[str, str]] = {
    "none": ("", "muted"), "learning": ("", "muted"), "good": ("check", "good"), "warning": ("warning", "warning"),
    "bad": ("error", "bad"),
}


class HealthLine(QWidget):
    """One sign: icon, name, small curve, value, and the sentence when it is not good."""

    def __init__(self, sign: Sign) -> None:
        super().__init__()
        self.sign = sign
        self.level: Level = "none"
        self.mark = QLabel()
        self.mark.setFixedSize(2 * GRID, 2 * GRID)
        self.name = QLabel(metric_words(sign.label))
        self.curve = Sparkline()
        self.value = QLabel()
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.value.setFixedWidth(6 * GRID + HALF)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.hide()
        row = QHBoxLayout()
        row.setSpacing(HALF)
        row.addWidget(self.mark)
        row.addWidget(self.name, 1)
        row.addWidget(self.curve)
        row.addWidget(self.value)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, HALF, 0, HALF)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.sentence)
        self.setToolTip(in_lines(metric_words(METRIC_BY_KEY[sign.key].help)))

    def show_verdict(self, verdict: Verdict, history: list[float], theme: Theme) -> None:
        """Show a value and what it means."""
        self.level = verdict.level
        name, colour = _LOOK[verdict.level]
        self.value.setText(verdict.text)
        set_colour(self.value, getattr(theme, colour) if verdict.level in ("warning", "bad", "none") else "")
        if name:
            show_pixmap(self.mark, pixmap(name, theme, colour))
        else:
            self.mark.clear()
        self.curve.set_values(history, getattr(theme, colour))
        self.sentence.setText(verdict.sentence)
        self.sentence.setVisible(bool(verdict.sentence))
        set_colour(self.sentence, getattr(theme, colour))
        self.setAccessibleName(f"{self.name.text()}: {verdict.text}. {verdict.sentence}")


class Figures(QWidget):
    """The model's figures, measured ones only."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(HALF)
        self._grid.setColumnStretch(0, 1)
        self._values: dict[str, QLabel] = {}
        self._names: dict[str, QLabel] = {}
        for name, text in (("float", self.tr("float")), ("student", self.tr("quantized")),
                           ("exported", self.tr("exported")), ("agreement", self.tr("agreement")),
                           ("float_size", self.tr("size, float")), ("size", self.tr("size, exported")),
                           ("latency", self.tr("latency, float")), ("own_latency", self.tr("latency, exported"))):
            label, value = QLabel(text), QLabel("\u2013")
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            value.setAccessibleName(text)
            row = self._grid.rowCount()
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(value, row, 1)
            self._values[name], self._names[name] = value, label
        self.note = muted(small=True, wrap=True)
        self._grid.addWidget(self.note, self._grid.rowCount(), 0, 1, 2)

    def text(self, name: str) -> str:
        """What a row shows."""
        return self._values[name].text()

    def name(self, name: str) -> str:
        """What a row is called."""
        return self._names[name].text()

    def show_state(self, state: WindowState) -> None:
        """Show what was measured so far."""
        results = state.results
        same = state.results.float_on_part
        self._set("float", _top1(results.float_) if same is None else f"{same:.1f} %")
        self._set("student", _top1(results.student or results.glimpse))
        self._set("exported", _top1(results.exported))
        measured, verified = results.exported or results.student or results.glimpse, results.verified
        synthetic = measured is not None and measured.on == "synthetic"
        text = self.tr("agreement (held-out)") if synthetic else self.tr("agreement (test)")
        self._names["agreement"].setText(text)
        self._values["agreement"].setAccessibleName(text)
        agreement = measured.agreement if measured else None
        self._set("agreement", f"{agreement:.1f} %" if agreement is not None else "")
        exported = results.export
        float_bytes = exported.float_bytes if exported else state.model.float_bytes if state.model else None
        self._set("float_size", size_text(float_bytes))
        self._set("size", size_text(exported.bytes) if exported else "")
        for row, name in (("latency", "float_latency_ms"), ("own_latency", "latency_ms")):
            self._set(row, _milliseconds(getattr(verified, name) if verified else None))
            ends = verified.latency_ranges.get(name) if verified else None
            self._values[row].setToolTip("" if ends is None else self.tr(
                "Median; 80 % of the repetitions took {0} to {1} ms").format(*(f"{end:.2f}" for end in ends)))
        self.note.setText(self._note(state))

    def _note(self, state: WindowState) -> str:
        results = state.results
        measured = results.student or results.float_
        if measured is None:
            return ""
        if measured.top1 is None:
            return self.tr("No test images: accuracy is not measured. Agreement is on {0} synthetic samples.").format(
                grouped(measured.images))
        scheme = self.tr("paper") if measured.convention == "A" else self.tr("deployable")
        text = self.tr("Top-1 on {0} test images, {1} scheme.").format(grouped(measured.images), scheme)
        if results.float_on_part is not None and results.glimpse is not None:
            return self.tr("Interim result: top-1 on {0} of {1} test images, {2} scheme.").format(
                grouped(results.glimpse.images), grouped(measured.images), scheme)
        if results.student is None and results.glimpse is not None:
            text += " " + self.tr("Quantized: interim result on {0} of them.").format(grouped(results.glimpse.images))
        return text

    def _set(self, name: str, text: str) -> None:
        self._values[name].setText(text or "\u2013")


def _top1(measured: Evaluated | None) -> str:
    return f"{measured.top1:.1f} %" if measured is not None and measured.top1 is not None else ""


def _milliseconds(value: float | None) -> str:
    return f"{value:.2f} ms" if value is not None else ""


class HealthPanel(QScrollArea):
    """Signs above, figures below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Health"))
        set_topic(self, "health")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._theme = load_theme("light")
        self._state = WindowState()
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Base)
        inside.setAutoFillBackground(True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(0)
        self.hint = muted(self.tr("Is the run healthy, and if not, what to change."), small=True, wrap=True)
        column.addWidget(self.hint)
        self.lines = {sign.key: HealthLine(sign) for sign in SIGNS}
        for line in self.lines.values():
            column.addWidget(line)
        column.addSpacing(2 * GRID)
        column.addWidget(bold(self.tr("Model")))
        column.addSpacing(HALF)
        self.figures = Figures()
        column.addWidget(self.figures)
        column.addStretch(1)
        self.setWidget(inside)
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self.setMinimumWidth(inside.minimumSizeHint().width() + bar)

    def sizeHint(self) -> QSize:
        return QSize(max(29 * GRID, self.minimumWidth()), 480)

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        self._theme = theme
        self.show_state(self._state)

    def show_state(self, state: WindowState) -> None:
        """Show the run's health and figures."""
        self._state = state
        self.hint.setVisible(not state.values)
        for key, line in self.lines.items():
            learning = is_learning(line.sign, state.phase, state.step, state.steps)
            verdict = assess(line.sign, state.values.get(key), learning=learning)
            if key == "accuracy/agreement":
                verdict = with_test_images(verdict, state.values)
            line.show_verdict(verdict, [value for _, value in state.history.get(key, ())], self._theme)
        self.figures.show_state(state)
