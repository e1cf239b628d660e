"""Work on the folders of sweeps, done in threads: list them, begin one, keep a table up to date."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from acq_app.appearance.language import setting_words
from acq_app.features.history.jobs import local_time
from acq_app.features.queue.model import QueueItem
from acq_app.run.jobs import Emit, Job
from acq_app.settings.fields import field_specs
from acq_app.views.sweeps.rows import SweepAxis, SweepPoint, SweepShown
from acq_engine.errors import AcqError, ConfigError, StorageError
from acq_engine.files import storage_errors, write_atomic
from acq_engine.sweep.folder import SweepFolder, list_sweeps, table_csv
from acq_engine.sweep.plan import Axis, SweepPlan
from acq_engine.sweep.variables import text_of


def axis_title(axis: Axis) -> str:
    """A varied setting's name in the user's language."""
    spec = field_specs().get(axis.variable.path)
    return setting_words(axis.variable.title if spec is None else spec.title)


def shown(sweep: SweepFolder) -> SweepShown:
    """A sweep as plain data."""
    axes = tuple(SweepAxis(axis_title(axis), axis.variable.name, axis.variable.is_number) for axis in sweep.plan.axes)
    points = tuple(
        SweepPoint(
            row.run, str(sweep.path / row.run), row.values, tuple(text_of(value) for value in row.values), row.state,
            row.float_top1, row.student_top1, row.lost, row.agreement, row.exported_bytes, row.latency_ms, row.seconds,
            row.problem,
        ) for row in sweep.rows()
    )
    return SweepShown(str(sweep.path), sweep.path.name, local_time(sweep.created), axes, points)


def items_of(sweep: SweepFolder) -> list[QueueItem]:
    """What is left of a sweep, for the queue."""
    return [QueueItem(run.name, run.config, sweep.folder(run), sweep.path) for run in sweep.unfinished()]


@dataclass
class ListSweepsJob(Job):
    """Read the sweeps in a folder."""

    folder: Path
    extra: tuple[Path, ...] = ()  # sweeps that lie elsewhere

    def run(self, emit: Emit) -> list[SweepShown]:
        """Newest first; what can't be read is left out."""
        del emit
        found = list_sweeps(self.folder)
        known = {sweep.path for sweep in found}
        for path in self.extra:
            if path not in known:
                try:
                    found.append(SweepFolder.open(path))
                except AcqError:
                    continue
        return [shown(sweep) for sweep in found]


@dataclass
class BeginSweepJob(Job):
    """Make the folder of a new sweep."""

    path: Path
    plan: SweepPlan

    def run(self, emit: Emit) -> list[QueueItem]:
        """Its runs, for the queue.

        Raises:
            StorageError: the folder can't be made.
        """
        del emit
        return items_of(SweepFolder.create(self.path, self.plan))


@dataclass
class GoOnJob(Job):
    """Find what is left of a sweep."""

    path: Path

    def run(self, emit: Emit) -> list[QueueItem]:
        """Runs that have not ended well.

        Raises:
            StorageError, ConfigError: the sweep can't be read.
        """
        del emit
        return items_of(SweepFolder.open(self.path))


@dataclass
class EndSweepRunJob(Job):
    """A run of a sweep has ended: keep why it could not begin, and write the table anew."""

    path: Path
    run_name: str
    reason: str

    def run(self, emit: Emit) -> None:
        """Nothing is done where the sweep was thrown away meanwhile.

        Raises:
            StorageError: the disk refuses.
        """
        del emit
        try:
            sweep = SweepFolder.open(self.path)
        except (StorageError, ConfigError):
            return
        for run in sweep.plan.runs:
            if run.name == self.run_name:
                sweep.note_problem(run, "" if (sweep.folder(run) / "run.json").is_file() else self.reason)
        sweep.write_table()


@dataclass
class SaveTableJob(Job):
    """Write the table of a sweep where the user wants it."""

    path: Path
    target: Path

    def run(self, emit: Emit) -> None:
        """Write it.

        Raises:
            StorageError: the sweep can't be read, or the file not written.
        """
        del emit
        sweep = SweepFolder.open(self.path)
        with storage_errors("The table can't be saved.", self.target):
            write_atomic(self.target, table_csv(sweep.plan, sweep.rows()).encode())
