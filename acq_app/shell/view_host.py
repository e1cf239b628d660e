"""Where views live: places are made with the window, the views themselves once it is on the screen.

pyqtgraph takes a second to load; a place shows nothing until then, so the window comes at once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow, QVBoxLayout, QWidget

from acq_app.appearance.theme import Theme
from acq_app.shell.proportions import Proportions
from acq_app.views import VIEWS, ViewInfo
from acq_app.views.shared.base import View
from acq_app.widgets.help_topic import set_topic
from acq_engine.events import Event

SMALLEST = QSize(200, 150)  # of a dock: what is below can't be read

logger = logging.getLogger(__name__)


class Place(QWidget):
    """Room for one view."""

    def __init__(self, info: ViewInfo) -> None:
        super().__init__()
        self.info = info
        set_topic(self, info.id)
        self.view: View | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)

    def title(self) -> str:
        """The view's name in the user's language."""
        return self.info.page.translated()

    def load(self) -> View | None:
        """Make the view; one that can't be made says so in its place and leaves the others alone."""
        if self.view is not None:
            return self.view
        layout = self.layout()
        assert layout is not None
        try:
            self.view = self.info.factory(self)
        except Exception:
            logger.exception("The view %s can't be shown.", self.info.id)
            label = QLabel(self.tr("{0} can't be shown; the log says why.").format(self.title()))
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
            return None
        layout.addWidget(self.view)
        return self.view


class ViewHost(QObject):
    """All views: hands them events and themes, and keeps the selected sample the same everywhere."""

    sampleSelected = Signal(int)
    sampleOpened = Signal(int)
    timeShown = Signal(object)  # float or None: asked for in a view
    errorRaised = Signal(object)  # AcqError

    def __init__(self, infos: Iterable[ViewInfo] = VIEWS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.places = {info.id: Place(info) for info in infos}
        self._theme: Theme | None = None
        self._selecting = False

    @property
    def views(self) -> list[View]:
        """The views that are made."""
        return [place.view for place in self.places.values() if place.view is not None]

    def of_area(self, *areas: str) -> list[Place]:
        """The places of some areas, in the registry's order."""
        return [place for place in self.places.values() if place.info.page.area in areas]

    def load(self) -> None:
        """Make every view."""
        for place in self.places.values():
            if place.view is None:
                view = place.load()
                if view is not None:
                    view.sampleSelected.connect(self.select_sample)
                    view.sampleOpened.connect(self.open_sample)
                    view.layerShown.connect(self.show_layer)
                    view.timeShown.connect(self.timeShown)
                    view.errorRaised.connect(self.errorRaised)
                    if self._theme is not None:
                        view.set_theme(self._theme)

    def apply(self, event: Event) -> None:
        """Give every view an event; a view that fails does not keep it from the others."""
        for view in self.views:
            try:
                view.apply(event)
            except Exception:
                logger.exception("The view %s could not take in %s.", view.title, event.kind())

    def reset(self) -> None:
        """Back to the state before a run."""
        for view in self.views:
            view.reset()

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours, now and for views that come later."""
        self._theme = theme
        for view in self.views:
            view.set_theme(theme)

    @Slot(int)
    def select_sample(self, index: int) -> None:
        """A sample selected in one view is selected in all."""
        if self._selecting:
            return
        self._selecting = True
        try:
            for view in self.views:
                view.select_sample(index)
            self.sampleSelected.emit(index)
        finally:
            self._selecting = False

    @Slot(int)
    def open_sample(self, index: int) -> None:
        """A sample is shown large, wherever that was asked for."""
        self.sampleOpened.emit(index)
        for view in self.views:
            view.open_sample(index)

    @Slot(str)
    def show_layer(self, layer: str) -> None:
        """Attention is shown in the same layer everywhere."""
        for view in self.views:
            view.show_layer(layer)

    @Slot(object)
    def show_time(self, step: float | None) -> None:
        """One step of the run everywhere; None: the newest."""
        for view in self.views:
            view.show_time(step)


def dock(place: Place, parent: QMainWindow) -> QDockWidget:
    """A dock around a place, named so that its position can be saved."""
    widget = QDockWidget(place.title(), parent)
    widget.setObjectName(f"dock-{place.info.id}")
    widget.setWidget(place)
    widget.setMinimumSize(SMALLEST)
    widget.setAccessibleName(place.title())
    return widget


class LivePage(QMainWindow):
    """What happens now: curves and samples above, attention below. Docks can be moved inside it."""

    def __init__(self, host: ViewHost, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setDockNestingEnabled(True)
        self.setObjectName("live")
        self.docks = {place.info.id: dock(place, self) for place in host.of_area("losses", "samples", "attention")}
        host.sampleOpened.connect(self.show_samples)
        self.proportions = Proportions(self, self.docks)
        self.reset_layout()

    @Slot()
    def show_samples(self) -> None:
        """Bring the samples to the front, where they are closed or lie behind another dock."""
        widget = self.docks.get("samples")
        if widget is not None:
            widget.show()
            widget.raise_()

    def reset_layout(self) -> None:
        """The layout of the first start."""
        right = Qt.DockWidgetArea.RightDockWidgetArea
        for widget in self.docks.values():
            self.removeDockWidget(widget)
        order = [self.docks[name] for name in ("losses", "samples", "attention") if name in self.docks]
        order += [widget for widget in self.docks.values() if widget not in order]
        for widget in order:
            widget.setFloating(False)
            self.addDockWidget(right, widget)
            widget.show()
        if len(order) > 1:
            self.splitDockWidget(order[0], order[1], Qt.Orientation.Horizontal)
        if len(order) > 2:
            self.removeDockWidget(order[2])
            self.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, order[2])
            order[2].show()
        self.resizeDocks(order[:2], [520, 480][: len(order[:2])], Qt.Orientation.Horizontal)
        self.resizeDocks([order[0], order[-1]], [560, 440], Qt.Orientation.Vertical)
