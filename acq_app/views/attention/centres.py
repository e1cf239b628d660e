"""All attention centres of a run in one plane, its samples, and test images as the teacher sees them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from acq_app.appearance.theme import GRID, Theme
from acq_app.views.shared.history import Look
from acq_app.views.shared.looks import ClassBox, LooksSideBySide, NamedLook
from acq_app.widgets.labels import ElidedLabel


class Centres(QWidget):
    """The samples of one step above test images: where the teacher looks in what was made, and in what is real."""

    realRequested = Signal(list, str)  # test images of these classes are wanted, with their attention in a layer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.looks = LooksSideBySide()
        self.class_box = ClassBox()
        self.class_box.setAccessibleName(self.tr("Class of the samples and test images"))
        self.class_box.chosen.connect(self.looks.set_label)
        self.note = ElidedLabel()
        self.note.setForegroundRole(self.note.palette().ColorRole.PlaceholderText)
        # Beside the legend of the view, where the scales of the maps are else: the rows need the height.
        self.tools = QWidget()
        self._layer = ""
        self._real: dict[str, Look | None] = {}  # by layer; None: the run has no test images
        self._asked: set[str] = set()  # layers
        self._names: tuple[str, ...] | None = None  # of the classes that the box has; None: it is empty
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.class_box)
        row.addWidget(self.note, 1)
        scroll = QScrollArea()
        scroll.setWidget(self.looks)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(self.tr("Attention centres"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

    def show_look(self, look: Look, layer: str, names: tuple[str, ...]) -> None:
        """Show the samples of a step; the class that is chosen stays. Test images are asked for once for each layer."""
        rows = [NamedLook(self.tr("Samples"), look)]
        if self._names != names:
            self.class_box.fill(rows, names)
            self.looks.label, self._names = None, names
        self.looks.show_looks(rows)
        self._layer = layer
        if layer not in self._asked:
            self._asked.add(layer)
            self.realRequested.emit(sorted({int(label) for label in look.samples.labels}), layer)
        self._show_real()

    def take_real(self, layer: str, look: Look | None) -> None:
        """Test images with their attention in a layer; None: the run has none, or they can't be read any more."""
        if layer in self._asked:
            self._real[layer] = look
            self._show_real()

    def _show_real(self) -> None:
        real = self._real.get(self._layer)
        if self._layer not in self._real:
            note = self.tr("Reading test images...")
        elif real is None:
            note = self.tr("No test images to compare with: choose some in step 5 before a run.")
        else:
            note = ""
        self.note.setText(note)
        self.note.setToolTip(note)
        if real is not self.looks.real:
            self.looks.show_real(real)

    def forget(self) -> None:
        """Another run begins."""
        self._names, self._layer = None, ""
        self._real.clear()
        self._asked.clear()
        self.looks.show_real(None)
        self.looks.show_looks([])
        self.note.setText("")

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        self.looks.set_theme(theme)
