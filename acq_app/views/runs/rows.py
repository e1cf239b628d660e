"""What the runs view is told about runs: plain rows, and the curves and settings of those compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from acq_app.views.results.figures import drop_text
from acq_app.views.shared.axes import bytes_text, latency_text, value_text
from acq_app.views.shared.fitted_columns import GAP
from acq_app.views.shared.history import Look

translate = QCoreApplication.translate
NOTES, TAGS, LATENCY = 12, 13, 14  # columns
COLUMNS = ("run", "started", "model", "method", "bits", "state", "float", "quantized", "drop", "agreement", "size",
           "time", "notes", "tags", "latency")  # as they are remembered
ORDER = (0, 4, 7, 8, 5, 9, 10, 14, 11, 1, 2, 3, 6)  # columns from the left, what is looked for first; then the others
FIGURES = (6, 7, 8, 9, 10, 11, LATENCY)  # columns with numbers, at the right of their cells
NAME_WIDTH = 220  # pixels at most where the other columns leave no more, until somebody makes it wider
THUMBNAIL = (65, 32)  # pixels; two samples
SORT_ROLE = int(Qt.ItemDataRole.UserRole)
GROUP_ROLE = SORT_ROLE + 1  # of a heading: its group
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
DISPLAY = int(Qt.ItemDataRole.DisplayRole)


@dataclass(frozen=True)
class RunRow:
    """One run folder; what was not measured is None."""

    path: str
    name: str
    started: str  # ISO 8601, local time
    model: str
    method: str
    weight_bits: int
    activation_bits: int
    state: str  # in words
    float_top1: float | None = None  # percent
    student_top1: float | None = None
    agreement: float | None = None
    exported_bytes: int | None = None
    latency_ms: float | None = None  # median
    seconds: float | None = None
    notes: str = ""
    tags: str = ""  # with commas between
    thumbnail: tuple[int, int, bytes] | None = None  # width, height, RGB: some of its samples
    latency_range: tuple[float, float] | None = None  # 10th and 90th percentile
    bits: str = ""  # of weights and activations, averages as such: "~4/~4"

    @property
    def tag_list(self) -> list[str]:
        """The tags, one by one."""
        return split_tags(self.tags)

    @property
    def sweep(self) -> str:
        """The folder that the run is in, as those of a sweep are; empty: none."""
        return self.name.rpartition("/")[0]

    @property
    def lost(self) -> float | None:
        """Percentage points against float; below 0 where accuracy fell."""
        if self.float_top1 is None or self.student_top1 is None:
            return None
        return self.student_top1 - self.float_top1


@dataclass(frozen=True)
class RunDetail:
    """What is compared of one run."""

    row: RunRow
    curves: dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]] = field(default_factory=dict)  # by metric
    settings: dict[str, str] = field(default_factory=dict)  # flat: "losses.pair" -> "1.0"
    look: Look | None = None  # its newest samples with their attention
    class_names: tuple[str, ...] = ()


def split_tags(text: str) -> list[str]:
    """Tags that were typed with commas between, each once."""
    return list(dict.fromkeys(tag.strip() for tag in text.split(",") if tag.strip()))


def differing(details: Sequence[RunDetail]) -> list[tuple[str, list[str]]]:
    """Settings that are not the same in all runs, each with its value in every run."""
    names = sorted({name for detail in details for name in detail.settings})
    rows = [(name, [detail.settings.get(name, "\u2013") for detail in details]) for name in names]
    return [(name, values) for name, values in rows if len(set(values)) > 1]


def short_names(details: Sequence[RunDetail]) -> list[str]:
    """The runs' names; a folder that all of them are in, such as a sweep's, is left out."""
    names = [detail.row.name for detail in details]
    folders = {name.rpartition("/")[0] for name in names}
    return [name.rpartition("/")[2] for name in names] if len(folders) == 1 else names


def duration_text(seconds: float | None) -> str:
    """Hours, minutes and seconds."""
    if seconds is None:
        return "\u2013"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class RunTable(QAbstractTableModel):
    """Rows are runs; notes and tags can be edited."""

    notesChanged = Signal(str, str)  # path of the run, its new notes
    tagsChanged = Signal(str, str)  # path of the run, its new tags

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[RunRow] = []
        self.groups: list[str] = []  # in their order; empty: runs are not grouped
        self._group_by = "none"
        self._pictures: dict[tuple[int, int, bytes] | None, QPixmap] = {}
        self.titles = (
            translate("Runs", "run"), translate("Runs", "started"), translate("Runs", "model"),
            translate("Runs", "method"), translate("Runs", "W/A"), translate("Runs", "state"),
            translate("Runs", "float"), translate("Runs", "quantized"), translate("Runs", "drop"),
            translate("Runs", "agreement"), translate("Runs", "size"), translate("Runs", "time"),
            translate("Runs", "notes"), translate("Runs", "tags"), translate("Runs", "latency"),
        )
        self.tips = {
            4: translate("Runs", "Bits of weights and activations"),
            6: translate("Runs", "Top-1 of the float model on the test images"),
            7: translate("Runs", "Top-1 of the quantized model on the same images"),
            8: translate("Runs", "How far top-1 is below the float model's, in percentage points"),
            9: translate("Runs", "Images with the same top-1 prediction as the float model"),
            10: translate("Runs", "Size of the exported file"),
            12: translate("Runs", "Double-click or press F2 to edit notes"),
            13: translate("Runs", "Double-click or press F2 to edit tags, separated by commas"),
            14: translate("Runs", "Median latency for one image, of the exported file on the machine of the run; in brackets the "
                                  "10th to 90th percentile"),
        }

    def show_rows(self, rows: Sequence[RunRow]) -> None:
        """Show these runs."""
        self.beginResetModel()
        self.rows = list(rows)
        self._find_groups()
        listed = {row.thumbnail for row in rows}
        self._pictures = {key: image for key, image in self._pictures.items() if key in listed}
        self.endResetModel()

    def group_by(self, key: str) -> None:
        """Group runs by "model" or by "sweep", or not at all ("none")."""
        self.beginResetModel()
        self._group_by = key
        self._find_groups()
        self.endResetModel()

    def _find_groups(self) -> None:
        """Groups by name; runs that are in none come last."""
        self._group_of = [{"model": row.model, "sweep": row.sweep}.get(self._group_by, "") for row in self.rows]
        there = set(self._group_of) if self._group_by != "none" else set()
        self.groups = sorted(there, key=lambda name: (not name, name.casefold()))

    def heading_at(self, row: int) -> str | None:
        """The group whose heading a row is; headings come behind all runs."""
        return self.groups[row - len(self.rows)] if row >= len(self.rows) else None

    def group_at(self, row: int) -> str:
        """The group that a run or a heading belongs to."""
        return self.heading_at(row) or "" if row >= len(self.rows) else self._group_of[row]

    def members(self, group: str) -> list[int]:
        """Rows of a group's runs."""
        return [row for row, own in enumerate(self._group_of) if own == group]

    def heading_words(self, group: str) -> str:
        """A group in a few words: its name, and how many runs."""
        names = {"model": translate("Runs", "unknown model"), "sweep": translate("Runs", "not in a sweep")}
        count = QCoreApplication.translate("RunsView", "%n run(s)", "", len(self.members(group)))
        return f"{group or names.get(self._group_by, '')} \u00b7 {count}"

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows) + len(self.groups)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tips.get(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.titles[section] + (GAP if section in FIGURES else "")
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        heading = self.heading_at(index.row())
        if heading is not None:
            if role == GROUP_ROLE:
                return heading
            return self.heading_words(heading) if role == Qt.ItemDataRole.AccessibleTextRole else None
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            within = column == 0 and self._group_by == "sweep"  # the heading says which sweep
            return row.name.rpartition("/")[2] if within else self.texts(row)[column]
        if role == Qt.ItemDataRole.EditRole:
            return {NOTES: row.notes, TAGS: row.tags}.get(column)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(row) if column == 0 else None
        if role == SORT_ROLE:
            numbers: dict[int, Any] = {
                4: row.weight_bits * 10 + row.activation_bits, 6: row.float_top1, 7: row.student_top1, 8: None if row.lost is None else -row.lost,
                9: row.agreement, 10: row.exported_bytes, 11: row.seconds, LATENCY: row.latency_ms,
            }
            if column in numbers:
                return -1e9 if numbers[column] is None else float(numbers[column])
            return self.texts(row)[column].casefold()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.path
        return None

    @staticmethod
    def texts(row: RunRow) -> tuple[str, ...]:
        """The row as text, one for each column."""
        return (
            row.name, row.started.replace("T", " ")[:16], row.model, row.method,
            row.bits or (f"{row.weight_bits}/{row.activation_bits}" if row.weight_bits else "\u2013"),
            translate("Runs", row.state), value_text(row.float_top1, "%"),
            value_text(row.student_top1, "%"), drop_text(row.lost),
            value_text(row.agreement, "%"), bytes_text(row.exported_bytes), duration_text(row.seconds), row.notes,
            ", ".join(row.tag_list), latency_text(row.latency_ms, row.latency_range),
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.heading_at(index.row()) is not None:
            return Qt.ItemFlag.ItemIsEnabled  # it can have the cursor, to be folded, but is no run to be selected
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in (NOTES, TAGS) else flags

    def setData(self, index: Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() not in (NOTES, TAGS) or index.row() >= len(self.rows):
            return False
        row, text = self.rows[index.row()], str(value).strip()
        if index.column() == NOTES:
            self.rows[index.row()] = replace(row, notes=text)
            self.notesChanged.emit(row.path, text)
        else:
            text = ", ".join(split_tags(text))
            self.rows[index.row()] = replace(row, tags=text)
            self.tagsChanged.emit(row.path, text)
        self.dataChanged.emit(index, index)
        return True

    def _picture(self, row: RunRow) -> QPixmap:
        """The run's samples, or as much empty room, so that all names begin at one place."""
        found = self._pictures.get(row.thumbnail)
        if found is None:
            if row.thumbnail is None:
                found = QPixmap(*THUMBNAIL)
                found.fill(Qt.GlobalColor.transparent)
            else:
                width, height, data = row.thumbnail
                found = QPixmap.fromImage(QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888))
            self._pictures[row.thumbnail] = found
        return found


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in FIGURES else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
