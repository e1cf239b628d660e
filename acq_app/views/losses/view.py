"""The losses view: what the generator and the quantized network learn, step by step."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QColor, QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from acq_app.appearance.icons import icon
from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.views.losses.plot import LossPlot
from acq_app.views.shared.axes import grown_end
from acq_app.views.shared.base import View
from acq_app.views.shared.curves import DEFAULT_SPAN
from acq_app.views.shared.empty import falling_curves
from acq_app.views.shared.plot_state import PhaseBand
from acq_app.views.shared.smoothing import SpanBox
from acq_app.widgets.saving import ask_and_save, widget_image, widget_svg, write_bytes, write_image
from acq_engine.errors import StorageError
from acq_engine.events import METRICS, Evaluated, Event, FineTuned, PhaseStarted, RunStarted, StepMetrics

GROUPS = ("generator", "student", "accuracy")
SPANS = (1, 3, DEFAULT_SPAN, 15, 50, 200)  # what the View menu offers


class LossesView(View):
    """Curves of all losses, raw and smoothed, in three groups."""

    animated = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self.tr("Losses")
        self.names = {"generator": self.tr("Generator"), "student": self.tr("Student"), "accuracy": self.tr("Accuracy")}
        self._phase_names = {
            "prepare": self.tr("Prepare"), "warmup": self.tr("Warm-up"), "calibrate": self.tr("Calibrate"),
            "finetune": self.tr("Fine-tune"), "evaluate": self.tr("Evaluate"), "export": self.tr("Export"),
        }
        self._planned = 0.0
        self._last_step = 0.0
        self._time: float | None = None  # the step that the time slider is at
        self._bands: list[PhaseBand] = []
        self._phase_of_step: list[tuple[float, str]] = []
        self._chosen = False  # the user chose a group; it is not changed any more
        self._dirty_groups: set[str] = set()
        self.plots = {
            group: LossPlot(self.names[group], [metric for metric in METRICS if metric.group == group])
            for group in GROUPS
        }
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(GRID, HALF, GRID, HALF)
        layout.setSpacing(HALF)
        layout.addLayout(self._tools())
        for plot in self.plots.values():
            plot.hovered.connect(self._hovered)
            plot.plot.zoomChanged.connect(partial(self._zoom_all, plot))
            layout.addWidget(plot, 1)
        self.set_content(content, self.tr("The losses of the generator and of the quantized model appear here, step by "
                                          "step, once a run starts."), falling_curves)
        self.content = content
        self._choose("generator")
        self.set_theme(self.theme)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(HALF)
        self._buttons = QButtonGroup(self)
        self._button_of: dict[str, QToolButton] = {}
        for key, text, tip in (
            *((group, self.names[group], "") for group in GROUPS),
            ("all", self.tr("All"), self.tr("All three groups, stacked")),
        ):
            button = QToolButton()
            button.setText(text)
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setToolTip(tip or self.tr("Show the curves of this group"))
            button.setAccessibleName(self.tr("Show {0}").format(text))
            button.setProperty("key", key)
            self._buttons.addButton(button)
            self._button_of[key] = button
            row.addWidget(button)
        self._buttons.buttonClicked.connect(self._clicked)
        row.addStretch(1)
        self.log_box = QCheckBox(self.tr("log"))
        self.log_box.setChecked(True)
        self.log_box.setToolTip(self.tr("Losses on a logarithmic axis; values at or below 0 are not shown"))
        self.log_box.toggled.connect(self._set_logarithmic)
        self.span_box = SpanBox()
        label = self.span_label = self.span_box.label()
        self.span_box.valueChanged.connect(self._set_span)
        look = self._menu_button(self.tr("View"), self.tr("Axis, smoothing and the visible part of the run"))
        self._look_menu = look.menu()
        for action in self._look_actions():
            self._look_menu.addAction(action)
        save = self._menu_button(
            self.tr("Save"), self.tr("Save the curves as an image (PNG, SVG) or their values as a table (CSV)"))
        self._save_menu = save.menu()
        for text, handler in (
            (self.tr("Image (PNG)…"), self._ask_png),
            (self.tr("Image (SVG)…"), self._ask_svg),
            (self.tr("Table of all values (CSV)…"), self._ask_csv),
        ):
            self._save_menu.addAction(text, handler)
        self._icon_of = {look: "gear", save: "export"}
        for widget in (self.log_box, label, self.span_box, look, save):
            row.addWidget(widget)
        return row

    @staticmethod
    def _menu_button(text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAutoRaise(True)
        button.setToolTip(tip)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(QMenu(button))
        return button

    def _look_actions(self) -> list[QAction]:
        """What the View menu offers: also what there is no room for beside it."""
        log = QAction(self.tr("Logarithmic axis"), self)
        log.setCheckable(True)
        log.setChecked(True)
        log.toggled.connect(self.log_box.setChecked)
        self.log_box.toggled.connect(log.setChecked)
        self._span_menu = QMenu(self.tr("Smoothing"), self)
        self._span_actions = QActionGroup(self)
        for span in SPANS:
            text = self.tr("None: as measured") if span == 1 else self.tr("{0} points").format(span)
            action = self._span_menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(span == DEFAULT_SPAN)
            action.setData(span)
            self._span_actions.addAction(action)
        self._span_actions.triggered.connect(self._span_chosen)
        whole = QAction(self.tr("Show the whole run"), self)
        whole.setToolTip(self.tr("A double-click on the plot or the key 0 does the same"))
        whole.triggered.connect(self.show_whole_run)
        return [log, self._span_menu.menuAction(), whole]

    # --- events ------------------------------------------------------------------------------

    def apply(self, event: Event) -> None:
        if isinstance(event, StepMetrics):
            self._step(event)
        elif isinstance(event, RunStarted):
            if event.resumed_from_step is None:
                self.reset()
            else:
                self._go_back(float(event.resumed_from_step))
            for plot in self.plots.values():
                plot.weights = event.loss_weights
            self._planned = float(sum(phase.steps for phase in event.plan if phase.phase in
                                      ("warmup", "calibrate", "finetune")))
        elif isinstance(event, PhaseStarted):
            self._phase(event)
        elif isinstance(event, FineTuned):
            for plot in self.plots.values():
                plot.result = None if event.kept else float(event.step)
            self._dirty_groups = set(GROUPS)
            self.request_refresh()
        elif isinstance(event, Evaluated):
            self._evaluated(event)

    def _evaluated(self, event: Evaluated) -> None:
        """The curve of the quantized model is compared with the float model on the same images."""
        plot = self.plots["accuracy"]
        value = event.top1 if event.subject == "float" else event.float_top1
        if value is not None and not (plot.part and event.subject == "float"):
            plot.baseline, plot.part = value, event.subject != "float"
            self._dirty_groups.add("accuracy")
            self.request_refresh()

    def _step(self, event: StepMetrics) -> None:
        for group, plot in self.plots.items():
            if plot.append(event.global_step, event.values):
                self._dirty_groups.add(group)
        comes = "student/total" in event.values and self.plots["student"].isHidden()
        if comes and not self._chosen and not self._stacked():
            self._choose("student")
        self._last_step = float(event.global_step)
        if not self._bands or self._bands[-1].name != self._phase_names[event.phase]:
            start = float(event.global_step - event.step)
            self._bands.append(PhaseBand(self._phase_names[event.phase], start, start, event.phase != "finetune"))
        self._bands[-1].end = max(self._last_step, self._bands[-1].start + event.steps)
        if not self._phase_of_step or self._phase_of_step[-1][1] != event.phase:
            self._phase_of_step.append((float(event.global_step), event.phase))
        if self.is_empty:
            self.show_content()
        self.request_refresh()

    def _go_back(self, step: float) -> None:
        """Forget what came after the checkpoint from which a run is taken up again."""
        for plot in self.plots.values():
            plot.cut(step)
        self._last_step = min(self._last_step, step)
        self._bands = [band for band in self._bands if band.start < step] or self._bands[:1]
        self._phase_of_step = [(start, phase) for start, phase in self._phase_of_step if start <= step]
        self._dirty_groups = set(GROUPS)
        self.request_refresh()

    def _phase(self, event: PhaseStarted) -> None:
        if self._bands:
            self._bands[-1].end = min(self._bands[-1].end, self._last_step)

    def reset(self) -> None:
        super().reset()
        for plot in self.plots.values():
            plot.clear()
        self._planned = self._last_step = 0.0
        self._time = None
        self._bands = []
        self._phase_of_step = []
        self._dirty_groups = set(GROUPS)
        if not self._chosen:
            self._choose("generator")

    # --- drawing -----------------------------------------------------------------------------

    def refresh(self) -> None:
        end = max(self._planned, self._last_step) if self._planned else grown_end(self._last_step)
        for group, plot in self.plots.items():
            plot.set_extent(end, self._bands)
            if group in self._dirty_groups and not plot.isHidden():
                self._dirty_groups.discard(group)
                plot.refresh()

    def set_theme(self, theme: Theme) -> None:
        for button, name in self._icon_of.items():
            button.setIcon(icon(name, theme))
        for plot in self.plots.values():
            plot.set_theme(theme)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, QColor(theme.plot_background))
        self.content.setPalette(palette)
        self.content.setAutoFillBackground(True)
        self._dirty_groups = set(GROUPS)
        super().set_theme(theme)

    def _stacked(self) -> bool:
        return self._button_of["all"].isChecked()

    def _clicked(self, button: QToolButton) -> None:
        self._chosen = True
        self._choose(str(button.property("key")))

    def choose_group(self, key: str) -> None:
        """Show one group ("generator", "student", "accuracy") or "all", from now on."""
        self._chosen = True
        self._choose(key)

    def _choose(self, key: str) -> None:
        self._button_of[key].setChecked(True)
        for group, plot in self.plots.items():
            plot.setVisible(key in (group, "all"))
            plot.plot.set_neighbours(above=key == "all" and group != GROUPS[0],
                                     below=key == "all" and group != GROUPS[-1])
            self._dirty_groups.add(group)
        self.request_refresh()

    def _hovered(self, step: object) -> None:
        for plot in self.plots.values():
            plot.set_cursor(step if isinstance(step, float) else self._time)

    def show_time(self, step: float | None) -> None:
        self._time = step
        self._hovered(step)

    def _zoom_all(self, source: LossPlot) -> None:
        """Stacked plots have one axis of steps: a zoom in one is a zoom in all."""
        if not self._stacked():
            return
        low, high = source.plot.view.viewRange()[0]
        for plot in self.plots.values():
            if plot is source:
                continue
            if source.plot.zoomed:
                plot.plot.show_steps(low, high)
            elif plot.plot.zoomed:
                plot.plot.reset_zoom()

    def _set_logarithmic(self, on: bool) -> None:
        for group in ("generator", "student"):
            self.plots[group].set_logarithmic(on)

    def _span_chosen(self, action: QAction) -> None:
        self.span_box.setValue(int(action.data()))

    def _set_span(self, span: int) -> None:
        for action in self._span_actions.actions():
            action.setChecked(action.data() == span)
        for plot in self.plots.values():
            plot.set_span(span)

    def show_whole_run(self) -> None:
        """Undo the user's zoom."""
        for plot in self.plots.values():
            plot.plot.reset_zoom()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.width()
        room = width >= 480 or self.height() >= 600
        self._button_of["all"].setVisible(room)
        if not room and self._stacked():
            self._choose("generator")
        for plot in self.plots.values():
            plot.set_narrow(width < 480)
        for widget in (self.span_label, self.span_box):
            widget.setVisible(width >= 440)
        self.log_box.setVisible(width >= 440)  # both are in the View menu too
        self._fit_menus()

    def _fit_menus(self) -> None:
        """Icons instead of words where the words, which are longer in some languages, have no room."""
        style = Qt.ToolButtonStyle.ToolButtonTextOnly
        for button in self._icon_of:
            button.setToolButtonStyle(style)
        row = [*self._button_of.values(), self.log_box, self.span_label, self.span_box, *self._icon_of]

        def lacks_room() -> bool:
            need = sum(widget.sizeHint().width() + HALF for widget in row if not widget.isHidden())
            return need > self.width() - 2 * GRID

        for button in self._icon_of:
            button.show()
        if lacks_room():
            style = Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._icon_of:
            button.setToolButtonStyle(style)
        for button in self._icon_of:  # the names of the curves first: both menus also open by a right click
            if lacks_room():
                button.hide()

    # --- saving ------------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.is_empty:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions(self._look_menu.actions())
            menu.addSeparator()
            menu.addActions(self._save_menu.actions())
            menu.popup(event.globalPos())

    def csv_text(self) -> str:
        """All values as measured: one row a step, one column a metric; empty where there is none."""
        columns = {key: series for plot in self.plots.values() for key, series in plot.series.items()}
        steps = np.unique(np.concatenate([series.x for series in columns.values()])) if columns else np.empty(0)
        starts = np.array([start for start, _ in self._phase_of_step])
        names = ["", *(name for _, name in self._phase_of_step)]
        phases = [names[index] for index in np.searchsorted(starts, steps, "right").tolist()]
        table = []
        for series in columns.values():
            texts = [""] * len(steps)
            for index, value in zip(np.searchsorted(steps, series.x).tolist(), series.y.tolist(), strict=True):
                texts[index] = repr(value)
            table.append(texts)
        rows = zip(map("{:.0f}".format, steps.tolist()), phases, *table, strict=True)
        return "\n".join(map(",".join, (["step", "phase", *columns], *rows))) + "\n"

    def save(self, path: str) -> None:
        """Write the curves as shown (.png, .svg) or all their values (.csv)."""
        try:
            self.flush()
            if path.lower().endswith(".csv"):
                write_bytes(path, self.csv_text().encode())
            elif path.lower().endswith(".svg"):
                write_bytes(path, widget_svg(self.content, self.title))
            else:
                write_image(path, widget_image(self.content))
        except StorageError as error:
            self.errorRaised.emit(error)

    def _ask_png(self) -> None:
        ask_and_save(self, self.tr("Save the curves"), "losses.png", self.tr("PNG image (*.png)"), self.save)

    def _ask_svg(self) -> None:
        ask_and_save(self, self.tr("Save the curves"), "losses.svg", self.tr("SVG image (*.svg)"), self.save)

    def _ask_csv(self) -> None:
        ask_and_save(self, self.tr("Save the values"), "losses.csv", self.tr("Table (*.csv)"), self.save)
