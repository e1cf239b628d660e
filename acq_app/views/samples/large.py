"""One sample, large: with its attention laid over it, and its history through training."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from acq_app.appearance.theme import GRID, HALF, Theme, load_theme
from acq_app.views.attention.strips import ColourScale
from acq_app.views.shared.history import Look, LookHistory
from acq_app.views.shared.maps import Overlay, coloured, common_top, enlarge, grey, laid_over, times_even
from acq_app.views.shared.marks import paint_centres
from acq_app.views.shared.sample_facts import brief, facts
from acq_app.views.shared.tiles import scaled, snapped
from acq_app.widgets.labels import small_font
from acq_app.widgets.pixels import image_of
from acq_engine.events import AttentionReady


class Picture(QWidget):
    """A sample as large as there is room, evenly enlarged, with an attention map over it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self.look: Look | None = None
        self.index = 0
        self.overlay: Overlay = "none"
        self.layer = ""  # whose attention; empty: the one that the run corrects
        self.opacity = 0.6
        self.with_marks = True
        self.setMinimumSize(96, 96)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def attention(self) -> AttentionReady | None:
        """The maps that can be laid over the sample."""
        return None if self.look is None else self.look.of_layer(self.layer)

    @staticmethod
    def top(attention: AttentionReady) -> float:
        """Attention that has the last colour, the same for all samples of a step."""
        return common_top(times_even(attention.eval_maps), times_even(attention.train_maps))

    def picture_rect(self) -> QRectF:
        """Where the sample is drawn."""
        if self.look is None:
            return QRectF()
        height, width = self.look.samples.images.shape[1:3]
        room = min(float(self.width()), self.height() * width / height) - 2
        side = snapped(room, width, self.devicePixelRatioF())
        rect = QRectF(0, 0, side, side * height / width)
        rect.moveCenter(QRectF(self.rect()).center())
        rect.moveTo(round(rect.left()), round(rect.top()))
        return rect

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.panel))
        if self.look is None:
            return
        samples, rect, ratio = self.look.samples, self.picture_rect(), self.devicePixelRatioF()
        height, width = round(rect.height() * ratio), round(rect.width() * ratio)
        pixels = scaled(samples.images[self.index : self.index + 1], height, width)[0]
        attention = self.attention()
        if attention is not None and self.overlay != "none":
            both = times_even(np.stack([attention.eval_maps[self.index], attention.train_maps[self.index]]))
            top = self.top(attention)
            first, second = enlarge(both, height, width)
            if self.overlay == "difference":
                pixels = grey(pixels)
                colours = coloured(first - second, self.theme.difference, -top, top)
            else:
                colours = coloured(first if self.overlay == "eval" else second, self.theme.viridis, 0.0, top)
            pixels = laid_over(pixels, colours, self.opacity)
        image = image_of(pixels)
        image.setDevicePixelRatio(ratio)
        painter.drawImage(rect.topLeft(), image)
        if self.with_marks:
            asked = None if samples.asked is None else samples.asked[self.index]
            measured = samples.measured
            if self.overlay != "none" and attention is not None and not attention.corrected:
                # A centre was asked for in the corrected layer only.
                asked, measured = None, measured if attention.centres is None else attention.centres
            paint_centres(painter, rect, asked, measured[self.index], self.theme)


