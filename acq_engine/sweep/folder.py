"""The folder of a sweep: sweep.json, one run folder for each point of the grid, and their table as CSV.

What a run came to stands in its own folder and is read from there, so that a run that was taken up
again, or finished by another process, is right in the table too.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from acq_engine.errors import AcqError, StorageError
from acq_engine.files import remove_leftovers, storage_errors, write_atomic
from acq_engine.store import RunStore, check_folder, is_run
from acq_engine.store.run_info import now
from acq_engine.sweep.plan import SweepPlan, SweepRun, read_json
from acq_engine.sweep.variables import Value, text_of

DESCRIPTION = "sweep.json"
TABLE = "table.csv"
_FIGURES = ("float_top1", "student_top1", "exported_top1", "lost", "agreement", "float_bytes", "exported_bytes",
            "latency_ms", "seconds")


@dataclass(frozen=True)
class SweepRow:
    """One run of a sweep in figures; None where nothing was measured. Percentages are 0..100."""

    run: str  # the folder's name
    values: tuple[Value, ...]  # one for each axis
    state: str  # "waiting", "running", "paused", "interrupted", "stopped", "succeeded", "failed"
    float_top1: float | None = None
    student_top1: float | None = None
    exported_top1: float | None = None
    agreement: float | None = None  # quantized and float model, first answer
    float_bytes: int | None = None
    exported_bytes: int | None = None
    latency_ms: float | None = None
    seconds: float | None = None
    problem: str = ""  # why it failed

    @property
    def lost(self) -> float | None:
        """Percentage points of the quantized model against the float one."""
        if self.float_top1 is None or self.student_top1 is None:
            return None
        return self.student_top1 - self.float_top1


class SweepFolder:
    """A sweep on the disk. `create` or `open` it."""

    def __init__(self, path: Path, plan: SweepPlan, created: str, problems: dict[str, str]) -> None:
        self.path, self.plan, self.created = path, plan, created
        self._problems = problems  # of runs that could not even begin, by name

    @classmethod
    def create(cls, path: Path | str, plan: SweepPlan) -> SweepFolder:
        """Make the folder of a new sweep.

        Raises:
            StorageError: there is something in it already, or the disk refuses.
        """
        path = Path(path)
        if is_sweep(path):
            raise StorageError("This folder already contains a sweep.", cause=str(path),
                               hint=f"Resume it (acq sweep {path}), or choose another folder.")
        check_folder(path)
        with storage_errors("The folder of the sweep can't be created.", path):
            path.mkdir(parents=True, exist_ok=True)
        sweep = cls(path, plan, now(), {})
        sweep._save()
        sweep.write_table()
        return sweep

    @classmethod
    def open(cls, path: Path | str) -> SweepFolder:
        """Open the folder of a sweep.

        Raises:
            StorageError: there is no sweep.
            ConfigError: it is damaged or newer.
        """
        path = Path(path)
        if not is_sweep(path):
            raise StorageError("There is no sweep in this folder.", cause=f"{path} has no {DESCRIPTION}.")
        data = read_json(path / DESCRIPTION)
        problems = data.get("problems") if isinstance(data, dict) else None
        return cls(path, SweepPlan.from_data(data), str(data.get("created", "")),
                   {str(key): str(value) for key, value in problems.items()} if isinstance(problems, dict) else {})

    def with_trust(self, trust: bool) -> SweepFolder:
        """The same sweep; see `SweepPlan.with_trust`."""
        return SweepFolder(self.path, self.plan.with_trust(trust), self.created, self._problems)

    def folder(self, run: SweepRun) -> Path:
        """Where a run is written."""
        return self.path / run.name

    def row(self, run: SweepRun) -> SweepRow:
        """A run as it stands now."""
        problem = self._problems.get(run.name, "")
        if not is_run(self.folder(run)):
            return SweepRow(run.name, run.values, "failed" if problem else "waiting", problem=problem)
        try:
            store = RunStore.open(self.folder(run))
            info, figures = store.info, store.closing_figures()
            state = "interrupted" if store.interrupted else info.state
        except AcqError as error:
            return SweepRow(run.name, run.values, "failed", problem=error.message)
        results: dict[str, Any] = info.results
        known = {key: results.get(key) for key in (
            "float_top1", "student_top1", "exported_top1", "float_bytes", "exported_bytes", "seconds")}
        return SweepRow(
            run.name, run.values, "waiting" if state == "draft" else state, **known,
            agreement=figures.get("agreement"), latency_ms=figures.get("latency_ms"),
            problem=str(results.get("message", "")) if state == "failed" else "",
        )

    def rows(self) -> list[SweepRow]:
        """Every run, in the grid's order."""
        return [self.row(run) for run in self.plan.runs]

    def unfinished(self) -> list[SweepRun]:
        """What has not ended well, and is not being worked on: to be run, or taken up again."""
        left = []
        for run in self.plan.runs:
            folder = self.folder(run)
            if is_run(folder):
                try:
                    store = RunStore.open(folder)
                    if store.being_written or store.state == "succeeded":
                        continue
                except AcqError:  # damaged: its own attempt will say so, and keeps none of the others
                    pass
            left.append(run)
        return left

    def note_problem(self, run: SweepRun, text: str) -> None:
        """Keep why a run could not begin; an empty text forgets it.

        Raises:
            StorageError: the disk refuses.
        """
        if self._problems.get(run.name, "") == text:
            return
        self._problems = {**self._problems, run.name: text}
        if not text:
            del self._problems[run.name]
        self._save()

    def write_table(self) -> Path:
        """Write table.csv anew: one row a run; what was not measured is empty.

        Returns:
            The file.

        Raises:
            StorageError: the disk refuses.
        """
        path = self.path / TABLE
        with storage_errors("The table of the sweep can't be written.", path):
            write_atomic(path, table_csv(self.plan, self.rows()).encode(), durable=False)
        return path

    def _save(self) -> None:
        data = {**self.plan.to_data(), "created": self.created, "problems": self._problems}
        path = self.path / DESCRIPTION
        remove_leftovers(self.path)
        with storage_errors("The sweep can't be saved.", path):
            write_atomic(path, (json.dumps(data, indent=2) + "\n").encode())


def table_csv(plan: SweepPlan, rows: list[SweepRow]) -> str:
    """The rows as CSV: run, a column for each varied setting, state, figures, problem."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["run", *(axis.variable.name for axis in plan.axes), "state", *_FIGURES, "problem"])
    for row in rows:
        figures = (getattr(row, name) for name in _FIGURES)
        writer.writerow([row.run, *(text_of(value) for value in row.values), row.state,
                         *("" if value is None else f"{value:.9g}" for value in figures), row.problem])
    return buffer.getvalue()


def is_sweep(path: Path | str) -> bool:
    """Whether this is the folder of a sweep."""
    return (Path(path) / DESCRIPTION).is_file()


def list_sweeps(folder: Path | str) -> list[SweepFolder]:
    """The readable sweeps directly in `folder`, newest first."""
    found = []
    try:
        candidates = sorted(path for path in Path(folder).iterdir() if is_sweep(path))
    except OSError:
        return []
    for path in candidates:
        try:
            found.append(SweepFolder.open(path))
        except AcqError:
            continue
    return sorted(found, key=lambda sweep: sweep.created, reverse=True)
