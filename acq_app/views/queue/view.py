"""The queue: what runs, what comes next, and what became of those before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.views.queue.rows import ENDED, QueueRow
from acq_app.views.shared.base import View
from acq_app.views.shared.empty import table_rows
from acq_app.widgets.taking_away import TableAway
from acq_engine.events import Event


class QueueTable(QTableWidget):
    """A table that leaves Ctrl with an arrow to the queue: the run moves, not the cursor."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)


class QueueView(View):
    """A list in the order in which it is run. Whoever owns the view hands over rows and does what is asked."""

    moveRequested = Signal(int, int)  # place, by
    removeRequested = Signal(list)  # places
    clearRequested = Signal()
    useRequested = Signal(int)  # the settings of a place are wanted on the panels
    openRunRequested = Signal(str)  # a run folder
    goRequested = Signal()
    addRequested = Signal()
    holdRequested = Signal()
    stopAllRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self.tr("Queue")
        self.rows: tuple[QueueRow, ...] = ()
        self._can_go = self._can_hold = self._can_stop = False
        self.headings = (self.tr("run"), self.tr("bits"), self.tr("changed settings"), self.tr("state"))
        self.list = QueueTable(0, len(self.headings))
        self.list.setAccessibleName(self.tr("Runs in the queue, in order"))
        self.list.setHorizontalHeaderLabels(list(self.headings))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setShowGrid(False)
        self.list.setTabKeyNavigation(False)
        self.list.setFrameShape(QTableWidget.Shape.NoFrame)
        self.list.verticalHeader().hide()
        self.list.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + GRID)
        header = self.list.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.list.setColumnWidth(0, 220)
        for column in (1, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.list.itemSelectionChanged.connect(self._update_buttons)
        self.list.cellDoubleClicked.connect(self._open)
        TableAway(self.list, self.title, self.errorRaised.emit)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(GRID, GRID, GRID, HALF)
        layout.setSpacing(GRID)
        layout.addLayout(self._tools())
        layout.addWidget(self.list, 1)
        self.content = content
        self.set_content(content, self.tr("Queued runs appear here: set up a run and choose Add to queue "
                                          "(Ctrl+Return), even while another run is active."), table_rows)
        self.offer(self.tr("Add to queue"), self.tr("Add a run with the current settings (Ctrl+Return)")
                   ).clicked.connect(self.addRequested)
        self.set_theme(self.theme)
        self._update_buttons()

    def _tools(self) -> QVBoxLayout:
        tools, whole, single = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        tools.setSpacing(GRID)
        for line in (whole, single):
            line.setSpacing(GRID)
            tools.addLayout(line)
        self.count = QLabel()
        whole.addWidget(self.count)
        whole.addStretch(1)
        self.buttons: dict[str, QPushButton] = {}
        for key, text, handler in (
            ("up", self.tr("Move up"), self._up), ("down", self.tr("Move down"), self._down),
            ("remove", self.tr("Remove"), self._remove), ("use", self.tr("Use settings"), self._use),
            ("open", self.tr("Open run"), self._open), ("clear", self.tr("Clear finished"), self.clearRequested),
            ("hold", self.tr("Pause"), self.holdRequested), ("go", self.tr("Resume"), self.goRequested),
            ("stop", self.tr("Stop all"), self.stopAllRequested),
        ):
            button = QPushButton(text)
            button.clicked.connect(handler)
            self.buttons[key] = button
            (whole if key in ("clear", "hold", "go", "stop") else single).addWidget(button)
        single.addStretch(1)
        return tools

    # --- data --------------------------------------------------------------------------------

    def apply(self, event: Event) -> None:
        """The queue is told by `show_queue`; events change nothing here."""

    def reset(self) -> None:
        """A new run does not change the queue."""
        self.show_content(bool(self.rows))

    def show_queue(self, rows: Sequence[QueueRow], *, can_go: bool, can_hold: bool, can_stop: bool) -> None:
        """Show the queue; what was selected stays so while nothing was added or removed."""
        chosen = self.places() if len(rows) == len(self.rows) else []
        self.rows = tuple(rows)
        self._can_go, self._can_hold, self._can_stop = can_go, can_hold, can_stop
        self.list.setRowCount(len(rows))
        for place, row in enumerate(rows):
            title = f"{row.sweep} / {row.title}" if row.sweep else row.title
            for column, text in enumerate((title, row.bits, row.differences, self.words(row))):
                item = QTableWidgetItem(text)
                item.setToolTip(row.folder if column == 0 and row.folder else text)
                self.list.setItem(place, column, item)
        self.select(chosen)
        waiting = sum(row.state == "waiting" for row in rows)
        held = self.tr(", paused") if can_go and waiting else ""
        self.count.setText(self.tr("{0} waiting").format(waiting) + held)
        self.show_content(bool(rows))
        self._update_buttons()

    def words(self, row: QueueRow) -> str:
        """A run's state in words."""
        words = {"waiting": self.tr("waiting"), "running": self.tr("▶ running"), "done": self.tr("✓ done"),
                 "stopped": self.tr("■ stopped"), "failed": self.tr("✗ failed")}[row.state]
        return f"{words}: {row.reason}" if row.reason else words

    def places(self) -> list[int]:
        """The selected places, from top to bottom."""
        return sorted(index.row() for index in self.list.selectionModel().selectedRows())

    def select(self, places: Sequence[int]) -> None:
        """Select these places and no other."""
        self.list.clearSelection()
        mode = self.list.selectionMode()
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        for place in places:
            self.list.selectRow(place)
        self.list.setSelectionMode(mode)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.panel))
        self.content.setPalette(palette)
        self.content.setAutoFillBackground(True)

    # --- intents -----------------------------------------------------------------------------

    def _update_buttons(self) -> None:
        places = self.places()
        one = places[0] if len(places) == 1 else None
        chosen = [self.rows[place] for place in places if place < len(self.rows)]
        waits = one is not None and one < len(self.rows) and self.rows[one].state == "waiting"
        first = min((place for place, row in enumerate(self.rows) if row.state == "waiting"), default=0)
        rules = {
            "up": (waits and one != first, self.tr("Move the selected run up (Ctrl+Up)"),
                   self.tr("Select a waiting run that is not the next one")),
            "down": (waits and one != len(self.rows) - 1, self.tr("Move the selected run down (Ctrl+Down)"),
                     self.tr("Select a waiting run that is not the last one")),
            "remove": (any(row.state != "running" for row in chosen),
                       self.tr("Remove the selected runs from the list; no files are deleted (Delete)"),
                       self.tr("Select runs that are not active")),
            "use": (one is not None, self.tr("Use the settings of the selected run"),
                    self.tr("Select one run")),
            "open": (bool(len(chosen) == 1 and chosen[0].folder and chosen[0].state in ENDED),
                     self.tr("Show the selected run with all its views (Enter)"),
                     self.tr("Select a finished run")),
            "clear": (any(row.state in ENDED for row in self.rows), self.tr("Remove finished runs from the list"),
                      self.tr("No finished runs")),
            "hold": (self._can_hold, self.tr("Let the current run finish, but do not start the next one"),
                     self.tr("Nothing is waiting, or the queue is already paused")),
            "go": (self._can_go, self.tr("Start the next run, now or after the current one"),
                   self.tr("Nothing is waiting, or the queue is not paused")),
            "stop": (self._can_stop, self.tr("Save a checkpoint of the current run, stop it, and pause the queue"),
                     self.tr("No run is active")),
        }
        for key, (on, tip, reason) in rules.items():
            self.buttons[key].setEnabled(on)
            self.buttons[key].setToolTip(tip if on else reason)

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        if len(places := self.places()) == 1:
            self.moveRequested.emit(places[0], by)

    def _remove(self) -> None:
        self.removeRequested.emit(self.places())

    def _use(self) -> None:
        if len(places := self.places()) == 1:
            self.useRequested.emit(places[0])

    def _open(self) -> None:
        if self.buttons["open"].isEnabled():
            self.openRunRequested.emit(self.rows[self.places()[0]].folder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_Delete and self.buttons["remove"].isEnabled():
            self._remove()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control and self.list.hasFocus():
            self._open()
        elif control and key == Qt.Key.Key_Up:
            self._up()
        elif control and key == Qt.Key.Key_Down:
            self._down()
        else:
            super().keyPressEvent(event)
