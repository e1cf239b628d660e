"""The main window: five steps on the left, what happens in the middle, health on the right, the run below.

Docks, pages, menus and bars, and how their places are remembered; nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QLineEdit,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from acq_app.appearance.theme import Theme
from acq_app.commands.registry import Registry
from acq_app.commands.table import ACTIONS, MENUS
from acq_app.panels.column import SettingsColumn
from acq_app.panels.health_panel import HealthPanel
from acq_app.panels.run_bar import RunBar
from acq_app.settings.preferences import LAYOUT_VERSION, Preferences
from acq_app.settings.run_settings import RunSettings
from acq_app.shell.side_folding import SideFolding
from acq_app.shell.view_host import SMALLEST, LivePage, ViewHost, dock
from acq_app.widgets.banner import Banner
from acq_app.widgets.bar import Bar
from acq_app.widgets.focus_ring import FocusRing
from acq_app.widgets.tab_order import go, go_part
from acq_app.widgets.time_bar import TimeBar
from acq_app.widgets.wheel_guard import WheelGuard

logger = logging.getLogger(__name__)

MINIMUM = QSize(1100, 700)
FIRST = QSize(1280, 800)
LOG_HEIGHT = 168


class MainWindow(QMainWindow):
    """The parts and their places. What they do is connected by `Studio`."""

    viewsLoaded = Signal()
    refused = Signal(str)  # the id of an action whose shortcut was pressed while it makes no sense

    def __init__(self, registry: Registry, run_settings: RunSettings, preferences: Preferences,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.registry = registry
        self._preferences = preferences
        self._painted = self._loaded = False
        self._open_buttons: list[QToolButton] = []
        self.host = ViewHost(parent=self)
        self._build(run_settings)
        self.setMinimumSize(MINIMUM)
        self.resize(FIRST)
        self.restore_layout()

    def _build(self, run_settings: RunSettings) -> None:
        self.setDockOptions(QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowNestedDocks
                            | QMainWindow.DockOption.AllowTabbedDocks)
        self.column = SettingsColumn(run_settings)
        self.health = HealthPanel()
        self.run_bar = RunBar(self.registry)
        self.banner = Banner()
        self.live = LivePage(self.host)
        self.stack = QStackedWidget()
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # after a click, F1 explains the page
        self.tabs.setAccessibleName(self.tr("Pages"))
        self.stack.addWidget(self.live)
        self.tabs.addTab(self.tr("Live"))
        for place in self.host.of_area("page"):
            self.stack.addWidget(place)
            self.tabs.addTab(place.title())
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        self.time_bar = TimeBar()
        self.time_bar.hide()
        self.time_bar.moved.connect(self.host.show_time)
        self.host.timeShown.connect(self.time_bar.go_to)
        column.addWidget(self.time_bar)
        self.setCentralWidget(middle)
        self.side_docks = {
            "settings": self._dock("settings", self.tr("Settings"), self.column),
            "health": self._dock("health", self.tr("Health"), self.health),
        }
        for place in self.host.of_area("side"):
            self.side_docks[place.info.id] = dock(place, self)
        self._build_bars()
        sides = {name: self.side_docks[name] for name in ("settings", "health")}
        self.folding = SideFolding(self, sides, lambda: self.current_page)
        self.wheel_guard = WheelGuard(self)
        self.reset_layout()
        self.focus_ring = FocusRing(self)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.tabs.currentChanged.connect(self.folding.update)
        self.tabs.currentChanged.connect(self.show_time_bar)
        self.column.foldedChanged.connect(self._remember_folded)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            # Not from showEvent: a screen asks for the first picture later, and would show a blank window till then.
            self._painted = True
            QTimer.singleShot(0, self, self.load_views)

    @Slot()
    def load_views(self) -> None:
        """Make the views; the window is on the screen by now."""
        self.host.load()
        self._restore_docks()
        self._loaded = True
        for field in self.findChildren(QLineEdit):
            field.setAcceptDrops(False)  # a dropped file is for the window, its path is no text for a field
        self.wheel_guard.watch(self)
        # Else the first run would wait for them while it is watched.
        for name in ("acq_app.features.history.jobs", "psutil"):
            import_module(name)
        self.viewsLoaded.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return go(self, self._parts(), forward=forward)

    @Slot()
    def next_part(self) -> None:
        """Let the keyboard act in the next part of the window: the pages, the settings, a dock, the run bar."""
        go_part(self, self._parts(), forward=True)

    @Slot()
    def previous_part(self) -> None:
        """Let the keyboard act in the part before."""
        go_part(self, self._parts(), forward=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt takes the shortcut of a greyed action for any other key, which comes here when nobody wants it.
        pressed = QKeySequence(event.keyCombination())
        for name, action in self.registry.actions.items():
            if not action.isEnabled() and action.shortcut() == pressed and not event.isAutoRepeat():
                self.refused.emit(name)
                return
        super().keyPressEvent(event)

    def _parts(self) -> list[QWidget]:
        docks = {**self.live.docks, **self.side_docks}
        before = [docks[name] for name in ("settings", "losses", "samples", "attention") if name in docks]
        return [self.tabs, self.banner, *before, self.stack, self.time_bar, *docks.values(), self.run_bar]

    def _dock(self, name: str, title: str, widget: QWidget) -> QDockWidget:
        result = QDockWidget(title, self)
        result.setObjectName(f"dock-{name}")
        result.setWidget(widget)
        result.setMinimumSize(SMALLEST)
        return result

    def _build_bars(self) -> None:
        for name, title in MENUS:
            menu = self.menuBar().addMenu(self.registry.menu_text(title))
            for info in ACTIONS:
                if info.menu != name:
                    continue
                if info.separator:
                    menu.addSeparator()
                menu.addAction(self.registry[info.id])
                if info.id == "open_run":
                    self._add_recent(menu)
            if name == "view":
                menu.addSeparator()
                for key, widget in {**self.side_docks, **self.live.docks}.items():
                    if f"show_{key}" not in self.registry.actions:  # the log has its own
                        menu.addAction(widget.toggleViewAction())
        self.addActions(list(self.registry.actions.values()))
        top = Bar(self.tr("Tools"), Qt.Edge.BottomEdge)
        top.setObjectName("toolbar-top")
        top.setIconSize(QSize(16, 16))
        top.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for name in ("open_model", "use_sample", "open_run"):
            top.addAction(self.registry[name])
            button = top.widgetForAction(self.registry[name])
            if isinstance(button, QToolButton):
                self._open_buttons.append(button)
        top.addSeparator()
        for name in ("undo", "redo"):
            top.addAction(self.registry[name])
            button = top.widgetForAction(self.registry[name])
            if isinstance(button, QToolButton):
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        top.addWidget(space)
        top.addWidget(self.tabs)
        self.addToolBar(top)
        self._top = top
        bottom = Bar(self.tr("Run"), Qt.Edge.TopEdge)
        bottom.setObjectName("toolbar-run")
        bottom.addWidget(self.run_bar)
        self.addToolBar(Qt.ToolBarArea.BottomToolBarArea, bottom)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def _add_recent(self, menu: QMenu) -> None:
        self.recent = menu.addMenu(self.tr("Open recent"))
        self.recent.setToolTipsVisible(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bar()

    def _fit_bar(self) -> None:
        """Every page's tab is seen: where the words of the buttons before them leave no room, their icons stay."""
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        for style in (beside, alone):
            for button in self._open_buttons:
                button.setToolButtonStyle(style)
            if self._top.sizeHint().width() <= self.width():
                break

    # --- layout ----------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Use a theme's colours in every part."""
        self.registry.set_theme(theme)
        self.host.set_theme(theme)
        for part in (self.column, self.health, self.run_bar, self.banner, self.focus_ring, self.time_bar):
            part.set_theme(theme)

    @Slot()
    def reset_layout(self) -> None:
        """Every panel back in its first place."""
        places = {"settings": Qt.DockWidgetArea.LeftDockWidgetArea, "health": Qt.DockWidgetArea.RightDockWidgetArea}
        for name, widget in self.side_docks.items():
            widget.setFloating(False)
            self.addDockWidget(places.get(name, Qt.DockWidgetArea.BottomDockWidgetArea), widget)
            widget.setVisible(name in places)
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        sizes = [self.column.sizeHint().width(), self.health.sizeHint().width()]
        self.resizeDocks([self.side_docks["settings"], self.side_docks["health"]], sizes, Qt.Orientation.Horizontal)
        self.live.reset_layout()
        self.folding.forget()

    def restore_layout(self) -> None:
        """Take the remembered layout; one that can't be used is dropped."""
        preferences = self._preferences
        for panel in self.column.panels:
            panel.set_folded(preferences.folded.get(panel.id, False))
        if preferences.layout_version != LAYOUT_VERSION:
            return
        if self._restore("geometry", self.restoreGeometry):
            self._restore_docks()

    def _restore_docks(self) -> None:
        """Give the docks their remembered sizes.

        Done again once the window is on the screen and its views are made: one that the system maximises has the size
        of before until then, in which the docks would be squeezed, a little more with each start.
        """
        if self._preferences.layout_version == LAYOUT_VERSION and self._restore("layout", self.restoreState):
            layout = self.layout()
            if layout is not None:
                layout.activate()  # the page inside has its size before its own docks get theirs
            if self._restore("live_layout", self.live.restoreState):
                self.live.proportions.restore(self._preferences.live_shares)
            self.folding.forget()

    def _restore(self, name: str, restore: Callable[[bytes], bool]) -> bool:
        data = bytes.fromhex(getattr(self._preferences, name)) if getattr(self._preferences, name) else b""
        if not data or restore(data):
            return True
        logger.warning("The saved %s can't be used; the first layout is taken.", name)
        self._preferences.layout_version = 0  # nor is the rest of it
        self.reset_layout()
        return False

    def save_layout(self) -> None:
        """Put geometry and docks into the preferences; before these are restored, they stay as they were."""
        if not self._loaded:
            return
        self._preferences.layout_version = LAYOUT_VERSION
        for name, data in (("geometry", self.saveGeometry()), ("layout", self.folding.state()),
                           ("live_layout", self.live.saveState())):
            setattr(self._preferences, name, bytes(data.data()).hex())
        self._preferences.live_shares = self.live.proportions.shares

    @Slot(str, bool)
    def _remember_folded(self, name: str, folded: bool) -> None:
        self._preferences.folded = {**self._preferences.folded, name: folded}

    # --- pages -----------------------------------------------------------------------------------

    @property
    def current_page(self) -> str:
        """The id of the view on the page that is shown, or "live"."""
        shown = self.stack.currentWidget()
        return next((name for name, place in self.host.places.items() if place is shown), "live")

    @Slot()
    def show_time_bar(self) -> None:
        """The slider through the run stands below the pages that follow it, once there is something to choose."""
        self.time_bar.setVisible(self.time_bar.useful and self.current_page in ("live", "feature_map"))

    @Slot(str)
    def show_page(self, name: str) -> None:
        """Show a page by its view's id, or "live"."""
        place = self.live if name == "live" else self.host.places.get(name)
        index = -1 if place is None else self.stack.indexOf(place)
        if index >= 0:
            self.tabs.setCurrentIndex(index)

    @Slot(str)
    def focus_page(self, name: str) -> None:
        """Show a page; the keyboard acts on its tab."""
        self.show_page(name)
        self.tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(str, str)
    def set_page_note(self, name: str, note: str) -> None:
        """Put a note, such as a count, behind the name of a page on its tab."""
        place = self.host.places.get(name)
        index = -1 if place is None else self.stack.indexOf(place)
        if place is not None and index >= 0:
            self.tabs.setTabText(index, f"{place.title()} ({note})" if note else place.title())
            self._fit_bar()

    @Slot()
    def show_log(self) -> None:
        """Show or hide the log."""
        widget = self.side_docks.get("log")
        if widget is not None:
            widget.setVisible(not widget.isVisible())
            if widget.isVisible():
                widget.raise_()
                self.resizeDocks([widget], [LOG_HEIGHT], Qt.Orientation.Vertical)
