"""The dialog that sets up a sweep: settings, their values, and the runs that come of them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from acq_app.appearance.language import setting_words
from acq_app.appearance.theme import GRID, Theme
from acq_app.appearance.units import clock
from acq_app.settings.fields import field_specs, value_text
from acq_app.settings.run_settings import defaults_of, value_at
from acq_app.widgets.labels import Button, muted, set_colour
from acq_engine.errors import AcqError, ConfigError
from acq_engine.settings import RunConfig
from acq_engine.settings.presets import with_method
from acq_engine.sweep.plan import Axis, SweepPlan
from acq_engine.sweep.variables import BITS, Variable, text_of, variables

translate = QCoreApplication.translate

AXES = 3
ABLATION = "ablation"  # the name of a folder
ABLATED = ("losses.centre", "losses.pair", "losses.modes_attention")  # what ACQ adds to GDFQ, a loss for each idea
BITS_LIKE = "quantization.weight_bits"  # has the bounds of weights and activations at once
_USUAL = (BITS, "method", "losses.pair")  # what the first, second and third row offer
_EXAMPLES = {BITS: "2, 3, 4", "method": "acq, gdfq", "seed": "0..4", "losses.pair": "0, 1, 3"}


def title_of(variable: Variable) -> str:
    """A variable's name in the user's language, with its name in a settings file."""
    spec = field_specs().get(variable.path)
    return f"{setting_words(variable.title if spec is None else spec.title)}  ({variable.name})"


class AxisRow:
    """One line of the dialog: a setting and its values."""

    def __init__(self, dialog: SweepDialog, number: int) -> None:
        self.setting = QComboBox()
        self.setting.setEditable(True)  # so that typing finds a setting
        self.setting.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setting.setMinimumWidth(36 * GRID)
        self.setting.setAccessibleName(translate("SweepDialog", "Setting {0}").format(number + 1))
        self.setting.setToolTip(translate("SweepDialog", "The setting to vary; type part of its name to find it"))
        self.setting.addItem(translate("SweepDialog", "none"), "")
        for variable in variables().values():
            self.setting.addItem(title_of(variable), variable.path)
        completer = self.setting.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.values = QLineEdit()
        self.values.setAccessibleName(translate("SweepDialog", "Values of setting {0}").format(number + 1))
        self.values.setToolTip(translate("SweepDialog", "Comma-separated values; 2..5 means 2, 3, 4, 5, and 0..1:0.25 "
                                                        "means steps of 0.25"))
        self.reason = QLabel()
        self.reason.setWordWrap(True)
        self.setting.currentIndexChanged.connect(dialog.setting_chosen)
        self.values.textChanged.connect(dialog.update_plan)

    def variable(self) -> Variable | None:
        """The setting that was chosen."""
        return variables().get(self.setting.currentData() or "")

    def axis(self) -> Axis | None:
        """The line as an axis; None where no setting is chosen.

        Raises:
            ConfigError: the values mean nothing.
        """
        variable = self.variable()
        return None if variable is None else Axis(variable, variable.values(self.values.text()))

    def out_of_range(self) -> str:
        """The values that are not allowed, and what is; empty where all are within the bounds.

        Raises:
            ConfigError: the values mean nothing.
        """
        axis = self.axis()
        spec = None if axis is None else field_specs().get(BITS_LIKE if axis.variable.path == BITS else
                                                           axis.variable.path)
        if axis is None or spec is None:
            return ""
        wrong = [value for value in axis.values if isinstance(value, int | float) and not spec.allows(value)]
        return "" if not wrong else translate("SweepDialog", "{0}: must be {1}.").format(
            ", ".join(map(text_of, wrong)), spec.range_text())

    def show(self, variable: Variable | None, text: str) -> None:
        """Show a setting with its values."""
        self.setting.setCurrentIndex(self.setting.findData("" if variable is None else variable.path))
        self.values.setText(text)


class SweepDialog(QDialog):
    """Shows at once what comes of what is typed; Begin is grey, with the reason, while nothing can come of it."""

    planned = Signal(object)  # SweepPlan
    failed = Signal(object)  # AcqError: a file can't be read or written

    def __init__(self, config: RunConfig, theme: Theme, plan: SweepPlan | None = None, seconds: float | None = None,
                 parent: QWidget | None = None) -> None:
        """config: what the runs share, unless `plan` says it; seconds: what one of them takes, if that is known."""
        super().__init__(parent)
        self.theme, self._seconds = theme, seconds
        self._config = config if plan is None else plan.settings
        self.plan: SweepPlan | None = None
        self.setWindowTitle(self.tr("Sweep"))
        self.resize(92 * GRID, 64 * GRID)
        self.name = QLineEdit("sweep" if plan is None else plan.name)
        self.name.setAccessibleName(self.tr("Name of the sweep"))
        self.name.setToolTip(self.tr("The name of the sweep's folder"))
        self.name.textChanged.connect(self.update_plan)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.addWidget(QLabel(self.tr("Name")), 0, 0)
        grid.addWidget(self.name, 0, 1)
        grid.addWidget(muted(self.tr("Setting"), small=True), 1, 1)
        grid.addWidget(muted(self.tr("Values"), small=True), 1, 2)
        self.rows = [AxisRow(self, number) for number in range(AXES)]
        for number, row in enumerate(self.rows):
            grid.addWidget(QLabel(self.tr("Vary") if number == 0 else self.tr("and")), 2 + 2 * number, 0)
            grid.addWidget(row.setting, 2 + 2 * number, 1)
            grid.addWidget(row.values, 2 + 2 * number, 2)
            grid.addWidget(row.reason, 3 + 2 * number, 2)
            set_colour(row.reason, theme.warning)
        grid.setColumnStretch(2, 1)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Runs of the sweep"))
        self.list.setUniformItemSizes(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(muted(self.tr("Every combination of values is one run; all other settings are the current "
                                       "ones. The runs are queued, one after another."), wrap=True))
        column.addLayout(grid)
        column.addWidget(self.summary)
        column.addWidget(self.list, 1)
        column.addLayout(self._low())
        self._fill(plan)

    def _low(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.load_button, self.save_button = QPushButton(self.tr("Load...")), QPushButton(self.tr("Save as file..."))
        self.load_button.setToolTip(self.tr("Load a sweep from a file"))
        self.save_button.setToolTip(self.tr("Save the sweep to a file; acq sweep FILE runs it on the command line"))
        self.ablation_button = QPushButton(self.tr("Ablation"))
        self.ablation_button.setToolTip(self.tr("With and without each of the method's losses: attention centre "
                                                "matching, pair and consistency; eight runs"))
        self.ablation_button.clicked.connect(self.fill_ablation)
        self.load_button.clicked.connect(self._ask_load)
        self.save_button.clicked.connect(self._ask_save)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.begin_button = Button(self.tr("Start sweep"))
        self.begin_button.set_theme(self.theme)
        self.begin_button.setMinimumHeight(4 * GRID)
        self.begin_button.setDefault(True)
        self.begin_button.clicked.connect(self._begin)
        for button in (self.load_button, self.save_button, self.ablation_button, cancel):
            button.setMinimumHeight(4 * GRID)
            button.setAutoDefault(False)
        row.addWidget(self.load_button)
        row.addWidget(self.save_button)
        row.addWidget(self.ablation_button)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.begin_button)
        return row

    def _fill(self, plan: SweepPlan | None) -> None:
        """Show a plan, or what is usual."""
        if plan is not None:
            self._config = plan.settings
            self.name.setText(plan.name)
        for number, row in enumerate(self.rows):
            if plan is None:
                row.show(variables()[_USUAL[0]] if number == 0 else None, _EXAMPLES[BITS] if number == 0 else "")
            else:
                axis = plan.axes[number] if number < len(plan.axes) else None
                row.show(None if axis is None else axis.variable,
                         "" if axis is None else ", ".join(text_of(value) for value in axis.values))
        self.update_plan()

    @Slot()
    def fill_ablation(self) -> None:
        """Each loss of the method switched off and on, at its present weight, or its usual one where it is off."""
        usual = defaults_of(with_method(self._config, "acq"))
        for row, path in zip(self.rows, ABLATED, strict=True):
            weight = value_at(self._config, path) or value_at(usual, path)
            row.show(variables()[path], f"0, {weight:g}")
        if self.name.text() == "sweep":
            self.name.setText(ABLATION)
        self.update_plan()

    # --- what is typed ---------------------------------------------------------------------------

    @Slot()
    def setting_chosen(self) -> None:
        """Offer values of the setting that was chosen."""
        for row in self.rows:
            if row.setting is self.sender():
                variable = row.variable()
                row.values.setText("" if variable is None else self._example(variable))
        self.update_plan()

    def _example(self, variable: Variable) -> str:
        """Values to begin with: known ones, all choices, or the present value."""
        if variable.path in _EXAMPLES:
            return _EXAMPLES[variable.path]
        if variable.kind == "flag":
            return "on, off"
        if variable.kind == "choice":
            return ", ".join(variable.choices)
        present = value_at(self._config, variable.path)
        return "" if present is None else value_text(present)

    @Slot()
    def update_plan(self) -> None:
        """Work out what comes of what is typed."""
        self.plan, reason = None, ""
        axes = []
        for row in self.rows:
            row.values.setEnabled(row.variable() is not None)
            row.reason.clear()
            try:
                axis, beyond = row.axis(), row.out_of_range()
                if beyond:
                    raise ConfigError(beyond)
                if axis is not None:
                    SweepPlan("row", self._config, (axis,))  # its values alone, so that the reason is at their field
                    axes.append(axis)
            except ConfigError as error:
                row.reason.setText(_reason(error))
                reason = reason or self.tr("A value can't be used.")  # which one, and why, stands at its field
            row.reason.setVisible(bool(row.reason.text()))
        if not reason:
            try:
                if not self.name.text().strip():
                    raise ConfigError(self.tr("The sweep needs a name."))
                self.plan = SweepPlan(self.name.text().strip(), self._config, tuple(axes))
            except ConfigError as error:
                reason = _reason(error)
        self._show(reason)

    def _show(self, reason: str) -> None:
        self.list.clear()
        if self.plan is not None:
            names = [axis.variable.name for axis in self.plan.axes]
            for run in self.plan.runs:
                values = ", ".join(f"{name} {text_of(value)}" for name, value in zip(names, run.values, strict=True))
                self.list.addItem(f"{run.name}:  {values}")
            text = self.tr("{0} runs.").format(self.plan.count)
            if self._seconds is not None:
                text += " " + self.tr("About {0} each, judged by the last planned run: {1}.").format(
                    clock(self._seconds), clock(self._seconds * self.plan.count))
            self.summary.setText(text)
        else:
            self.summary.setText(self.tr("Can't start. {0}").format(reason))
        set_colour(self.summary, "" if self.plan is not None else self.theme.warning)
        for button in (self.begin_button, self.save_button):
            button.setEnabled(self.plan is not None)
        self.begin_button.set_bright(self.plan is not None)
        self.begin_button.setToolTip(self.tr("Create the sweep's folder and add its runs to the queue")
                                     if self.plan is not None else reason)

    # --- what comes of it ------------------------------------------------------------------------

    @Slot()
    def _begin(self) -> None:
        if self.plan is not None:
            self.planned.emit(self.plan)
            self.accept()

    @Slot()
    def _ask_load(self) -> None:
        self._ask(self.tr("Load sweep"), save=False)

    @Slot()
    def _ask_save(self) -> None:
        self._ask(self.tr("Save sweep"), save=True)

    def _ask(self, title: str, *, save: bool) -> None:
        dialog = QFileDialog(self, title, "", self.tr("Sweeps (*.json)"))
        if save:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix("json")
            dialog.selectFile(f"{self.name.text().strip()}.json")
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.save if save else self.load)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def save(self, path: str) -> None:
        """Write the sweep to a file."""
        if self.plan is not None:
            try:
                self.plan.save(Path(path))
            except AcqError as error:
                self.failed.emit(error)

    @Slot(str)
    def load(self, path: str) -> None:
        """Take a sweep from a file, its settings too."""
        try:
            plan = SweepPlan.load(Path(path))
        except AcqError as error:
            self.failed.emit(error)
            return
        if len(plan.axes) > AXES:
            self.failed.emit(ConfigError(self.tr("The sweep varies more than three settings."),
                                         hint=self.tr("Run it on the command line: acq sweep FILE")))
            return
        self._fill(plan)


def _reason(error: ConfigError) -> str:
    """An error in one line."""
    return " ".join(part for part in (error.message, error.cause.splitlines()[0] if error.cause else "") if part)
