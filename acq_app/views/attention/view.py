"""The attention view: where the teacher looks, in eval mode and in train mode, for the same samples."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.views.attention.centres import Centres
from acq_app.views.attention.similarity import Similarity
from acq_app.views.attention.strips import AttentionStrips, ColourScale
from acq_app.views.shared.axes import grown_end, stable_range
from acq_app.views.shared.base import View
from acq_app.views.shared.empty import three_maps
from acq_app.views.shared.history import Look, LookHistory, look_at
from acq_app.views.shared.marks import MarkLegend
from acq_app.views.shared.plot_state import Marks
from acq_app.views.shared.plotting import Plot, blended
from acq_app.widgets.quiet import QuietCombo
from acq_app.widgets.segmented import Segmented
from acq_app.widgets.taking_away import PictureAway
from acq_engine.events import AttentionReady, Event, RunStarted, SamplesReady


class AttentionView(View):
    """Eval, train and difference side by side, and how alike they are, now and over time."""

    animated = True

    layerRequested = Signal(str)  # the next run is to correct the attention of another layer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self.tr("Attention")
        self._samples: SamplesReady | None = None
        self._looks: dict[str, Look] = {}  # the newest one, by layer
        self._history = LookHistory()
        self._time: float | None = None  # the step that is shown; None: the newest
        self._times: dict[str, Similarity] = {}  # by layer
        self._candidates: tuple[str, ...] = ()  # layers that a run could correct
        self._corrected = ""  # the layer that this run corrects
        self._shown = ""  # the layer that the user wants to see; empty: the corrected one
        self._planned = 0.0
        self._cursor: float | None = None  # the step under the mouse, or where the arrows are
        self._range: tuple[float, float] | None = None
        self.strips = AttentionStrips()
        self.strips.selected.connect(self._selected)
        self.strips.opened.connect(self.sampleOpened)
        self.centres = Centres()
        self.centres.looks.errorRaised.connect(self.errorRaised)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(GRID, HALF, GRID, HALF)
        layout.setSpacing(HALF)
        layout.addLayout(self._tools())
        layout.addLayout(self._key())
        maps = QWidget()
        middle = QHBoxLayout(maps)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(GRID)
        middle.addWidget(self.strips, 1)
        PictureAway(self.strips, self.title, self.errorRaised.emit)
        self._side = QWidget()
        self._side.setFixedWidth(232)
        self._side.setLayout(self._timeline())
        middle.addWidget(self._side)
        self._pages = QStackedWidget()
        self._pages.addWidget(maps)
        self._pages.addWidget(self.centres)
        layout.addWidget(self._pages, 1)
        self.content = content
        self.set_content(content, self.tr("The teacher's attention maps in eval and train mode appear here side by "
                                          "side, with their difference."), three_maps)
        self.set_theme(self.theme)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(HALF)
        self.layer_box = QuietCombo()
        self.layer_box.setToolTip(self.tr("The layer whose attention is shown; a dot marks the one that the run "
                                          "corrects.\nLayers without maps in this run can be selected for the next "
                                          "one."))
        self.layer_box.setAccessibleName(self.tr("Attention layer"))
        self.layer_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.layer_box.activated.connect(self._layer_chosen)
        self.next_button = QToolButton()
        self.next_button.setText(self.tr("Use in next run"))
        self.next_button.setToolTip(self.tr("Use the layer shown as the attention layer of the next run"))
        self.next_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.next_button.clicked.connect(self._ask_for_next)
        self.next_button.hide()
        self.page_box = Segmented((
            ("maps", self.tr("Maps"), self.tr("Attention maps of each sample in eval and train mode")),
            ("centres", self.tr("Centres"), self.tr("All target and measured attention centres in one plane, and below "
                                                    "them the attention on test images")),
        ))
        self.page_box.set_value("maps")
        self.page_box.setMaximumWidth(self.page_box.sizeHint().width())
        self.page_box.chosen.connect(self._switch)
        self.marks_box = QCheckBox(self.tr("markers"))
        self.marks_box.setChecked(True)
        self.marks_box.setToolTip(self.tr("Draw the attention centres on the maps of eval mode"))
        self.marks_box.toggled.connect(self.strips.set_marks)
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(0, 100)
        self.opacity.setValue(70)
        self.opacity.setFixedWidth(80)
        self.opacity.setToolTip(self.tr("Opacity of the maps over the samples"))
        self.opacity.setAccessibleName(self.tr("Opacity of the attention maps, percent"))
        self.opacity.valueChanged.connect(self._set_opacity)
        self._similarity = QLabel()
        self._similarity.setToolTip(self.tr("Cosine similarity of the maps in eval and train mode, averaged over the "
                                            "samples; 1: identical maps"))
        self._step = QLabel()
        self._layer_name, self._opacity_name = QLabel(self.tr("layer")), QLabel(self.tr("opacity"))
        row.addWidget(self._layer_name)
        row.addWidget(self.layer_box)
        row.addWidget(self.next_button)
        row.addWidget(self.page_box)
        row.addSpacing(HALF)
        row.addWidget(self.marks_box)
        row.addWidget(self._opacity_name)
        row.addWidget(self.opacity)
        row.addStretch(1)
        row.addWidget(self._similarity)
        row.addSpacing(HALF)
        row.addWidget(self._step)
        return row

    def _key(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        self._names = QLabel(self.tr("eval · train · eval − train"))
        self._names.setToolTip(self.tr("Each strip, from left to right: attention in eval mode, in train mode, and "
                                       "eval minus train"))
        self._names.setForegroundRole(self._names.palette().ColorRole.PlaceholderText)
        self.scale, self.difference_scale = ColourScale(signed=False), ColourScale(signed=True)
        self.legend = MarkLegend()
        row.addWidget(self._names)
        row.addWidget(self.scale)
        row.addWidget(self.difference_scale)
        row.addWidget(self.centres.tools, 100)  # the stretch behind it is for the maps
        row.addStretch(1)
        row.addWidget(self.legend)
        return row

    def _timeline(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._caption = QLabel(self.tr("Similarity of eval and train"))
        self._caption.setToolTip(self.tr("Bold: median. Thin: 25th and 75th percentile, faint: 10th and 90th. Second "
                                         "colour: the selected sample."))
        self.plot = Plot()
        self.plot.setAccessibleName(self.tr("Distribution of the samples' similarity by step"))
        self.plot.ownRangeAsked.connect(self._draw_timeline)
        self.plot.hovered.connect(self._point_at)
        self._selected_text = QLabel()
        self._selected_text.setTextFormat(Qt.TextFormat.RichText)
        self._selected_text.setForegroundRole(self._selected_text.palette().ColorRole.PlaceholderText)
        column.addWidget(self._caption)
        column.addWidget(self.plot, 1)
        column.addWidget(self._selected_text)
        return column

    # --- events ------------------------------------------------------------------------------

    def apply(self, event: Event) -> None:
        if isinstance(event, SamplesReady):
            self._samples = event
            self._history.add_samples(event)
        elif isinstance(event, AttentionReady):
            self._attention(event)
        elif isinstance(event, RunStarted):
            if event.resumed_from_step is None:
                self.reset()
            self._planned = float(sum(phase.steps for phase in event.plan if phase.phase in
                                      ("warmup", "calibrate", "finetune")))
            self._candidates, self._corrected = event.model.attention_layers, event.model.attention_layer
            self.strips.class_names = event.model.class_names
            self._fill_layers()

    def _attention(self, event: AttentionReady) -> None:
        if self._samples is None or self._samples.step != event.step:
            return
        if event.corrected:
            self._corrected = event.layer
        self._history.add_attention(event)
        new = event.layer not in self._looks
        self._looks[event.layer] = look_at(self._samples, event)
        self._times.setdefault(event.layer, Similarity()).append(event)
        if new:
            self._fill_layers()
        if self.is_empty:
            self.show_content()
        self.request_refresh()

    @property
    def layer(self) -> str:
        """The layer whose attention is shown."""
        return self._shown if self._shown in self._looks else self._corrected

    def _look(self) -> Look | None:
        """What is shown: the newest look at the layer, or that of the time that was chosen."""
        if self._time is not None and len(self._history):
            then = self._history.looks[self._history.nearest(self._time)]
            attention = then.of_layer(self.layer)
            if attention is not None:
                return look_at(then.samples, attention)
        return self._looks.get(self.layer)

    def show_time(self, step: float | None) -> None:
        self._time = self._cursor = step
        self.request_refresh()

    def _fill_layers(self) -> None:
        """Layers with maps first, then those that only the next run could show."""
        self.layer_box.clear()
        names = [*self._candidates, *(name for name in self._looks if name not in self._candidates)]
        seen = [name for name in names if name in self._looks or name == self._corrected]
        for name in seen:
            self.layer_box.addItem(f"{name} \u2022" if name == self._corrected else name, name)
        others = [name for name in names if name not in seen]
        if others and seen:
            self.layer_box.insertSeparator(self.layer_box.count())
        for name in others:
            self.layer_box.addItem(self.tr("{0} (next run)").format(name), name)
        self._show_choice()

    def _show_choice(self) -> None:
        self.layer_box.setCurrentIndex(self.layer_box.findData(self.layer))
        self.next_button.setVisible(self.layer != self._corrected)
        self._fit_tools()

    def reset(self) -> None:
        super().reset()
        self._samples = None
        self._looks.clear()
        self._history.clear()
        self._time = None
        self._times.clear()
        self.centres.forget()
        self._shown = ""
        self._range = self._cursor = None
        self.plot.zoomed = False
        self.strips.look = None
        self.strips.current = -1
        self._selected_text.setText("")

    # --- drawing -----------------------------------------------------------------------------

    def refresh(self) -> None:
        look = self._look()
        if look is None or look.attention is None:
            return
        self.strips.show_look(look)
        if self.page_box.value() == "centres":
            self.centres.show_look(look, self.layer, self.strips.class_names)
        self.scale.set_scale(self.strips.top, self.theme)
        self.difference_scale.set_scale(self.strips.top, self.theme)
        self.legend.set_with_asked(look.samples.asked is not None)
        mean = float(look.attention.similarity.mean())
        self._similarity.setText(self.tr("similarity {0}").format(f"{mean:.2f}"))
        self._step.setText(self.tr("step {0}").format(look.step))
        self._draw_timeline()

    def _switch(self, key: str) -> None:
        self._pages.setCurrentIndex(1 if key == "centres" else 0)
        self._fit()
        self.request_refresh()

    def _point_at(self, step: float | None) -> None:
        """Put the timeline's cross-hair at a step, or take it away."""
        self._cursor = step
        self._draw_timeline()

    def _draw_timeline(self) -> None:
        times = self._times.get(self.layer, Similarity())
        for level, series in times.levels.items():
            part = {10: 0.35, 25: 0.6, 50: 1.0, 75: 0.6, 90: 0.35}[level]
            shade = blended(self.theme.curves[0], self.theme.plot_background, part)
            self.plot.set_curve(str(level), series.x, series.smooth, shade, width=2 if level == 50 else 1)
        steps, marks = times.steps, Marks()
        marks.cursor = self._cursor if len(steps) else None
        at = len(steps) - 1 if marks.cursor is None else int(np.abs(steps - marks.cursor).argmin())
        points = marks.ends if marks.cursor is None else marks.cursor_points
        own = times.own(self.strips.current)
        if own is not None:
            self.plot.set_curve("own", steps, own, QColor(self.theme.curves[1]), z=1)
            points.append((float(steps[at]), float(own[at]), self.theme.curves[1]))
            words = self.tr("sample {0}: {1}").format(self.strips.current + 1, f"{own[at]:.2f}")
        else:
            self.plot.hide_curve("own")
            words = self.tr("select a sample")
        dashes = [f'<span style="color:{tone}">━</span> ' for tone in self.theme.curves[:2]]
        median = self.tr("median") + (f" {times.levels[50].y[at]:.2f}" if len(steps) else "")
        self._selected_text.setText(f"{dashes[0]}{median}&nbsp;&nbsp; {dashes[1]}{words}")
        if len(steps):
            points.append((float(steps[at]), float(times.levels[50].y[at]), self.theme.curves[0]))
            low, high = float(times.levels[10].y.min()), float(times.levels[90].y.max())
            self._range = stable_range(self._range, min(low, 0.9), max(high, 1.0))
            end = max(self._planned, float(steps[-1])) if self._planned else grown_end(float(steps[-1]))
            self.plot.set_ranges((-0.01 * end, 1.03 * end), (max(self._range[0], 0.0), min(self._range[1], 1.02)))
        self.plot.set_marks(marks)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.strips.set_theme(theme)
        self.centres.set_theme(theme)
        self.legend.set_theme(theme)
        self.plot.set_theme(theme)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, QColor(theme.panel))
        self.content.setPalette(palette)
        self.content.setAutoFillBackground(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show what there is room for, and what the page that is shown has a use for."""
        maps = self.page_box.value() == "maps"
        # Below this width the maps need all the room there is.
        self._side.setVisible(self.width() >= 520)
        self.legend.setVisible(self.width() >= 760)
        self._names.setVisible(maps and self.width() >= 480)
        self.scale.setVisible(maps)
        self.difference_scale.setVisible(maps)
        self.centres.tools.setVisible(not maps)
        self._step.setVisible(self.width() >= 480)
        self._fit_tools()

    def _fit_tools(self) -> None:
        """In a narrow dock the layer has the room; what is left out has tooltips, and comes back with the width."""
        maps = self.page_box.value() == "maps"
        self.page_box.setVisible(self.width() >= 280)
        taken = [box.sizeHint().width() for box in (self.page_box, self.next_button) if not box.isHidden()]
        room = self.width() - sum(taken)
        chosen = self.layer_box.fontMetrics().horizontalAdvance(self.layer_box.currentText()) + 5 * GRID
        self.layer_box.setMinimumWidth(min(self.layer_box.sizeHint().width(), chosen))
        self._layer_name.setVisible(room >= 240)
        self.marks_box.setVisible(maps)
        self.marks_box.setText(self.tr("markers") if room >= 340 else "")
        self.marks_box.setMinimumWidth(self.marks_box.sizeHint().width())
        self._opacity_name.setVisible(maps and room >= 440)
        self.opacity.setVisible(maps and room >= 290)
        self._similarity.setVisible(maps and room >= 480)

    # --- intents -----------------------------------------------------------------------------

    def select_sample(self, index: int) -> None:
        self.strips.set_current(index)
        self._draw_timeline()

    def _selected(self, index: int) -> None:
        self._draw_timeline()
        self.sampleSelected.emit(index)

    def _set_opacity(self, percent: int) -> None:
        self.strips.set_opacity(percent / 100)

    def show_layer(self, layer: str) -> None:
        self._shown = layer
        self._range = None
        self._show_choice()
        self.request_refresh()

    def _layer_chosen(self) -> None:
        layer = str(self.layer_box.currentData())
        if layer in self._looks:
            self.show_layer(layer)
            self.layerShown.emit(layer)
        else:
            self.next_button.setVisible(layer != self._corrected)  # the maps of this one are only in the next run
            self._fit_tools()

    def _ask_for_next(self) -> None:
        self.layerRequested.emit(str(self.layer_box.currentData()))
