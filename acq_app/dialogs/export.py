"""The export dialog: a format, a place, and the proof that the written file computes the right thing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from acq_app.appearance.icons import pixmap
from acq_app.appearance.language import grouped, said
from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.appearance.units import size_text
from acq_app.widgets.labels import Button, bold, muted, set_colour, show_pixmap
from acq_engine.events import Event, Exported, Failed, Verified
from acq_engine.export import FORMATS


class ExportDialog(QDialog):
    """Asks for a format and a file, and shows what came of it; whoever owns it does the work."""

    exportRequested = Signal(str, object)  # a format's name, and the Path to write; answered by one of:
    # `take` for each event on the way, then `show_result`, `show_failure` or `show_cancelled`
    cancelRequested = Signal()  # the export that goes on is to end

    def __init__(self, run_dir: Path, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.run_dir, self.theme = run_dir, theme
        self.busy = False  # an export goes on
        self._exported: Exported | None = None
        self._verified: Verified | None = None
        self._own: set[Path] = set()  # files that this dialog has written
        self.question: QMessageBox | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(76 * GRID)
        self._build()
        self._pick(0)

    def _build(self) -> None:
        self.format = QComboBox()
        for entry in FORMATS.values():
            self.format.addItem(said(entry.title), entry.name)
        self.format.currentIndexChanged.connect(self._pick)
        self.about = muted(small=True, wrap=True)
        self.target = QLineEdit()
        self.target.setAccessibleName(self.tr("File"))
        self.target.textChanged.connect(self._target_changed)
        self.browse = QPushButton(self.tr("Choose..."))
        self.browse.clicked.connect(self._browse)
        place = QHBoxLayout()
        place.addWidget(self.target, 1)
        place.addWidget(self.browse)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(GRID)
        form.setHorizontalSpacing(2 * GRID)
        form.addRow(self.tr("Format"), self.format)
        form.addRow("", self.about)
        form.addRow(self.tr("File"), place)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(GRID)
        self.doing = muted(wrap=True)
        self.verdict = QWidget()
        self._build_verdict()
        self.reveal = QPushButton(self.tr("Show in folder"))
        self.reveal.clicked.connect(self._reveal)
        self.export_button = Button(self.tr("Export"))
        self.export_button.clicked.connect(self.start)
        self.close_button = Button(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        self.close_button.setAutoDefault(False)
        for button in (self.export_button, self.close_button):
            button.set_theme(self.theme)
            button.setMinimumHeight(4 * GRID)
        self.export_button.set_bright(True)
        self.export_button.setDefault(True)
        row = QHBoxLayout()
        row.addWidget(self.reveal)
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.export_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addLayout(form)
        column.addSpacing(GRID)
        column.addWidget(self.doing)
        column.addWidget(self.progress)
        column.addWidget(self.verdict)
        column.addStretch(1)
        column.addLayout(row)
        for widget in (self.doing, self.progress, self.verdict, self.reveal):
            widget.hide()

    def _build_verdict(self) -> None:
        self.mark = QLabel()
        self.mark.setFixedSize(3 * GRID, 3 * GRID)
        self.headline = bold()
        self.headline.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.mark)
        head.addWidget(self.headline, 1)
        self.figures = QFormLayout()
        self.figures.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.figures.setVerticalSpacing(HALF)
        self.figures.setHorizontalSpacing(2 * GRID)
        column = QVBoxLayout(self.verdict)
        column.setContentsMargins(0, 0, 0, GRID)
        column.addLayout(head)
        column.addLayout(self.figures)

    # --- choosing --------------------------------------------------------------------------------

    @Slot(int)
    def _pick(self, index: int) -> None:
        entry = FORMATS[self.format.itemData(index)]
        self.about.setText(said(entry.help) if entry.is_available else " ".join(
            (self.tr("The package for this format is not installed."), said(entry.package_hint))))
        self.export_button.setEnabled(entry.is_available)
        self.target.setText(str(self.run_dir / entry.file_name))
        self._forget()
        self._make_room()

    @Slot(str)
    def _target_changed(self, text: str) -> None:
        self.target.setToolTip(text)
        self._forget()

    def _forget(self) -> None:
        """Take away what was said of the last export: it was another file, and the next step is to export."""
        self._exported = self._verified = None
        self.verdict.hide()
        self.reveal.hide()
        self._offer(self.export_button)

    def _offer(self, step: Button) -> None:
        """Make one of the two buttons the bright one."""
        for button in (self.export_button, self.close_button):
            button.set_bright(button is step)

    def _make_room(self) -> None:
        """Grow until no wrapped text is cut; a dialog does not do that by itself once it is shown."""
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    @Slot()
    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Export to"), self.target.text())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # that is asked at Export
        dialog.setDefaultSuffix(FORMATS[self.format.currentData()].file_name.partition(".")[2])
        dialog.fileSelected.connect(self.target.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # --- working ---------------------------------------------------------------------------------

    @Slot()
    def start(self) -> None:
        """Ask for an export to the chosen place; before a file is replaced that is not this dialog's, ask."""
        if self.busy or self.question is not None or not self.export_button.isEnabled():
            return
        path = self._path()
        if path.is_file() and path.resolve() not in self._own:
            self._ask(path)
        else:
            self._begin()

    def _path(self) -> Path:
        """The file that an export would write."""
        return FORMATS[self.format.currentData()].with_ending(Path(self.target.text()).expanduser())

    def _ask(self, path: Path) -> None:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Export"))
        box.setText(self.tr("{0} already exists. Replace it?").format(path.name))
        box.setInformativeText(str(path.parent))
        self.replace_button = box.addButton(self.tr("Replace"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.finished.connect(self._answered)
        self.question = box
        box.open()

    @Slot()
    def _answered(self) -> None:
        box, self.question = self.question, None
        if box is None:
            return
        replace = box.clickedButton() is self.replace_button
        box.deleteLater()
        if replace:
            self._begin()

    def _begin(self) -> None:
        self._forget()
        self._set_busy(True)
        self.exportRequested.emit(str(self.format.currentData()), Path(self.target.text()).expanduser())

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        for widget in (self.format, self.target, self.browse):
            widget.setEnabled(not busy)
        self.export_button.setEnabled(not busy and FORMATS[self.format.currentData()].is_available)
        self.close_button.setEnabled(True)
        self.close_button.setText(self.tr("Cancel") if busy else self.tr("Close"))
        self.doing.setText(self.tr("Writing and verifying the file..."))
        self.doing.setVisible(busy)
        self.progress.setVisible(busy)
        self._make_room()

    def take(self, event: Event) -> None:
        """Note what the export says."""
        match event:
            case Exported():
                self._exported = event
                self._own.add(Path(event.path).resolve())
            case Verified():
                self._verified = event
            case _:
                pass

    # --- showing ---------------------------------------------------------------------------------

    def show_result(self) -> None:
        """The export has ended: the verdict and its figures."""
        self._set_busy(False)
        verified, exported = self._verified, self._exported
        if exported is not None:  # an ending may have been added
            self.target.setText(exported.path)  # which forgets
            self._verified, self._exported = verified, exported
        if verified is None:
            self._head("info", "accent", self.tr("The file has been written."))
        elif verified.passed and verified.runtime.startswith("LiteRT") and verified.agreement < 100.0:
            self._head("check", "good", self.tr("Verified: the file is bit-exact in LiteRT's arithmetic."))
        elif verified.passed and verified.runtime.startswith("OpenVINO"):
            self._head("check", "good", self.tr("Measured: in OpenVINO the file is near the quantized model."))
        elif verified.passed and exported is not None and exported.format == "tensorrt":
            self._head("check", "good", self.tr(
                "Measured: in ONNX Runtime the file is near the quantized model; TensorRT was not run."))
        elif verified.passed:
            self._head("check", "good", self.tr("Verified: the file reproduces the quantized model."))
        else:
            self._head("error", "bad", self.tr("The file does not reproduce the quantized model."))
        self._clear()
        if verified is not None:
            self._figures_of(verified)
        if exported is not None:
            self._row(self.tr("Size"), self.tr("{0}   (float: {1})").format(
                size_text(exported.bytes), size_text(exported.float_bytes)))
        self.verdict.show()
        self.reveal.setVisible(exported is not None)
        self._offer(self.close_button)
        self._make_room()

    def show_cancelled(self) -> None:
        """The export has ended because it was cancelled; what was written and proved before is shown all the same."""
        if self._verified is not None:  # nothing was left to cancel
            self.show_result()
            return
        exported = self._exported
        self._set_busy(False)
        self._head("info", "accent", self.tr("Cancelled"))
        self._clear()
        self._row(self.tr("File"), self.tr("No file was written.") if exported is None else
                  self.tr("{0} was written but not verified.").format(Path(exported.path).name))
        self.verdict.show()
        self.reveal.setVisible(exported is not None)
        self._make_room()

    def _figures_of(self, verified: Verified) -> None:
        where = self.tr("test images") if verified.on == "test" else self.tr("synthetic samples")
        on = f"{grouped(verified.images)} {where}"
        if verified.detail:
            self._row(self.tr("Note") if verified.passed else self.tr("Why"), said(verified.detail))
        self._row(self.tr("Runtime"), verified.runtime)
        rows = self.tr("{0} % bit-exact on {1}").format(f"{verified.exact_rows:.1f}", on)
        if not verified.runtime.startswith("torch"):
            self._row(self.tr("Integer reference"), rows)
            self._row(self.tr("Top-1 agreement"), f"{verified.agreement:.1f} %")
            self._row(self.tr("Convolutions"), self.tr("{0} integer, {1} float").format(
                verified.integer_convolutions, verified.float_convolutions))
            if sum(verified.products) > 1:
                self._row(self.tr("Matrix products"), self.tr("{0} integer, {1} float").format(*verified.products))
        else:  # these formats run in torch
            self._row(self.tr("Quantized model"), rows)
        for name, end in ((self.tr("Latency, batch 1"), "ms"), (self.tr("Latency, batch 16"), "16_ms")):
            keys = [f"{kind}latency_{end}" for kind in ("", "float_", "onnx_")]
            values = [getattr(verified, key) for key in keys]
            if values[0] is not None:
                self._row(name, self._latency(*(
                    "" if value is None else _with_range(value, verified.latency_ranges.get(key))
                    for key, value in zip(keys, values, strict=True))))
        if verified.latency_ranges:
            self._row("", self.tr("median [10th to 90th percentile]; the files take turns"))

    def _latency(self, own: str, plain: str, onnx: str) -> str:
        if plain and onnx:
            return self.tr("{0}   (float: {1}, ONNX file: {2})").format(own, plain, onnx)
        return self.tr("{0}   (float: {1})").format(own, plain) if plain else own

    def show_failure(self, failed: Failed) -> None:
        """The export has ended, and did not work."""
        self._set_busy(False)
        self._head("error", "bad", said(failed.message))
        self._clear()
        for name, text in ((self.tr("Cause"), failed.cause), (self.tr("What to do"), failed.hint)):
            if text:
                self._row(name, said(text))
        self.verdict.show()
        self._make_room()

    def _head(self, icon: str, colour: str, text: str) -> None:
        show_pixmap(self.mark, pixmap(icon, self.theme, colour, 24))
        self.headline.setText(text)
        set_colour(self.headline, getattr(self.theme, colour) if colour != "accent" else "")

    def _clear(self) -> None:
        while self.figures.rowCount():
            self.figures.removeRow(0)

    def _row(self, name: str, text: str) -> None:
        value = QLabel(text)
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.figures.addRow(muted(name), value)

    @Slot()
    def _reveal(self) -> None:
        path = Path(self._exported.path) if self._exported else self.run_dir
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def choose_format(self, name: str) -> None:
        """Show a format; one that is not known leaves the first."""
        self.format.setCurrentIndex(max(0, self.format.findData(name)))

    def reject(self) -> None:
        if not self.busy:
            super().reject()
        elif self.close_button.isEnabled():  # the file is written whole or not at all; the dialog stays until then
            self.close_button.setEnabled(False)
            self.doing.setText(self.tr("Cancelling..."))
            self.cancelRequested.emit()


def _with_range(value: float, ends: tuple[float, float] | None) -> str:
    """A median with its range, where that is known."""
    return f"{value:.2f} ms" if ends is None else f"{value:.2f} ms [{ends[0]:.2f}\u2013{ends[1]:.2f}]"
