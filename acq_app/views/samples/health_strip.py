"""The numbers that tell good samples from bad ones, and what to change when one of them is a bad sign."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from acq_app.appearance.icons import pixmap
from acq_app.appearance.language import metric_words
from acq_app.appearance.theme import GRID, HALF, Theme, load_theme
from acq_app.appearance.units import in_lines
from acq_app.run.health import SIGN_BY_KEY, Verdict, assess, is_learning
from acq_app.views.shared.axes import value_text
from acq_app.widgets.labels import set_colour, show_pixmap
from acq_engine.events import METRIC_BY_KEY, StepMetrics

KEYS = ("health/class", "health/centre_error", "health/diversity", "health/modes")
WATCHED = (*KEYS, "health/attention", "health/unrest")  # the last two have no number here, but their sentences
WIDE = 520  # from here on all numbers have room in one row
# Icon and colour of a level: state is never told by colour alone.
_LOOK = {"good": ("check", "good"), "warning": ("warning", "warning"), "bad": ("error", "bad")}


class HealthStrip(QWidget):
    """Four numbers, each with a mark when it is a bad sign, and the worst sign's sentence below them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = load_theme("light")
        self._values: dict[str, float] = {}
        self._when: StepMetrics | None = None
        self._told_elsewhere = False
        self.values: dict[str, QLabel] = {}
        self.verdicts: dict[str, Verdict] = {}
        self._cells: list[QWidget] = []
        self._marks: dict[str, QLabel] = {}
        for key in KEYS:
            metric = METRIC_BY_KEY[key]
            cell = QWidget()
            row = QHBoxLayout(cell)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(HALF)
            mark, name, value = QLabel(), QLabel(metric_words(metric.label)), QLabel("\u2013")
            mark.setFixedSize(2 * GRID, 2 * GRID)
            name.setForegroundRole(name.palette().ColorRole.PlaceholderText)
            value.setMinimumWidth(self.fontMetrics().horizontalAdvance("100.0 %" if metric.unit else "0.000"))
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(mark)
            row.addWidget(name, 1)
            row.addWidget(value)
            self._cells.append(cell)
            self._marks[key], self.values[key] = mark, value
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self._grid.setHorizontalSpacing(2 * GRID)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._grid)
        column.addWidget(self.sentence)
        self._columns = 0
        self.set_room(0)

    def set_room(self, width: int) -> None:
        """One row of four where there is room, else two of two, else one below the other."""
        wide = [cell.sizeHint().width() for cell in self._cells]
        pair = max(wide[0::2]) + max(wide[1::2]) + 4 * GRID  # the gap, and the view's margins
        columns = len(KEYS) if width >= WIDE else 2 if width >= pair or not width else 1
        if columns != self._columns:
            self._grid.setColumnStretch(self._columns, 0)
            self._grid.setColumnStretch(columns, 1)
            self._columns = columns
            for number, cell in enumerate(self._cells):
                self._grid.addWidget(cell, number // columns, number % columns)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._show()

    def set_told_elsewhere(self, elsewhere: bool) -> None:
        """Whether the sentence can be read somewhere else: once is enough, and the samples have its room."""
        self._told_elsewhere = elsewhere
        self._show()

    def clear(self) -> None:
        """Back to before a run."""
        self._when = None
        self.show_values({}, None)

    def show_values(self, values: dict[str, float], when: StepMetrics | None) -> None:
        """Show the figures, by metric.

        Args:
            values: Those that were measured.
            when: The newest report: a young run is not judged; None: none came yet.
        """
        self._values, self._when = values, when
        self._show()

    def _show(self) -> None:
        when = self._when
        phase, step, steps = (None, 0, 0) if when is None else (when.phase, when.step, when.steps)
        for key in WATCHED:
            sign = SIGN_BY_KEY[key]
            self.verdicts[key] = assess(sign, self._values.get(key), learning=is_learning(sign, phase, step, steps))
        for key, label in self.values.items():
            metric, value, verdict = METRIC_BY_KEY[key], self._values.get(key), self.verdicts[key]
            name, shown = metric_words(metric.label), value_text(value, metric.unit)
            label.setText(shown)
            icon, colour = _LOOK.get(verdict.level, ("", ""))
            set_colour(label, getattr(self._theme, colour) if verdict.level in ("warning", "bad") else "")
            if icon:
                show_pixmap(self._marks[key], pixmap(icon, self._theme, colour))
            else:
                self._marks[key].clear()
            words = verdict.sentence
            tip = metric_words(metric.help) + (f"\n{words}" if words else "")
            cell = label.parentWidget()
            if cell is not None:
                cell.setToolTip(in_lines(tip))
                cell.setAccessibleName(f"{name}: {shown}. {words}")
        worst = self.worst()
        self.sentence.setVisible(worst is not None and not self._told_elsewhere)
        if worst is not None:
            verdict = self.verdicts[worst]
            self.sentence.setText(verdict.sentence)
            set_colour(self.sentence, getattr(self._theme, _LOOK[verdict.level][1]))

    def worst(self) -> str | None:
        """The metric whose sign is worst, the first of several; None where all is well."""
        for level in ("bad", "warning"):
            for key in WATCHED:
                if key in self.verdicts and self.verdicts[key].level == level:
                    return key
        return None
