"""The left column: the five steps in one scrolling list."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QVBoxLayout, QWidget

from acq_app.appearance.theme import Theme
from acq_app.panels.model_panel import ModelPanel
from acq_app.panels.panel import Panel
from acq_app.panels.steps import MethodPanel, QuantizationPanel, SchedulePanel, TestImagesPanel
from acq_app.settings.run_settings import RunSettings

WIDTH = 304


class SettingsColumn(QScrollArea):
    """Holds the panels; `foldedChanged` gives a panel's id."""

    foldedChanged = Signal(str, bool)

    def __init__(self, model: RunSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model_panel = ModelPanel(model)
        self.test_panel, self.schedule_panel = TestImagesPanel(model), SchedulePanel(model)
        self.panels: tuple[Panel, ...] = (
            self.model_panel, QuantizationPanel(model), MethodPanel(model), self.schedule_panel, self.test_panel,
        )
        self._waits_for_look = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it scrolls to what has the focus
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        for panel in self.panels:
            column.addWidget(panel)
            panel.foldedChanged.connect(self._folded)
        column.addStretch(1)
        self.setWidget(inside)
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self.setMinimumWidth(inside.minimumSizeHint().width() + bar)

    def sizeHint(self) -> QSize:
        return QSize(max(WIDTH, self.minimumWidth()), 560)

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        for panel in self.panels:
            panel.set_theme(theme)

    def show_model(self) -> None:
        """Bring step 1, which may have been scrolled away, into view: a model was chosen."""
        self.model_panel.set_folded(False)
        QTimer.singleShot(0, self, lambda: self.verticalScrollBar().setValue(0))

    def paths(self) -> tuple[str, ...]:
        """Every setting that has a field here."""
        return tuple(path for panel in self.panels for path in panel.fields)

    def show_field(self, path: str) -> None:
        """Bring a setting's field into view, with the keyboard in it."""
        for panel in self.panels:
            if path in panel.fields:
                panel.reveal(path)
                QTimer.singleShot(0, self, partial(self.ensureWidgetVisible, panel.fields[path]))

    def show_test_images(self) -> None:
        """Bring step 5, which may lie below the fold, into view: images were chosen."""
        self._waits_for_look = True
        self.test_panel.set_folded(False)
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.test_panel, 0, 0))

    def show_look(self) -> None:
        """Something is known of the images that were chosen; nothing moves where nobody waits for it."""
        if self._waits_for_look:
            self._waits_for_look = False
            QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.test_panel.look, 0, 0))

    def _folded(self, folded: bool) -> None:
        panel = self.sender()
        if isinstance(panel, Panel):
            self.foldedChanged.emit(panel.id, folded)
