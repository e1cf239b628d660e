"""A slider over a whole run: one step, and every view shows what was then."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from acq_app.appearance.icons import icon
from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.widgets.quiet import QuietSlider
from acq_engine.events import Event, RunStarted, SamplesReady

FRAME_MS = 160  # between two snapshots while the run is played


class TimeBar(QWidget):
    """Steps of which there are snapshots, from the first to the newest, which is shown as it comes."""

    moved = Signal(object)  # float: the step to show; None: the newest
    saveRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps: list[int] = []
        self._theme: Theme | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._play_on)
        self.play = QToolButton()
        self.play.setAutoRaise(True)
        self.play.setAccessibleName(self.tr("Play the run"))
        self.play.setToolTip(self.tr("Play the run from here, or from its beginning"))
        self.play.clicked.connect(self.toggle)
        self.slider = QuietSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("Step of the run that all views show"))
        self.slider.setToolTip(self.tr("Losses, samples, attention and feature map at one step of the run"))
        self.slider.valueChanged.connect(self._tell)
        self.label = QLabel()
        self.label.setMinimumWidth(14 * GRID)
        self.save = QToolButton()
        self.save.setAutoRaise(True)
        self.save.setText(self.tr("Save animation..."))
        self.save.setToolTip(self.tr("Save the whole run as an animated image (GIF or WebP)"))
        self.save.clicked.connect(self.saveRequested)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, HALF, GRID, HALF)
        row.setSpacing(GRID)
        row.addWidget(self.play)
        row.addWidget(self.slider, 1)
        row.addWidget(self.label)
        row.addWidget(self.save)
        self.reset()

    @property
    def useful(self) -> bool:
        """Whether there is more than one moment to choose from."""
        return len(self.steps) > 1

    @property
    def step(self) -> int | None:
        """The step that is shown; None: the newest."""
        at = self.slider.value()
        return self.steps[at] if self.steps and at < len(self.steps) - 1 else None

    def apply(self, event: Event) -> None:
        """Take a snapshot in; what came after the checkpoint of a resumed run is forgotten."""
        if isinstance(event, SamplesReady):
            newest = self.step is None
            self._cut(event.step)
            self.steps.append(event.step)
            self._fit(newest=newest)
        elif isinstance(event, RunStarted):
            if event.resumed_from_step is None:
                self.reset()
            else:
                self._cut(event.resumed_from_step + 1)
                self._fit(newest=True)

    @Slot(object)
    def go_to(self, step: float | None) -> None:
        """Show the snapshot nearest to a step, or the newest."""
        if self.steps:
            at = len(self.steps) - 1 if step is None else min(
                range(len(self.steps)), key=lambda index: abs(self.steps[index] - step))
            self.slider.setValue(at)

    def _cut(self, step: int) -> None:
        del self.steps[bisect_left(self.steps, step):]

    def reset(self) -> None:
        """Before a run."""
        self.stop()
        self.steps = []
        self._fit(newest=True)

    def _fit(self, *, newest: bool) -> None:
        last = max(0, len(self.steps) - 1)
        self.slider.blockSignals(True)  # the views know of a new snapshot by themselves
        self.slider.setRange(0, last)
        if newest:
            self.slider.setValue(last)
        self.slider.blockSignals(False)
        self._write()

    def _write(self) -> None:
        step = self.step
        newest = self.steps[-1] if self.steps else 0
        text = self.tr("step {0} (newest)").format(newest) if step is None else self.tr("step {0} of {1}").format(
            step, newest)
        self.label.setText(text)
        self.slider.setAccessibleDescription(text)

    @Slot()
    def _tell(self) -> None:
        self._write()
        step = self.step
        self.moved.emit(None if step is None else float(step))

    # --- playing ---------------------------------------------------------------------------------

    @Slot()
    def toggle(self) -> None:
        """Play, or stop playing."""
        if self._timer.isActive():
            self.stop()
        elif self.useful:
            if self.step is None:
                self.slider.setValue(0)
            self._timer.start()
            self._show_icon()

    def stop(self) -> None:
        """Stop playing; the step stays."""
        self._timer.stop()
        self._show_icon()

    @Slot()
    def _play_on(self) -> None:
        self.slider.setValue(self.slider.value() + 1)
        if self.step is None:
            self.stop()

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        self._theme = theme
        self._show_icon()

    def _show_icon(self) -> None:
        if self._theme is not None:
            self.play.setIcon(icon("pause" if self._timer.isActive() else "play", self._theme))
