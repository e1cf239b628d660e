"""The tour of the window: six steps at its real parts, at the first start and whenever it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QWidget

from acq_app.appearance.theme import Theme
from acq_app.features.context import Appearance
from acq_app.settings.preferences import Preferences
from acq_app.shell.main_window import MainWindow
from acq_app.widgets.tour_card import TourCard


class Tour(QObject):
    """Goes through the steps whose part of the window can be seen."""

    def __init__(self, window: MainWindow, appearance: Appearance, preferences: Preferences,
                 save: Callable[[], None]) -> None:
        super().__init__(window)
        self.window = window
        self._appearance, self._preferences, self._save = appearance, preferences, save
        self.card: TourCard | None = None
        self._at = 0
        self._steps: list[tuple[QWidget, str, str]] = []
        self._before: QWidget | None = None

    @property
    def active(self) -> bool:
        """Whether a step is on the screen."""
        return self.card is not None

    @property
    def target(self) -> QWidget | None:
        """The part of the window that the present step is about."""
        return self._steps[self._at][0] if self.active else None

    def offer(self) -> None:
        """Begin it unless it was seen, by whoever uses these settings."""
        if not self._preferences.tour_seen:
            self.begin()

    @Slot()
    def begin(self) -> None:
        """Begin with the first step."""
        self.end()
        window = self.window
        self._preferences.tour_seen = True
        self._save()
        window.show_page("live")
        self._steps = [step for step in self._all() if step[0].isVisible()]
        self._before = window.focusWidget()
        self._at = 0
        self.card = card = TourCard(window)
        card.forward.connect(self._forward)
        card.backward.connect(self._backward)
        card.ended.connect(self.end)
        card.set_theme(self._appearance.theme)
        window.installEventFilter(self)
        self._show()

    def _all(self) -> list[tuple[QWidget, str, str]]:
        window = self.window
        return [
            (window.column.model_panel.target, self.tr("Choose a model"), self.tr(
                "A small classifier of clothing is already selected. To use another model, drop its file anywhere on "
                "the window.")),
            (window.side_docks["settings"], self.tr("Five steps"), self.tr(
                "Go through them from top to bottom. The defaults suit a first run; F1 explains the focused item.")),
            (window.run_bar.buttons["start"], self.tr("Start"), self.tr(
                "The bright button is always the next sensible step; now it starts a run (F5). No images are needed.")),
            (window.stack, self.tr("Watch it learn"), self.tr(
                "Losses, samples and attention appear here during the run. Ctrl and a number show the other pages.")),
            (window.side_docks["health"], self.tr("Is it going well?"), self.tr(
                "Each line has a mark, a value and a small curve. When one is bad, it says what to change.")),
            (window.run_bar.buttons["export"], self.tr("Export the result"), self.tr(
                "After a run, this exports the quantized model and verifies the file. The Help menu shows this tour "
                "again.")),
        ]

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's accent."""
        if self.card is not None:
            self.card.set_theme(theme)

    def _show(self) -> None:
        if self.card is None:
            return
        target, title, text = self._steps[self._at]
        self.card.show_step(title, text, self._at + 1, len(self._steps))
        self.card.place(target)

    @Slot()
    def _forward(self) -> None:
        if self._at + 1 < len(self._steps):
            self._at += 1
            self._show()
        else:
            self.end()

    def run_began(self) -> None:
        """Whoever starts at the step that is about it sees the next one; others know their way, and need the room."""
        if self.target is self.window.run_bar.buttons["start"]:
            self._forward()
        else:
            self.end()

    @Slot()
    def _backward(self) -> None:
        if self._at:
            self._at -= 1
            self._show()

    @Slot()
    def end(self) -> None:
        """Put it away; the keyboard goes back to where it was."""
        if self.card is None:
            return
        self.window.removeEventFilter(self)
        card, self.card = self.card, None
        for part in (card.frame, card):
            part.hide()
            part.deleteLater()
        if self._before is not None:
            self._before.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self.card is not None:
            self.card.place(self._steps[self._at][0])
        return False
