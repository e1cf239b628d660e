"""The window's frame: docks, pages, menus and bars, and how their places are remembered."""

from __future__ import annotations

import logging

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import (
    QDockWidget,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from acq_app.actions import ACTIONS, MENUS, Registry
from acq_app.file_actions import FileActions
from acq_app.panels.column import SettingsColumn
from acq_app.panels.health_panel import HealthPanel
from acq_app.panels.run_bar import RunBar
from acq_app.settings import LAYOUT_VERSION, AppSettings
from acq_app.settings_model import SettingsModel
from acq_app.view_host import LivePage, ViewHost, dock
from acq_app.widgets.banner import Banner
from acq_app.widgets.bar import Bar
from acq_app.widgets.focus_ring import FocusRing
from acq_app.widgets.tab_order import go

logger = logging.getLogger(__name__)

MINIMUM = QSize(1100, 700)
FIRST = QSize(1280, 800)
LOG_HEIGHT = 168


class WindowFrame(QMainWindow):
    """The parts and their places; `MainWindow` says what they do."""

    settings: AppSettings
    model: SettingsModel
    host: ViewHost
    registry: Registry
    files: FileActions

    def build(self) -> None:
        """Make every part and put it in its first place."""
        self.setDockOptions(QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowNestedDocks
                            | QMainWindow.DockOption.AllowTabbedDocks)
        self.column = SettingsColumn(self.model)
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
        self.setCentralWidget(middle)
        self.side_docks = {
            "settings": self._dock("settings", self.tr("Settings"), self.column),
            "health": self._dock("health", self.tr("Health"), self.health),
        }
        for place in self.host.of_area("side"):
            self.side_docks[place.info.id] = dock(place, self)
        self._build_bars()
        self.reset_layout()
        self.focus_ring = FocusRing(self)

    def focusNextPrevChild(self, forward: bool) -> bool:
        docks = {**self.live.docks, **self.side_docks}
        before = [docks[name] for name in ("settings", "losses", "samples", "attention") if name in docks]
        return go(self, [self.tabs, self.banner, *before, self.stack, *docks.values(), self.run_bar], forward=forward)

    def _dock(self, name: str, title: str, widget: QWidget) -> QDockWidget:
        result = QDockWidget(title, self)
        result.setObjectName(f"dock-{name}")
        result.setWidget(widget)
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
                for widget in (*self.side_docks.values(), *self.live.docks.values()):
                    menu.addAction(widget.toggleViewAction())
        self.addActions(list(self.registry.actions.values()))
        top = Bar(self.tr("Tools"), Qt.Edge.BottomEdge)
        top.setObjectName("toolbar-top")
        top.setIconSize(QSize(16, 16))
        top.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for name in ("open_model", "use_sample", "open_run"):
            top.addAction(self.registry[name])
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
        bottom = Bar(self.tr("Run"), Qt.Edge.TopEdge)
        bottom.setObjectName("toolbar-run")
        bottom.addWidget(self.run_bar)
        self.addToolBar(Qt.ToolBarArea.BottomToolBarArea, bottom)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def _add_recent(self, menu: QMenu) -> None:
        self.recent = menu.addMenu(self.tr("Open recent"))
        self.recent.setToolTipsVisible(True)
        self.recent.aboutToShow.connect(self.files.fill_recent)

    # --- layout ----------------------------------------------------------------------------------

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

    def restore_layout(self) -> None:
        """Take the remembered layout; one that can't be used is dropped."""
        settings = self.settings
        for panel in self.column.panels:
            panel.set_folded(settings.folded.get(panel.id, False))
        if settings.layout_version != LAYOUT_VERSION:
            return
        for name, restore in (("geometry", self.restoreGeometry), ("layout", self.restoreState),
                              ("live_layout", self.live.restoreState)):
            data = bytes.fromhex(getattr(settings, name)) if getattr(settings, name) else b""
            if data and not restore(data):
                logger.warning("The saved %s can't be used; the first layout is taken.", name)
                self.reset_layout()
                return

    def save_layout(self) -> None:
        """Put geometry and docks into the settings."""
        self.settings.layout_version = LAYOUT_VERSION
        for name, data in (("geometry", self.saveGeometry()), ("layout", self.saveState()),
                           ("live_layout", self.live.saveState())):
            setattr(self.settings, name, bytes(data.data()).hex())

    @Slot(str, bool)
    def remember_folded(self, name: str, folded: bool) -> None:
        self.settings.folded = {**self.settings.folded, name: folded}

    @Slot()
    def show_live(self) -> None:
        """The live page."""
        self.tabs.setCurrentIndex(0)

    @Slot()
    def show_log(self) -> None:
        """Show or hide the log."""
        widget = self.side_docks.get("log")
        if widget is not None:
            widget.setVisible(not widget.isVisible())
            if widget.isVisible():
                widget.raise_()
                self.resizeDocks([widget], [LOG_HEIGHT], Qt.Orientation.Vertical)
