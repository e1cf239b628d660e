"""Step 1: which model, and how its input is prepared."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from acq_app.appearance.icons import icon
from acq_app.appearance.language import said
from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.appearance.units import count_text
from acq_app.panels.panel import Panel
from acq_app.panels.questions import OpenQuestions
from acq_app.settings.model_catalogue import ARCHITECTURES, PREPROCESSING, SAMPLE_FACTS, TIMM, TORCHVISION
from acq_app.settings.model_choice import choose_sample, choose_timm, choose_torchvision
from acq_app.settings.run_settings import RunSettings
from acq_app.widgets.drop_target import DropTarget
from acq_app.widgets.labels import muted, set_colour
from acq_app.widgets.quiet import QuietCombo
from acq_engine.events import Failed, ModelSummary


class ModelPanel(Panel):
    """Emits intents; the window opens dialogs and looks at the model in the background."""

    id = "model"
    openRequested = Signal()
    pathChosen = Signal(Path)  # a recent file
    layersRequested = Signal()  # show the model's layers
    stopRequested = Signal()  # break a download off
    retryRequested = Signal()  # look once more at a model that could not be had

    def __init__(self, model: RunSettings) -> None:
        super().__init__("", model)
        self._summary: ModelSummary | None = None
        self._error: Failed | None = None
        self._busy = False
        self._download: tuple[int, int] | None = None
        self._notes: tuple[str, ...] = ()
        self.set_title(self.tr("1  Model"))
        self.target = DropTarget()
        self.target.activated.connect(self.openRequested)
        self.layout_.addWidget(self.target)
        self._build_buttons()
        self.found = muted(wrap=True, small=True)
        self.found.setAccessibleName(self.tr("Model summary"))
        self.layout_.addWidget(self.found)
        self.layers_button = QToolButton()
        self.layers_button.setText(self.tr("Layers..."))
        self.layers_button.setAutoRaise(True)
        self.layers_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.layers_button.setToolTip(self.tr("The model's layers: shapes, parameters, planned bits (Ctrl+M)."))
        self.layers_button.clicked.connect(self.layersRequested)
        self.layout_.addWidget(self.layers_button)
        self.again = QPushButton()
        self.again.clicked.connect(self._again_pressed)
        self.again.hide()
        self.layout_.addWidget(self.again)
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.layout_.addWidget(self.problem)
        self.questions = OpenQuestions()
        self.layout_.addWidget(self.questions)
        self.add_more(["model.arch", "model.num_classes", "model.input_size", "model.channels", "model.output",
                       "model.channel_order", "model.mean", "model.std"])
        self._add_catalogue()
        self.refresh()

    def set_title(self, title: str) -> None:
        """The header's text."""
        self.header.setText(title)
        self.header.setAccessibleName(title)

    def _build_buttons(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(HALF)
        self.open_button = QPushButton(self.tr("Open..."))
        self.open_button.setToolTip(self.tr("Choose a file with trained weights."))
        self.open_button.clicked.connect(self.openRequested)
        self.sample_button = QPushButton(self.tr("Sample"))
        self.sample_button.setToolTip(self.tr("Use the built-in classifier of clothing."))
        self.sample_button.clicked.connect(self._use_sample)
        self.others = QPushButton(self.tr("Model zoo"))
        self.others.setToolTip(self.tr("Recent files, and pretrained classifiers from torchvision and timm."))
        self.menu = QMenu(self.others)
        self.others.setMenu(self.menu)
        for button in (self.open_button, self.sample_button, self.others):
            button.setMinimumHeight(3 * GRID + 2)
            row.addWidget(button, 1)
        self.layout_.addLayout(row)
        self.set_recent([])

    def _add_catalogue(self) -> None:
        """A list of architectures and of usual preprocessing above the fields that they fill."""
        if self._rest is None:
            return
        layout = self._rest.layout()
        assert isinstance(layout, QVBoxLayout)
        self.architecture = QuietCombo()
        self.architecture.addItem(self.tr("detect from weights"), None)
        for name in ARCHITECTURES:
            self.architecture.addItem(name, name)
        self.architecture.setAccessibleName(self.tr("Known architectures"))
        self.architecture.activated.connect(self._pick_architecture)
        self.preprocessing = QuietCombo()
        self.preprocessing.addItem(self.tr("the model's own"), None)
        for index, (_, title, _, _) in enumerate(PREPROCESSING):
            self.preprocessing.addItem(title, index)
        self.preprocessing.addItem(self.tr("as entered below"), -1)
        self.preprocessing.setAccessibleName(self.tr("Preprocessing"))
        self.preprocessing.activated.connect(self._pick_preprocessing)
        layout.insertWidget(0, self._labelled(self.tr("Known"), self.architecture))
        layout.insertWidget(7, self._labelled(self.tr("Preprocessing"), self.preprocessing))

    def _labelled(self, text: str, editor: QWidget) -> QWidget:
        from acq_app.panels.field import LABEL_WIDTH

        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 3 * GRID + 2, 0)
        row.setSpacing(HALF)
        label = QLabel(text)
        label.setFixedWidth(LABEL_WIDTH)
        label.setBuddy(editor)
        row.addWidget(label)
        row.addWidget(editor, 1)
        return box

    # --- told by the window ----------------------------------------------------------------------

    def set_recent(self, paths: list[Path]) -> None:
        """Recent files first, then the names of torchvision and timm."""
        self.menu.clear()
        for path in paths:
            action = self.menu.addAction(path.name)
            action.setToolTip(str(path))
            action.setData(path)
            action.triggered.connect(self._recent_triggered)
        if paths:
            self.menu.addSeparator()
        for title, names, slot in (("torchvision", TORCHVISION, self._torchvision_triggered),
                                   ("timm", TIMM, self._timm_triggered)):
            submenu = self.menu.addMenu(title)
            for name in names:
                action = submenu.addAction(name)
                action.setData(name)
                action.triggered.connect(slot)

    def show_looking(self) -> None:
        """The model is being looked at in the background."""
        self._busy, self._summary, self._error, self._download = True, None, None, None
        self.refresh()

    def show_download(self, done: int, total: int) -> None:
        """Weights are being fetched: bytes so far and in all (0: not known)."""
        if self._busy:
            self._download = (done, total)
            self.refresh()

    def show_summary(self, summary: ModelSummary | None, notes: tuple[str, ...] = ()) -> None:
        """What was found, and what was recognised or assumed; None: not looked at yet."""
        self._busy, self._summary, self._error, self._notes = False, summary, None, notes
        self.refresh()

    def show_error(self, failed: Failed) -> None:
        """Why the model can't be used."""
        self._busy, self._summary, self._error = False, None, failed
        self.refresh()

    # --- showing ---------------------------------------------------------------------------------

    def title_text(self) -> str:
        """The chosen model's name."""
        chosen = self.model.config.model
        if chosen.source == "sample":
            return self.tr("Fashion sample")
        if chosen.source in ("torchvision", "timm"):
            return f"{chosen.source} {chosen.name}"
        return chosen.path.name if chosen.path else self.tr("no model")

    def summary(self) -> str:
        return self.title_text()

    def refresh(self) -> None:
        super().refresh()
        if not hasattr(self, "preprocessing"):
            return  # still being built
        chosen = self.model.config.model
        self.target.set_lines(self.title_text(), self.tr("Drop another model here"),
                              "sample" if chosen.source == "sample" else "model")
        self.found.setText(self._busy_text() if self._busy else self._found_text())
        fetched = chosen.source in ("torchvision", "timm")
        self.again.setVisible(fetched and (self._busy or self._error is not None))
        self.again.setText(self.tr("Stop") if self._busy else self.tr("Try again"))
        self.layers_button.setEnabled(self._error is None and not self._busy)
        self.problem.setVisible(self._error is not None)
        if self._error is not None:
            self.problem.setText(" ".join(said(part) for part in (self._error.message, self._error.hint) if part))
            self.problem.setToolTip(said(self._error.cause))
        self.architecture.setCurrentIndex(max(0, self.architecture.findData(chosen.arch)))
        self.preprocessing.setCurrentIndex(self._preprocessing_index())

    def _busy_text(self) -> str:
        if self._download is None:
            return self.tr("Inspecting the model...")
        done, total = (f"{value / 1e6:.1f}" for value in self._download)
        if not self._download[1]:
            return self.tr("Downloading weights: {0} MB").format(done)
        return self.tr("Downloading weights: {0} of {1} MB").format(done, total)

    def _found_text(self) -> str:
        if self.model.config.model.source == "sample":
            parameters, layers, classes = SAMPLE_FACTS
            return self.tr("Images of clothing, input 1 × 32 × 32\n{0} parameters, {1} BN layers, {2} classes").format(
                count_text(parameters), layers, classes)
        found = self._summary
        if found is not None:
            shape = " × ".join(str(item) for item in found.input_shape)
            facts = self.tr("{0}, input {4}\n{1} parameters, {2} BN layers, {3} classes").format(
                found.arch, count_text(found.parameters), found.bn_layers, found.num_classes, shape)
            return "\n".join((facts, *(said(note) for note in self._notes)))
        return "" if self._error else self.tr("Inspected when the run starts.")

    def _preprocessing_index(self) -> int:
        chosen = self.model.config.model
        for index, (name, _, mean, std) in enumerate(PREPROCESSING):
            if (chosen.mean, chosen.std) == (mean, std):
                return index + 1
            if chosen.mean is None and chosen.std is None and chosen.preprocessing == name:
                return index + 1
        return 0 if chosen.mean is None and chosen.std is None else len(PREPROCESSING) + 1

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.target.set_theme(theme)
        self.questions.set_theme(theme)
        set_colour(self.problem, theme.bad)
        self.open_button.setIcon(icon("open", theme))
        self.sample_button.setIcon(icon("sample", theme))
        self.layers_button.setIcon(icon("layers", theme))

    # --- done by the user ------------------------------------------------------------------------

    def _use_sample(self) -> None:
        choose_sample(self.model)

    def _recent_triggered(self) -> None:
        action = self.sender()
        self.pathChosen.emit(action.data())  # type: ignore[attr-defined]

    def _torchvision_triggered(self) -> None:
        choose_torchvision(self.model, self.sender().data())  # type: ignore[attr-defined]

    def _timm_triggered(self) -> None:
        choose_timm(self.model, self.sender().data())  # type: ignore[attr-defined]

    def _again_pressed(self) -> None:
        (self.stopRequested if self._busy else self.retryRequested).emit()

    def _pick_architecture(self, index: int) -> None:
        self.model.set_value("model.arch", self.architecture.itemData(index))

    def _pick_preprocessing(self, index: int) -> None:
        picked = self.preprocessing.itemData(index)
        if picked is not None and picked < 0:
            self.refresh()  # nothing was typed: it shows what is
            return
        name, title = ("own", self.tr("Preprocessing")) if picked is None else PREPROCESSING[picked][:2]
        self.model.set_values({"model.preprocessing": name, "model.mean": None, "model.std": None}, title)
        self.refresh()
