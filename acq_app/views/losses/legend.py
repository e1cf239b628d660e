"""A legend that shows values and switches curves: one row a curve, in one column or in two.

Where two columns are narrow, names that begin alike are shortened first, then values give way: what a colour means has
to be readable everywhere.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from acq_app.appearance.language import metric_words
from acq_app.appearance.theme import GRID, HALF, Theme, load_theme
from acq_app.appearance.units import in_lines
from acq_app.views.shared.axes import brief_value, value_text
from acq_app.widgets.emptying import empty
from acq_app.widgets.labels import small_font
from acq_engine.events import Metric

SIDE_WIDTH = 224
MOST_LINES = 4  # below a plot, one to a line; more stand in two columns, also where names are cut then
LINE = 20  # of a row, for the colour

Room = Literal["whole", "brief", "names"]  # all; shorter names and values; shorter names alone
ROOMS: tuple[Room, ...] = ("whole", "brief", "names")


class LegendRow(QAbstractButton):
    """A curve's name, colour and value; checked while the curve is drawn."""

    hovered = Signal(bool)

    def __init__(self, metric: Metric, colour: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.curve = metric
        self.colour = colour
        self.theme = theme
        self.value: float | None = None
        self.room: Room = "whole"
        self.short = ""  # the name where the row above begins alike
        self.share: float | None = None  # of the weighted total, 0..1; None: not known
        self.setCheckable(True)
        self.setChecked(True)
        self.setText(metric_words(metric.label))
        self._tell()
        self.setAccessibleName(self.tr("{0} curve").format(metric_words(metric.label)))
        self.setAccessibleDescription(metric_words(metric.help))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def start_anew(self, colour: str, theme: Theme) -> None:
        """As it was when it was made, for another run."""
        self.colour, self.theme, self.value, self.room, self.short = colour, theme, None, "whole", ""
        self.share = None
        with QSignalBlocker(self):
            self.setChecked(True)
        self._tell()
        self.show()

    def set_value(self, value: float | None) -> None:
        if value != self.value:
            self.value = value
            if self.room == "names":
                self._tell()
            self.update()

    def set_share(self, share: float | None) -> None:
        """Which part of the weighted total the loss is; drawn behind its name."""
        if share != self.share:
            self.share = share
            self._tell()
            self.update()

    def set_room(self, room: Room) -> None:
        """How much of name and value is shown."""
        if room != self.room:
            self.room = room
            self._tell()
            self.update()

    def name(self, room: Room | None = None) -> str:
        """The name as it is shown."""
        return self.text() if (room or self.room) == "whole" else self.short or self.text()

    def shown_value(self) -> str:
        """The value as it is shown; empty where there is no room."""
        if self.room == "names":
            return ""
        return (value_text if self.room == "whole" else brief_value)(self.value, self.curve.unit)

    def _tell(self) -> None:
        words = self.tr("{0}\nClick to hide or show the curve.").format(metric_words(self.curve.help))
        if self.share is not None:
            words = self.tr("{0} % of the weighted total, which the shaded part shows; the curve itself is not "
                            "weighted.").format(f"{100 * self.share:.0f}") + "\n" + words
        if self.room == "names":
            words = f"{self.text()}: {value_text(self.value, self.curve.unit)}\n{words}"
        self.setToolTip(in_lines(words))

    def needed(self, room: Room = "whole") -> int:
        """The width in which the name is whole beside any value, in pixels."""
        metrics = self.fontMetrics() if room == "whole" else QFontMetrics(small_font(self.font()))
        text = {"whole": "0" + value_text(99.9, self.curve.unit), "brief": brief_value(0.999, self.curve.unit),
                "names": ""}[room]
        value = metrics.horizontalAdvance(text)
        return LINE + metrics.horizontalAdvance(self.name(room)) + value + (2 * GRID if value else GRID + HALF)

    def sizeHint(self) -> QSize:
        # The grid divides its width by what names need, see `Legend._arrange`.
        return QSize(1, max(self.fontMetrics().height() + 2, 17))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.hovered.emit(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(False)
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(HALF, 0, -HALF, 0)
        middle = area.center().y()
        if self.underMouse():
            painter.fillRect(self.rect(), QColor(self.theme.raised))
        if self.share:
            shade = QColor(self.theme.plot_grid)
            painter.fillRect(QRectF(0, 1, self.width() * self.share, self.height() - 2), shade)
        on = self.isChecked()
        painter.setPen(QPen(QColor(self.colour if on else self.theme.faint), 2.0 if on else 1.0,
                            Qt.PenStyle.SolidLine if on else Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(area.left(), middle), QPointF(area.left() + 14, middle))
        text = area.adjusted(LINE, 0, 0, 0)
        if self.room != "whole":
            painter.setFont(small_font(self.font()))
        value, metrics = self.shown_value(), painter.fontMetrics()
        width = metrics.horizontalAdvance(value)
        painter.setPen(QColor(self.theme.text if on else self.theme.faint))
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, value)
        room = int(text.width()) - (width + GRID if value else 0)
        name = metrics.elidedText(self.name(), Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(self.theme.muted if on else self.theme.faint))
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self.theme.accent), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class Legend(QWidget):
    """A heading, and a row for each curve in the order of the metrics."""

    toggled = Signal()
    hovered = Signal(str)  # key of the curve under the mouse; empty: none

    def __init__(self, title: str, metrics: tuple[Metric, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self.rows: dict[str, LegendRow] = {}
        self._spare: dict[str, LegendRow] = {}  # of runs before, hidden
        self._order = [metric.key for metric in metrics]
        self._columns = self._arranged = 1
        self._heading, self._where, self._best = QLabel(title), QLabel(), QLabel()
        self._best.setTextFormat(Qt.TextFormat.RichText)
        self._best.setContentsMargins(HALF, HALF, 0, 0)
        self._best.setToolTip(self.tr("Diamond: the best measured value of the first curve so far.\nThe result of a "
                                      "run is its last value, not its best."))
        head = QHBoxLayout()
        head.setContentsMargins(HALF, 0, HALF, HALF)
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self._where)
        self._grid = QGridLayout(self)
        self._grid.setSpacing(0)
        self._head = head
        self._arrange()

    def add(self, metric: Metric, colour: str) -> None:
        """Add a curve's row."""
        row = self._spare.pop(metric.key, None)
        if row is None:
            row = LegendRow(metric, colour, self.theme, self)
            row.toggled.connect(self.toggled)
            row.hovered.connect(self._row_hovered)
        else:
            row.start_anew(colour, self.theme)
        self.rows[metric.key] = row
        self._arrange()

    def remove_all(self) -> None:
        """Take all rows away."""
        for row in self.rows.values():
            self._grid.removeWidget(row)
            row.hide()
        self._spare |= self.rows  # each run has the same; Qt keeps a little of every widget that is made and ended
        self.rows.clear()

    def set_columns(self, columns: int) -> None:
        """One column beside a plot, two below it."""
        if columns != self._columns:
            self._columns = columns
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._columns == 2 and self._in_columns() != self._arranged:
            self._arrange()
        else:
            self._give_room()

    def _in_columns(self) -> int:
        """Below a plot, names that have no room beside each other stand under each other."""
        rows = self.rows.values()
        half = (self.width() - 2 * GRID) // 2
        tight = len(rows) <= MOST_LINES and any(row.needed() > half for row in rows)
        return 1 if self._columns == 1 or tight else 2

    def _shorten(self, keys: list[str]) -> None:
        """Names that begin like the one above them are short for their last word."""
        before = ""
        for key in keys:
            row = self.rows[key]
            first, _, last = row.text().rpartition(" ")
            row.short = f"\u2026 {last}" if first and first == before else ""
            before = first

    def _give_room(self) -> None:
        """The most that fits: whole names and values, shorter ones, or names alone."""
        rows = list(self.rows.values())
        room: Room = "whole"
        if self._arranged == 2 and rows:
            left = self.width() - 2 * GRID
            room = next((room for room in ROOMS if sum(self._widths(room)) <= left), ROOMS[-1])
            for column, width in enumerate(self._widths(room)):
                self._grid.setColumnStretch(column, width)
        self._where.setVisible(room != "names")
        for row in rows:
            row.set_room(room)

    def _widths(self, room: Room) -> list[int]:
        """What the two columns need."""
        keys = sorted(self.rows, key=self._order.index)
        lines = -(-len(keys) // 2)
        return [max((self.rows[key].needed(room) for key in part), default=0) for part in (keys[:lines], keys[lines:])]

    def _arrange(self) -> None:
        columns = self._arranged = self._in_columns()
        empty(self._grid)
        beside = self._columns == 1
        self.setMinimumWidth(SIDE_WIDTH if beside else 0)
        self.setMaximumWidth(SIDE_WIDTH if beside else 16_777_215)
        self._grid.setContentsMargins(HALF if beside else GRID, HALF, 0, 0)
        self._grid.setHorizontalSpacing(0 if beside else GRID)
        self._grid.addLayout(self._head, 0, 0, 1, columns)
        keys = sorted(self.rows, key=self._order.index)
        lines = -(-len(keys) // columns)
        for number, key in enumerate(keys):
            column, line = divmod(number, lines)
            self._grid.addWidget(self.rows[key], 1 + line, column)
        self._grid.addWidget(self._best, 1 + lines, 0, 1, columns)
        for line in range(self._grid.rowCount()):
            self._grid.setRowStretch(line, 0)
        self._grid.setRowStretch(lines + 2, 1 if beside else 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 0)
        self._shorten(keys)
        self._give_room()

    def set_where(self, words: str) -> None:
        """Where the values are from."""
        self._where.setText(words)

    def set_best(self, words: str) -> None:
        """The best value, as rich text; empty: none."""
        if words != self._best.text():
            self._best.setText(words)

    def best(self) -> str:
        return self._best.text()

    def where(self) -> str:
        return self._where.text()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        for label, colour in ((self._heading, theme.text), (self._where, theme.muted), (self._best, theme.muted)):
            palette = label.palette()
            palette.setColor(label.foregroundRole(), QColor(colour))
            label.setPalette(palette)
        for row in self.rows.values():
            row.theme = theme
            row.update()

    def _row_hovered(self, inside: bool) -> None:
        sender = self.sender()
        self.hovered.emit(sender.curve.key if inside and isinstance(sender, LegendRow) else "")
