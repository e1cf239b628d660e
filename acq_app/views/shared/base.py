"""The base of every view: batches repaints, shows an empty state, carries the theme."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPixmap, QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedLayout, QWidget

from acq_app.appearance.theme import Theme, load_theme
from acq_app.views.shared.empty import EmptyState, Example
from acq_engine.events import Event


class View(QWidget):
    """A widget that is told about every event and draws at most once per turn of the event loop.

    A hidden view only remembers that it is out of date; it draws when it is shown again.
    """

    sampleSelected = Signal(int)  # index of a sample, as made
    sampleOpened = Signal(int)  # the user wants to see the sample's attention large
    layerShown = Signal(str)  # the user wants to see the attention in another layer
    timeShown = Signal(object)  # float: the user wants to see another step of the run; None: the newest
    errorRaised = Signal(object)  # AcqError: something the user asked for in this view did not work

    title: str = ""
    animated = False  # whether it shows the steps of a run one by one (`show_time`)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = load_theme("light")
        self._stale = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.flush)
        self._stack = QStackedLayout(self)
        self._empty: EmptyState | None = None

    def set_content(self, content: QWidget, sentence: str, example: Example) -> None:
        """Show `content` when there is something to see, and until then one sentence with a faint example."""
        self._empty = EmptyState(sentence, example)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(content)
        # Docks may be made small; parts that have no room then hide themselves.
        content.setMinimumSize(1, 1)
        self.setAccessibleName(self.title)
        self.setAccessibleDescription(sentence)

    def offer(self, text: str, tip: str) -> QPushButton:
        """A button in the empty state, for what brings something into the view."""
        assert self._empty is not None
        return self._empty.add_button(text, tip)

    @property
    def is_empty(self) -> bool:
        """Whether the view still shows its empty state."""
        return self._stack.currentIndex() == 0

    def show_content(self, there_is: bool = True) -> None:
        """Leave (or go back to) the empty state."""
        self._stack.setCurrentIndex(1 if there_is else 0)

    def apply(self, event: Event) -> None:
        """Take note of an event; cheap, the drawing comes later."""
        del event

    def reset(self) -> None:
        """Back to the state before a run."""
        self.show_content(False)

    def select_sample(self, index: int) -> None:
        """Show sample `index` as the selected one, without telling anybody."""

    def open_sample(self, index: int) -> None:
        """Show sample `index` large with its attention, where the view can."""

    def show_layer(self, layer: str) -> None:
        """Show attention in this layer, where the view shows any, without telling anybody."""

    def show_time(self, step: float | None) -> None:
        """Show what was at a step of the run, where the view can; None: the newest. Nobody is told."""

    def picture_of(self) -> QPixmap | None:
        """What an animation shows of this view beside the page Live; None: nothing."""
        return None

    def set_theme(self, theme: Theme) -> None:
        """Use another theme's colours from now on."""
        self.theme = theme
        if self._empty is not None:
            self._empty.set_theme(theme)
        self.request_refresh()

    def refresh(self) -> None:
        """Bring what is drawn up to date."""

    def request_refresh(self) -> None:
        """Have `refresh` called once, soon, if the view can be seen; else when it is shown."""
        self._stale = True
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Refresh now if anything changed since the last time."""
        self._timer.stop()
        if self._stale:
            self._stale = False
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.flush()
