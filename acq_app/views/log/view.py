"""The log view: what the run says, by level, with a filter; copied with one click."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from acq_app.appearance.language import said
from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.views.shared.base import View
from acq_app.views.shared.empty import text_lines
from acq_engine.events import Checkpointed, Event, Failed, LogMessage, PhaseStarted, RunStarted, StepMetrics

MAX_LINES = 20_000
LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True)
class Line:
    """One entry; a text of several lines stays one entry."""

    seconds: float  # since the start of the run
    level: str
    text: str

    def __str__(self) -> str:
        minutes, seconds = divmod(int(self.seconds), 60)
        hours, minutes = divmod(minutes, 60)
        clock = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"
        first, *rest = self.text.splitlines() or [""]
        return "\n".join([f"{clock:>8}  {self.level:<8}{first}", *(" " * 18 + line for line in rest)])


class LogView(View):
    """The newest MAX_LINES entries of the run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self.tr("Log")
        self.lines: deque[Line] = deque(maxlen=MAX_LINES)
        self._pending: list[Line] = []
        self.clock: Callable[[], float] = monotonic
        self._seconds, self._told = 0.0, self.clock()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setMaximumBlockCount(MAX_LINES)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.text.setAccessibleName(self.tr("Log of the run"))
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setStyleHint(QFont.StyleHint.Monospace)
        fixed.setPointSizeF(self.font().pointSizeF())
        self.text.setFont(fixed)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(GRID, HALF, GRID, HALF)
        layout.setSpacing(HALF)
        layout.addLayout(self._tools())
        layout.addWidget(self.text, 1)
        self.content = content
        self.set_content(content, self.tr("What the run does appears here, line by line."), text_lines)
        self.set_theme(self.theme)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(HALF)
        self.level_box = QComboBox()
        self.level_box.setToolTip(self.tr("Show entries of this level and above"))
        self.level_box.setAccessibleName(self.tr("Lowest level shown"))
        for text, level in ((self.tr("Everything"), "debug"), (self.tr("Information"), "info"),
                            (self.tr("Warnings"), "warning"), (self.tr("Errors"), "error")):
            self.level_box.addItem(text, level)
        self.level_box.setCurrentIndex(1)
        self.level_box.currentIndexChanged.connect(self._refill)
        self.filter_box = QLineEdit()
        self.filter_box.setPlaceholderText(self.tr("filter"))
        self.filter_box.setClearButtonEnabled(True)
        self.filter_box.setToolTip(self.tr("Show entries that contain this text"))
        self.filter_box.setAccessibleName(self.tr("Text that entries must contain"))
        self.filter_box.textChanged.connect(self._refill)
        self.follow_box = QCheckBox(self.tr("follow"))
        self.follow_box.setChecked(True)
        self.follow_box.setToolTip(self.tr("Scroll to the newest entry"))
        self.follow_box.toggled.connect(self._follow)
        copy = QToolButton()
        copy.setText(self.tr("Copy"))
        copy.setAutoRaise(True)
        copy.setToolTip(self.tr("Copy the selected text, or all entries shown"))
        copy.clicked.connect(self.copy)
        row.addWidget(self.level_box)
        row.addWidget(self.filter_box, 1)
        row.addWidget(self.follow_box)
        row.addWidget(copy)
        return row

    # --- events ------------------------------------------------------------------------------

    def apply(self, event: Event) -> None:
        if isinstance(event, LogMessage):
            self.add(event.level, said(event.text))
        elif isinstance(event, StepMetrics):
            self._seconds, self._told = event.elapsed_seconds, self.clock()
        elif isinstance(event, PhaseStarted):
            names = {"prepare": self.tr("Prepare"), "warmup": self.tr("Warm-up"), "calibrate": self.tr("Calibrate"),
                     "finetune": self.tr("Fine-tune"), "evaluate": self.tr("Evaluate"), "export": self.tr("Export")}
            self.add("info", self.tr("Phase: {0}.").format(names[event.phase]))
        elif isinstance(event, Checkpointed):
            self.add("debug", self.tr("Checkpoint at step {0}.").format(event.step))
        elif isinstance(event, Failed):
            self.add("error", "\n".join(said(part) for part in (event.message, event.cause, event.hint) if part))
        elif isinstance(event, RunStarted):
            if event.resumed_from_step is None:
                self.reset()
            self._told = self.clock()
            self.add("debug", self.tr("Run folder {0}, device {1}, seed {2}.").format(
                event.run_dir, event.device, event.seed))

    def add(self, level: str, text: str) -> None:
        """Add an entry at the run's present time: only steps tell it, and between them the clock goes on."""
        seconds = self._seconds + self.clock() - self._told
        line = Line(max(seconds, self.lines[-1].seconds) if self.lines else seconds, level, text)
        self.lines.append(line)
        self._pending.append(line)
        if self.is_empty:
            self.show_content()
        self.request_refresh()

    def reset(self) -> None:
        super().reset()
        self.lines.clear()
        self._pending.clear()
        self._seconds, self._told = 0.0, self.clock()
        self.text.clear()

    # --- drawing -----------------------------------------------------------------------------

    def is_shown(self, line: Line) -> bool:
        """Whether level and filter let an entry through."""
        lowest = LEVELS.index(self.level_box.currentData())
        words = self.filter_box.text().strip().casefold()
        return LEVELS.index(line.level) >= lowest and (not words or words in str(line).casefold())

    def refresh(self) -> None:
        pending, self._pending = self._pending[-MAX_LINES:], []
        self._write(pending)

    def _write(self, lines: list[Line]) -> None:
        shown = [line for line in lines if self.is_shown(line)]
        if not shown:
            return
        bar = self.text.verticalScrollBar()
        before = bar.value()
        cursor = QTextCursor(self.text.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        for line in shown:
            if not self.text.document().isEmpty():
                cursor.insertBlock()
            cursor.insertText(str(line), self._format(line.level))
        cursor.endEditBlock()
        bar.setValue(bar.maximum() if self.follow_box.isChecked() else before)

    def _format(self, level: str) -> QTextCharFormat:
        colours = {"debug": self.theme.muted, "info": self.theme.text, "warning": self.theme.warning,
                   "error": self.theme.bad}
        style = QTextCharFormat()
        style.setForeground(QColor(colours[level]))
        return style

    def _refill(self) -> None:
        self._pending.clear()
        self.text.clear()
        self._write(list(self.lines))

    def _follow(self, on: bool) -> None:
        if on:
            self.text.verticalScrollBar().setValue(self.text.verticalScrollBar().maximum())

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.panel))
        palette.setColor(QPalette.ColorRole.Base, QColor(theme.panel))
        self.content.setPalette(palette)
        self.content.setAutoFillBackground(True)
        self._refill()

    def copy(self) -> None:
        """Copy the selected text, or all entries shown, to the clipboard."""
        chosen = self.text.textCursor().selectedText().replace("\u2029", "\n")
        QGuiApplication.clipboard().setText(chosen or self.text.toPlainText())
