"""Steps 2 to 5: bits, method, time, test images."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from acq_app.appearance.icons import icon
from acq_app.appearance.theme import HALF, Theme
from acq_app.panels.own_images import OwnImages
from acq_app.panels.panel import Panel
from acq_app.panels.place import ComputeOn
from acq_app.panels.questions import OpenQuestions
from acq_app.panels.test_images import TestImagesLook
from acq_app.settings.fields import plain
from acq_app.settings.model_choice import choose_test_set
from acq_app.settings.run_settings import RunSettings
from acq_app.widgets.labels import ElidedLabel, muted
from acq_app.widgets.segmented import Segmented


class QuantizationPanel(Panel):
    """How many bits, and how ranges are found."""

    id = "quantization"

    def __init__(self, model: RunSettings) -> None:
        super().__init__("", model)
        self.header.setText(self.tr("2  Quantization"))
        self.add_field("quantization.weight_bits")
        self.add_field("quantization.activation_bits")
        self.add_field("quantization.allocation")
        self.add_field("quantization.edge_bits", str(QT_TRANSLATE_NOOP("RunConfig", "First and last")))
        self.add_rest(("quantization.",))
        self.refresh()

    def summary(self) -> str:
        chosen = self.model.config.quantization
        return self.tr("W{0} A{1}, first/last {2}").format(
            chosen.weight_text(), chosen.activation_text(), chosen.first_last_bits())


class MethodPanel(Panel):
    """ACQ or the baseline, and how much each loss counts."""

    id = "method"

    def __init__(self, model: RunSettings) -> None:
        super().__init__("", model)
        self.header.setText(self.tr("3  Method"))
        self.method = Segmented((
            ("acq", "ACQ", self.tr("Attention-corrected samples: conditioned on class and attention centre.")),
            ("gdfq", "GDFQ", self.tr("The baseline (ECCV 2020): conditioned on the class only.")),
        ))
        self.method.setAccessibleName(self.tr("Method"))
        self.method.chosen.connect(model.set_method)
        self.layout_.addWidget(self.method)
        self.layout_.addSpacing(HALF)
        self.layout_.addWidget(muted(self.tr("Weights of the generator's losses"), small=True))
        for name, title in (("class_", "class"), ("bn", "BN statistics"), ("centre", "centre"), ("pair", "pair"),
                            ("modes_attention", "eval/train attention")):
            self.add_field(f"losses.{name}", title, slider=True)
        self.layout_.addWidget(muted(self.tr("Weights of the student's losses"), small=True))
        for name in ("distillation", "feature"):
            self.add_field(f"losses.{name}", slider=True)
        self.add_rest(("losses.", "generator."), leave_out=("generator.kind",))
        self.refresh()

    def refresh(self) -> None:
        super().refresh()
        self.method.set_value(self.model.config.method)

    def summary(self) -> str:
        losses = self.model.config.losses
        return f"{self.model.config.method.upper()}  " + self.tr("class {0}, BN {1}, centre {2}").format(
            plain(losses.class_), plain(losses.bn), plain(losses.centre))


class SchedulePanel(Panel):
    """How much time to spend."""

    id = "schedule"
    presetsRequested = Signal()

    def __init__(self, model: RunSettings) -> None:
        super().__init__("", model)
        self.header.setText(self.tr("4  Schedule"))
        self.preset = Segmented((
            ("fast", self.tr("Fast"), self.tr("For a first try; planned for 5 min.")),
            ("balanced", self.tr("Balanced"), self.tr("Most of the accuracy; planned for 20 min.")),
            ("accurate", self.tr("Accurate"), self.tr("The highest accuracy; planned for 60 min.")),
        ))
        self.preset.setAccessibleName(self.tr("Preset"))
        self.preset.chosen.connect(model.set_preset)
        self.layout_.addWidget(self.preset)
        self.own = QPushButton(self.tr("Custom presets..."))
        self.own.setToolTip(self.tr("Save all settings except model and test images under a name, or apply saved ones"))
        self.own.clicked.connect(self.presetsRequested)
        self.layout_.addWidget(self.own)
        self.layout_.addSpacing(HALF)
        self.add_field("schedule.minutes")
        self.add_field("schedule.warmup_steps", str(QT_TRANSLATE_NOOP("RunConfig", "Warm-up")))
        self.add_field("schedule.finetune_steps")
        self.add_field("seed")
        self.place = ComputeOn()
        self.layout_.addWidget(self.place)
        self.add_rest(("schedule.", "device", "threads", "precision", "cuda_graphs"), leave_out=("schedule.preset",))
        self.refresh()

    def refresh(self) -> None:
        super().refresh()
        self.preset.set_value(self.model.config.schedule.preset)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.place.set_theme(theme)

    def summary(self) -> str:
        schedule = self.model.config.schedule
        names = {"fast": self.tr("fast"), "balanced": self.tr("balanced"), "accurate": self.tr("accurate")}
        return self.tr("{0}, {1} + {2} steps").format(
            names.get(schedule.preset, self.tr("custom")), schedule.warmup_steps, schedule.finetune_steps)


class TestImagesPanel(Panel):
    """Images that only measure."""

    __test__ = False  # not a test class for pytest
    id = "test_images"
    openFileRequested = Signal()
    openFolderRequested = Signal()

    def __init__(self, model: RunSettings) -> None:
        super().__init__("", model)
        self.header.setText(self.tr("5  Test images"))
        self.chosen = ElidedLabel()
        self.layout_.addWidget(self.chosen)
        row = QHBoxLayout()
        row.setSpacing(HALF)
        self.file_button = QPushButton(self.tr("File..."))
        self.file_button.setToolTip(self.tr(
            "An .npz file with images and labels, a table of files and labels, or MNIST's or CIFAR's own files."))
        self.file_button.clicked.connect(self.openFileRequested)
        self.folder_button = QPushButton(self.tr("Folder..."))
        self.folder_button.setToolTip(self.tr("A folder with one subfolder of images per class."))
        self.folder_button.clicked.connect(self.openFolderRequested)
        self.clear_button = QPushButton(self.tr("None"))
        self.clear_button.setToolTip(self.tr("Remove the test images."))
        self.clear_button.clicked.connect(self._clear)
        for button in (self.file_button, self.folder_button, self.clear_button):
            row.addWidget(button, 1)
        self.layout_.addLayout(row)
        self.look = TestImagesLook()
        self.layout_.addWidget(self.look)
        self.questions = OpenQuestions()
        self.layout_.addWidget(self.questions)
        self.layout_.addWidget(muted(self.tr("Used only to measure accuracy; quantization never sees "
                                             "them."), small=True,
                                     wrap=True))
        self.own_images = OwnImages(model)
        self.layout_.addWidget(self.own_images)
        self.add_rest(("test_set.", "pictures."), leave_out=("test_set.use_sample",))
        self.refresh()

    def summary(self) -> str:
        config = self.model.config
        if config.test_set.path is not None:
            return config.test_set.path.name
        if config.model.source == "sample" and config.test_set.use_sample:
            return self.tr("the sample's own, 2,000")
        return self.tr("none: accuracy is not measured")

    def refresh(self) -> None:
        super().refresh()
        if hasattr(self, "clear_button"):
            text = self.summary()
            path = self.model.config.test_set.path
            self.chosen.setText(text if path else text[:1].upper() + text[1:])  # a file's name is left as it is
            self.chosen.setToolTip(str(path) if path else "")
            self.clear_button.setEnabled(self._has_images())
            self.own_images.refresh()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.folder_button.setIcon(icon("folder", theme))
        self.own_images.set_theme(theme)
        self.look.set_theme(theme)
        self.questions.set_theme(theme)

    def _has_images(self) -> bool:
        config = self.model.config
        own = config.model.source == "sample" and config.test_set.use_sample
        return config.test_set.path is not None or own

    def _clear(self) -> None:
        if self.model.config.test_set.path is not None:
            choose_test_set(self.model, None)
        else:
            self.model.set_value("test_set.use_sample", False)
