"""metrics.csv: one row a reporting interval, for spreadsheets and scripts."""

from __future__ import annotations

import csv
import io
import math
from itertools import zip_longest
from pathlib import Path

from acq_engine.events import METRICS, StepMetrics
from acq_engine.files import storage_errors, write_atomic

_FIXED = ("phase", "step", "global_step", "elapsed_seconds", "eta_seconds")
COLUMNS: tuple[str, ...] = (*_FIXED, *(metric.key for metric in METRICS))


class MetricsTable:
    """Appends rows; a column that was never there before is added behind the others."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._columns: list[str] | None = None

    def append(self, event: StepMetrics) -> None:
        """Add a row. Values that were not measured stay empty.

        Raises:
            StorageError: the disk refuses.
        """
        row = {
            "phase": event.phase, "step": str(event.step), "global_step": str(event.global_step),
            "elapsed_seconds": _number(event.elapsed_seconds), "eta_seconds": _number(event.eta_seconds),
            **{key: _number(value) for key, value in event.values.items()},
        }
        with storage_errors("The table of metrics can't be written.", self._path):
            columns = self._ready(list(row))
            with self._path.open("a", newline="", encoding="utf-8") as file:
                csv.DictWriter(file, columns, restval="").writerow(row)

    def rewind(self, global_step: int) -> None:
        """Remove the rows after `global_step`: a resumed run writes them again.

        Raises:
            StorageError: the disk refuses.
        """
        with storage_errors("The table of metrics can't be written.", self._path):
            rows = self._read()
            kept = [row for row in rows if _step(row) <= global_step]
            if rows != kept and self._columns is not None:
                self._rewrite(kept)

    def _ready(self, keys: list[str]) -> list[str]:
        """The columns, after the file was made or widened so that all `keys` have one."""
        rows = self._read() if self._columns is None else None
        if self._columns is None:
            self._columns = list(COLUMNS)
            self._rewrite([])
        missing = [key for key in keys if key not in self._columns]
        if missing:
            rows = self._read() if rows is None else rows
            self._columns.extend(missing)
            self._rewrite(rows)
        return self._columns

    def _read(self) -> list[dict[str, str]]:
        try:
            text = self._path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return []
        whole = text[:text.rfind("\n") + 1]  # without a row that a crash tore off
        lines = [cells for line in whole.splitlines() if (cells := _cells(line))]
        if not lines:
            return []
        if "global_step" not in lines[0]:  # no table of ours: put aside, and begun anew
            self._path.replace(self._path.with_name(self._path.name + ".damaged"))
            return []
        self._columns = list(lines[0])
        rows = [dict(zip_longest(self._columns, cells[:len(self._columns)], fillvalue="")) for cells in lines[1:]]
        if whole != text:
            self._rewrite(rows)
        return rows

    def _rewrite(self, rows: list[dict[str, str]]) -> None:
        buffer = io.StringIO(newline="")
        writer = csv.DictWriter(buffer, self._columns or COLUMNS, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
        write_atomic(self._path, buffer.getvalue().encode("utf-8"), durable=False)


def _cells(line: str) -> list[str]:
    """The cells of a line; none where it is damaged, which costs that line only."""
    try:
        return next(csv.reader([line]), []) if "\0" not in line else []
    except csv.Error:
        return []


def _step(row: dict[str, str]) -> float:
    text = row.get("global_step", "")
    return int(text) if text.isdecimal() and len(text) < 19 else math.inf


def _number(value: float | None) -> str:
    return "" if value is None or not math.isfinite(value) else f"{value:.9g}"
