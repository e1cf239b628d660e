"""RunStore: one run's folder, written by one process and read by any number."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from acq_engine.errors import AcqError, StorageError
from acq_engine.events import (
    Checkpointed,
    Event,
    Failed,
    Finished,
    LogMessage,
    ModelSummary,
    Paused,
    PhaseStarted,
    Resumed,
    RunPlan,
    RunStarted,
    StepMetrics,
)
from acq_engine.files import remove_leftovers, storage_errors, write_atomic
from acq_engine.settings import RunConfig
from acq_engine.store import checkpoints
from acq_engine.store.event_log import EventLog
from acq_engine.store.layout import (
    DESCRIPTION,
    FOLDERS,
    FOLDERS_OF_ARRAYS,
    LOCK,
    STUDENT,
    check_folder,
    is_run,
    remove_run,
)
from acq_engine.store.lock import FolderLock
from acq_engine.store.metrics_table import MetricsTable
from acq_engine.store.run_info import RunInfo, RunState, installed_versions, now, read_info
from acq_engine.store.serialization import event_to_dict
from acq_engine.store.text_log import TextLog

if TYPE_CHECKING:
    from torch import Tensor

_FRESH_SECONDS = 60.0
_CLOCKS_DIFFER = 3600.0


class RunStore:
    """A run folder. `create` and `open` make one; close it, or use it as a context manager."""

    def __init__(self, path: Path, info: RunInfo | None) -> None:
        self.path = path
        self._info = info  # None: somebody else may be writing, so read run.json each time
        self._lock = FolderLock(path / LOCK)
        self._log = EventLog(path)
        self._metrics = MetricsTable(path / "metrics.csv")
        self._text = TextLog(path / "log.txt")

    @classmethod
    def create(
        cls, path: Path | str, config: RunConfig, *, overwrite: bool = False,
        model: ModelSummary | None = None, teacher_sha256: str = "", plan: RunPlan | None = None,
    ) -> RunStore:
        """Make a run folder and take its lock.

        Args:
            path: A folder that is empty or not there yet.
            config: The run's settings.
            overwrite: Take the place of an older run in that folder.
            model: What was loaded, if known by now.
            teacher_sha256: Hash of the teacher's weights, if known by now.
            plan: How the run divides its time, if that is planned.

        Raises:
            StorageError: the folder holds something else, or a run and `overwrite` is off; another
                process writes it; or the disk refuses. Nothing is left behind then.
        """
        path = Path(path)
        is_new = not path.exists()
        check_folder(path, overwrite)
        store = cls(path, RunInfo(config, "draft", now(), now(), installed_versions(), teacher_sha256, model,
                                  plan=plan))
        with storage_errors("The run folder can't be created.", path):
            path.mkdir(parents=True, exist_ok=True)
        try:
            store._take_lock()
            store._remove_old_run()
            store._save_info()
        except AcqError:
            ours = store._lock.held  # else somebody was quicker, and the folder is theirs
            store.close()
            if is_new and ours:
                shutil.rmtree(path, ignore_errors=True)
            raise
        return store

    @classmethod
    def open(cls, path: Path | str, *, write: bool = False) -> RunStore:
        """Open a run folder to read it, also while another process is writing it.

        Args:
            path: The run folder.
            write: Take the lock now; otherwise the first write takes it.

        Raises:
            StorageError: there is no run, it is damaged or newer, or `write` and another process writes it.
            ConfigError: its settings can't be used.
        """
        path = Path(path)
        if not is_run(path):
            raise StorageError(
                "There is no run in this folder.", cause=f"{path} has no {DESCRIPTION}.",
                hint="Choose the folder of a quantization run.",
            )
        store = cls(path, None)
        _ = store.info  # a damaged run.json is said here, not later
        if write:
            store.lock()
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the lock back. The store can still be read."""
        self._log.close()
        self._info = None
        self._lock.release()

    def lock(self) -> None:
        """Become the one who writes this run; once taken, again is fine.

        Raises:
            StorageError: another process is writing it.
        """
        if not self._lock.held:
            self._take_lock()
        if self._info is None:
            self._info = read_info(self.path / DESCRIPTION)

    def _take_lock(self) -> None:
        """Take the lock, and tidy up after writers that were killed."""
        self._lock.acquire()
        for folder in (self.path, *(self.path / name for name in FOLDERS)):
            remove_leftovers(folder)

    @property
    def info(self) -> RunInfo:
        """The content of run.json, as it is now."""
        return self._info if self._info is not None else read_info(self.path / DESCRIPTION)

    @property
    def config(self) -> RunConfig:
        """The run's settings."""
        return self.info.config

    @property
    def state(self) -> RunState:
        """The state that the last writer left; see also `interrupted`."""
        return self.info.state

    @property
    def being_written(self) -> bool:
        """Whether a living process has this run open for writing."""
        return self._lock.taken_by_somebody()

    @property
    def interrupted(self) -> bool:
        """Whether the run says that it goes on while nobody works on it any more (crash, power failure)."""
        return self.state in ("running", "paused") and not self.being_written

    @property
    def live(self) -> bool:
        """Whether somebody is working on the run, also on another machine, whose lock may not be seen here.

        Such a writer has left its lock's file there, and has written within the last minute.
        """
        if self.being_written:
            return True
        if self.state not in ("running", "paused") or self._lock.left_behind():
            return False
        try:
            age = time.time() - (self.path / "events.jsonl").stat().st_mtime
        except OSError:
            return False
        # From the future is what a server wrote whose clock is ahead; by hours, it is our clock that was set back.
        return (self.path / LOCK).exists() and -_CLOCKS_DIFFER < age < _FRESH_SECONDS

    @property
    def may_be_asked(self) -> bool:
        """Whether somebody may be there to take a request in: one who paused on another machine writes nothing."""
        return self.live or (self.state == "paused" and (self.path / LOCK).exists())

    def set_state(self, state: RunState) -> None:
        """Store the state. `write` does this by itself for the events that change it."""
        self._change(state=state)

    def write(self, event: Event) -> Event:
        """Append the event to events.jsonl, with its images, its row of metrics, its log line and its state.

        Returns:
            The event; samples and attention with `path`, the image's name relative to the run folder.

        Raises:
            StorageError: the disk refuses, or another process writes this run.
        """
        self.lock()
        if isinstance(event, RunStarted) and event.resumed_from_step is not None:
            saved = Checkpointed(event.resumed_from_step, checkpoints.name(event.resumed_from_step))
            if (self.path / saved.path).is_file() and not self._log.has(saved):
                self._log.append(saved)  # a kill came between the checkpoint and its event
            with suppress(OSError):  # or before older ones were removed
                checkpoints.discard_old(self.path / checkpoints.FOLDER, self.config.schedule.keep_checkpoints)
        event = self._log.append(event)
        match event:
            case StepMetrics():
                self._metrics.append(event)
            case RunStarted():
                self._log.remove_unnamed(FOLDERS_OF_ARRAYS)
                self._metrics.rewind(-1 if event.resumed_from_step is None else event.resumed_from_step)
                self._change(state="running", model=event.model, results={})
                self.log(f"run started on {event.device}, seed {event.seed}")
            case PhaseStarted():
                self.log(f"phase {event.phase}, {event.steps} steps")
            case LogMessage():
                self.log(event.text, event.level)
            case Paused():
                self.set_state("paused")
            case Resumed():
                self.set_state("running")
            case Finished():
                self._change(state=event.state, results=event_to_dict(event))
                self.log(f"run {event.state} after {event.seconds:.1f} s")
            case Failed():
                self._change(state="failed", results=event_to_dict(event))
                self.log("\n".join(part for part in (event.message, event.cause, event.detail) if part), "error")
        return event

    def change_plan(self, config: RunConfig, plan: RunPlan | None) -> None:
        """Store other settings and another plan of the run: what a resumed run follows."""
        self._change(config=config, plan=plan)

    def log(self, text: str, level: str = "info") -> None:
        """Add a line to log.txt, with the local time."""
        self.lock()
        self._text.add(text, level)

    def events(self, end: int | None = None) -> Iterator[Event]:
        """The run as it stands, with its arrays. Steps that a resumed run did again appear once.

        `end`: only up to there; see `events_end`.
        """
        return self._log.read(end)

    def events_end(self) -> int:
        """How far the events go now: the offset from which `tail_events` has what comes later."""
        return self._log.end()

    def tail_events(self, offset: int = 0) -> tuple[list[Event], int]:
        """What came since `offset`, in the order of writing, and the offset to ask with next time."""
        return self._log.tail(offset)

    def closing_figures(self) -> dict[str, float]:
        """What is not in run.json's results: `agreement` with the float model (percent), `latency_ms`; may be empty."""
        return self._log.closing_figures()

    def save_checkpoint(self, step: int, state: Mapping[str, Any]) -> str:
        """Save tensors and plain values; the newest `keep_checkpoints` stay.

        Returns:
            The checkpoint's name relative to the run folder, as `Checkpointed` has it.

        Raises:
            StorageError: the disk refuses; older checkpoints are intact.
            TypeError: the state holds something else.
        """
        self.lock()
        keep = self.config.schedule.keep_checkpoints
        path = checkpoints.save_checkpoint(self.path / "checkpoints", step, state, keep)
        return path.relative_to(self.path).as_posix()

    def load_checkpoint(self, skipped: list[str] | None = None) -> tuple[int, dict[str, Any]] | None:
        """(global step, state on the CPU) of the newest readable checkpoint; None if there is none.

        The names of newer ones that can't be read are added to `skipped`.
        """
        return checkpoints.load_checkpoint(self.path / "checkpoints", skipped)

    @property
    def has_checkpoint(self) -> bool:
        """Whether there is a checkpoint, readable or not."""
        return any((self.path / checkpoints.FOLDER).glob("*.pt"))

    def change_config(self, config: RunConfig) -> None:
        """Give the run other settings from here on.

        Raises:
            StorageError: the disk refuses.
        """
        self._change(config=config)

    def save_student(self, state: Mapping[str, Tensor]) -> str:
        """Save the finished student's state dict.

        Returns:
            The file's name relative to the run folder.

        Raises:
            StorageError: the disk refuses.
        """
        self.lock()
        checkpoints.save_tensors(self.path / STUDENT, state)
        return STUDENT

    def load_student_state(self) -> dict[str, Tensor]:
        """The finished student's state dict, on the CPU.

        Raises:
            StorageError: the run has not come that far, or the file is damaged.
        """
        if not (self.path / STUDENT).is_file():
            raise StorageError(
                "The run has no quantized model yet.", cause=f"{self.path} is {self.state}.",
                hint="Let the run finish, or resume it with: acq resume",
            )
        return checkpoints.load_tensors(self.path / STUDENT)

    def discard(self) -> None:
        """Remove what this run wrote, and the folder if nothing else is in it."""
        self.lock()
        self._remove_old_run()
        (self.path / DESCRIPTION).unlink(missing_ok=True)
        self.close()
        if not any(self.path.iterdir()):
            self.path.rmdir()

    def _change(self, **values: Any) -> None:
        self.lock()
        self._info = self.info.changed(**values)
        self._save_info()

    def _save_info(self) -> None:
        path = self.path / DESCRIPTION
        with storage_errors("The run's description can't be saved.", path):
            write_atomic(path, self.info.to_json().encode("utf-8"))

    def _remove_old_run(self) -> None:
        self._log.close()
        remove_run(self.path)


def list_runs(folder: Path | str, unreadable: list[Path] | None = None) -> list[RunStore]:
    """The readable runs directly in `folder`, newest first; to `unreadable`, the others are added."""
    found: list[tuple[str, RunStore]] = []
    try:
        candidates = sorted(path for path in Path(folder).iterdir() if is_run(path))
    except OSError:
        return []
    for path in candidates:
        try:
            store = RunStore.open(path)
            found.append((store.info.created, store))
        except AcqError:
            if unreadable is not None:
                unreadable.append(path)
    return [store for _, store in sorted(found, key=lambda pair: pair[0], reverse=True)]