class SampleLarge(QWidget):
    """The large view: picture, facts, overlay, and a slider through the run."""

    closed = Signal()
    timeMoved = Signal(object)  # float: the step that the slider shows; None: the newest
    moved = Signal(int)  # -1 or +1: the previous or next sample, in the grid's order

    def __init__(self, history: LookHistory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.history = history
        self.theme = load_theme("light")
        self.class_names: tuple[str, ...] = ()
        self._following = True  # the newest look is shown as it comes
        self._shown = 0.0  # else the one nearest to this step
        self.picture = Picture()
        self.setAccessibleName(self.tr("Enlarged sample"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(HALF)
        layout.addLayout(self._head())
        middle = QHBoxLayout()
        middle.setSpacing(GRID)
        middle.addWidget(self.picture, 1)
        self._facts = QGridLayout()
        self._facts.setVerticalSpacing(2)
        self._facts.setHorizontalSpacing(GRID)
        self._labels: list[tuple[QLabel, QLabel]] = []
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addLayout(self._facts)
        side.addStretch(1)
        middle.addWidget(self._side)
        layout.addLayout(middle, 1)
        # The facts that matter most, where there is no room for all of them.
        self.brief = QLabel()
        self.brief.setFont(small_font(self.brief.font()))
        self.brief.setWordWrap(True)
        layout.addWidget(self.brief)
        layout.addLayout(self._overlay_row())
        layout.addLayout(self._scale_row())
        layout.addLayout(self._time_row())

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(HALF)
        back = self._back = QToolButton()
        back.setText(self.tr("← All samples"))
        back.setAccessibleName(self.tr("← All samples"))
        back.setToolTip(self.tr("Back to the grid (Esc)"))
        back.setAutoRaise(True)
        back.clicked.connect(self.closed)
        self._title = QLabel()
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(self._title)
        row.addStretch(1)
        for text, step, tip in (("‹", -1, self.tr("Previous sample (←)")), ("›", 1, self.tr("Next sample (→)"))):
            button = QToolButton()
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setAutoRaise(True)
            button.setProperty("step", step)
            button.clicked.connect(self._step_clicked)
            row.addWidget(button)
        return row

    def _overlay_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(HALF)
        self._group = QButtonGroup(self)
        self.overlay_buttons: dict[str, QToolButton] = {}
        choices: tuple[tuple[Overlay, str, str], ...] = (
            ("none", self.tr("Sample"), self.tr("The sample alone")),
            ("eval", self.tr("Eval"), self.tr("The teacher's attention in eval mode")),
            ("train", self.tr("Train"), self.tr("The teacher's attention in train mode")),
            ("difference", self.tr("Difference"), self.tr("Attention in eval mode minus attention in train mode")),
        )
        for number, (key, text, tip) in enumerate(choices):
            button = QToolButton()
            button.setText(text)
            button.setToolTip(self.tr("{0} (key {1})").format(tip, number + 1))
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setProperty("key", key)
            self._group.addButton(button)
            self.overlay_buttons[key] = button
            row.addWidget(button)
        self.overlay_buttons["none"].setChecked(True)
        self._group.buttonClicked.connect(self._overlay_clicked)
        row.addStretch(1)
        self._opacity_label = QLabel(self.tr("opacity"))
        row.addWidget(self._opacity_label)
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(0, 100)
        self.opacity.setValue(60)
        self.opacity.setFixedWidth(96)
        self.opacity.setToolTip(self.tr("Opacity of the attention map over the sample"))
        self.opacity.setAccessibleName(self.tr("Opacity of the attention map, percent"))
        self.opacity.valueChanged.connect(self._set_opacity)
        row.addWidget(self.opacity)
        return row

    def _scale_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        self.scale, self.difference_scale = ColourScale(signed=False), ColourScale(signed=True)
        self._layer = QLabel()
        self._layer.setForegroundRole(self._layer.palette().ColorRole.PlaceholderText)
        self._layer.setFixedHeight(self.scale.height())
        row.addWidget(self.scale)
        row.addWidget(self.difference_scale)
        row.addWidget(self._layer)
        row.addStretch(1)
        for part in (self.scale, self.difference_scale):
            part.hide()
        policy = self._layer.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the picture keeps its size when an overlay is chosen
        self._layer.setSizePolicy(policy)
        return row

    def _time_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(QLabel(self.tr("history")))
        self.time = QSlider(Qt.Orientation.Horizontal)
        self.time.setRange(0, 0)
        self.time.setInvertedControls(True)  # Page Up goes back, as in the rest of the large view
        self.time.setToolTip(self.tr(
            "Scrub through the sample's history (Page Up, Page Down, Home, End); at the right end, the view follows "
            "the run"))
        self.time.setAccessibleName(self.tr("Step of the history"))
        self.time.valueChanged.connect(self._time_changed)
        self._step = QLabel()
        self._step.setMinimumWidth(self.fontMetrics().horizontalAdvance(self.tr("step {0}").format(888888)))
        self._step.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.time, 1)
        row.addWidget(self._step)
        return row

    # --- state -------------------------------------------------------------------------------

    def show_sample(self, index: int) -> None:
        """Show another sample, at the same time."""
        self.picture.index = index
        self.refresh()

    def refresh(self) -> None:
        """Take over new looks, and draw the one that the slider is at."""
        count = len(self.history)
        if not count:
            self.picture.look = None
            return
        self.time.blockSignals(True)
        self.time.setRange(0, count - 1)
        self.time.setPageStep(max(count // 10, 1))
        self.time.setValue(count - 1 if self._following else self.history.nearest(self._shown))
        self.time.blockSignals(False)
        self._show_look()

    def show_layer(self, layer: str) -> None:
        """Lay the attention of another layer over the sample."""
        self.picture.layer = layer
        if self.picture.look is not None:
            self._show_look()

    def show_attention(self) -> None:
        """Lay the attention over the sample, if nothing is."""
        if self.picture.overlay == "none":
            self.overlay_buttons["eval"].click()

    def set_theme(self, theme: Theme) -> None:
        self.theme = self.picture.theme = theme
        self.picture.update()
        self._show_scale()

    @property
    def look(self) -> Look | None:
        """The look that is shown."""
        return self.picture.look

    def _time_changed(self, value: int) -> None:
        self._following = value == self.time.maximum()
        self._shown = float(self.history.looks[value].step)
        self._show_look()
        self.timeMoved.emit(None if self._following else self._shown)

    def show_time(self, step: float | None) -> None:
        """Show the sample at another step; None: the newest. Nobody is told."""
        self._following, self._shown = step is None, step or 0.0
        if self.picture.look is not None:
            self.refresh()

    def _show_look(self) -> None:
        look = self.history.looks[self.time.value()]
        index = min(self.picture.index, len(look.samples.labels) - 1)
        self.picture.look, self.picture.index = look, index
        attention = look.of_layer(self.picture.layer)
        similarity = None if attention is None else float(attention.similarity[index])
        rows = facts(look.samples, index, self.class_names, similarity)
        self._title.setText(self.tr("Sample {0} of {1}").format(index + 1, len(look.samples.labels)))
        self._fit_words()
        self._step.setText(self.tr("step {0}").format(look.step))
        self.picture.setToolTip("\n".join(f"{name}: {value}" for name, value in rows))
        self.picture.setAccessibleDescription("; ".join(f"{name.strip()}: {value}" for name, value in rows))
        self._show_facts(rows)
        self.brief.setText(brief(look.samples, index, self.class_names))
        self._show_scale()
        self.picture.update()

    def _show_scale(self) -> None:
        """The colours' meaning, while there is an overlay."""
        attention, overlay = self.picture.attention(), self.picture.overlay
        there = attention is not None and overlay != "none"
        self.scale.setVisible(there and overlay != "difference")
        self.difference_scale.setVisible(there and overlay == "difference")
        self._layer.setVisible(there)
        if attention is not None:
            self._layer.setText(attention.layer)
            for part in (self.scale, self.difference_scale):
                part.set_scale(self.picture.top(attention), self.theme)
        elif overlay != "none":
            self._layer.setVisible(True)
            self._layer.setText(self.tr("no attention at this step"))

    def _show_facts(self, rows: list[tuple[str, str]]) -> None:
        while len(self._labels) < len(rows):
            pair = QLabel(), QLabel()
            pair[0].setForegroundRole(pair[0].palette().ColorRole.PlaceholderText)
            pair[1].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            pair[1].setAlignment(Qt.AlignmentFlag.AlignRight)
            for column, label in enumerate(pair):
                self._facts.addWidget(label, len(self._labels), column)
            self._labels.append(pair)
        for number, (name, value) in enumerate(self._labels):
            used = number < len(rows)
            name.setVisible(used)
            value.setVisible(used)
            if used:
                name.setText(rows[number][0])
                value.setText(rows[number][1])

    def _overlay_clicked(self, button: QToolButton) -> None:
        self.picture.overlay = button.property("key")
        self.picture.update()
        self._show_scale()

    def _set_opacity(self, percent: int) -> None:
        self.picture.opacity = percent / 100
        self.picture.update()

    def _step_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.moved.emit(int(sender.property("step")))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Without room for both, the picture has it; the facts are also its tooltip.
        self._side.setVisible(self.width() >= 400)
        self.brief.setVisible(self.width() < 400)
        self._opacity_label.setVisible(self.width() >= 400)
        self._fit_words()

    def _fit_words(self) -> None:
        """Whole words where there is room, else shorter ones, and the slider gives way: keys 1 to 4 choose, too."""
        difference = self.overlay_buttons["difference"]
        difference.setText(self.tr("Difference"))
        self._back.setText(self.tr("← All samples"))
        arrows = 2 * self.fontMetrics().horizontalAdvance("000")
        head = self._back.sizeHint().width() + self._title.sizeHint().width() + arrows + 4 * HALF
        if head > self.width():
            self._back.setText("←")
        choices = sum(button.sizeHint().width() + HALF for button in self.overlay_buttons.values())
        self.opacity.setVisible(choices + self.opacity.width() + GRID <= self.width())
        if choices > self.width():
            difference.setText(self.tr("Diff."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in steps:
            self.moved.emit(steps[key])
        elif Qt.Key.Key_1 <= key < Qt.Key.Key_1 + len(self.overlay_buttons):
            list(self.overlay_buttons.values())[key - Qt.Key.Key_1].click()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.time.setValue(self.time.value() + (1 if key == Qt.Key.Key_PageDown else -1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.time.setValue(self.time.maximum() if key == Qt.Key.Key_End else 0)
        else:
            super().keyPressEvent(event)
