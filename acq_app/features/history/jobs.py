"""The runs in a folder, as rows and as curves to compare. No torch; read in a thread by `run_history`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication

from acq_app.run.jobs import Emit, Job
from acq_app.views.runs.rows import THUMBNAIL, RunDetail, RunRow
from acq_app.views.shared.history import Look
from acq_engine.errors import AcqError, StorageError
from acq_engine.events import AttentionReady, Evaluated, SamplesReady, StepMetrics, Verified
from acq_engine.files import storage_errors, write_atomic
from acq_engine.store import RunStore, is_run, list_runs
from acq_engine.store.images import GAP

NOTES, TAGS = "notes.txt", "tags.txt"
NOTES_LIMIT = 10_000  # characters
FORBIDDEN = frozenset('/\\:*?"<>|')  # in names of folders, on one system or another
MOST_PIXELS = 30_000_000
UNREADABLE = "unreadable"  # in place of the state, where run.json tells none
WORDS = {"draft": "not started", "running": "running", "paused": "paused", "stopped": "stopped",
         "succeeded": "done", "failed": "failed"}


def row_of(store: RunStore) -> RunRow:
    """One run in one line, from run.json alone."""
    info = store.info
    results: dict[str, Any] = info.results
    config = info.config
    figures = store.closing_figures()
    state = "interrupted" if store.interrupted else WORDS.get(info.state, info.state)
    return RunRow(
        path=str(store.path), name=name_of(store.path), started=local_time(info.created),
        model=_model_of(store), method=config.method.upper(),
        weight_bits=config.quantization.weight_bits, activation_bits=config.quantization.activation_bits, state=state,
        bits=f"{config.quantization.weight_text()}/{config.quantization.activation_text()}",
        float_top1=results.get("float_top1"), student_top1=results.get("student_top1"),
        agreement=figures.get("agreement"), latency_ms=figures.get("latency_ms"),
        latency_range=(figures["latency_low_ms"], figures["latency_high_ms"]) if "latency_high_ms" in figures else None,
        exported_bytes=results.get("exported_bytes"), seconds=results.get("seconds"),
        notes=read_notes(store.path), tags=read_notes(store.path, TAGS),
        thumbnail=thumbnail(store.path),
    )


def _model_of(store: RunStore) -> str:
    """A run's model by the name that it has on the panel."""
    if store.config.model.source == "sample":
        return QCoreApplication.translate("ModelPanel", "Fashion sample")
    return store.info.model.name if store.info.model else store.config.model.name


def unreadable_row(path: Path) -> RunRow:
    """A run of which only its folder is known."""
    return RunRow(str(path), name_of(path), "", "", "", 0, 0, UNREADABLE, notes=read_notes(path),
                  tags=read_notes(path, TAGS))


def sweep_folders(folder: Path) -> list[Path]:
    """The folders of sweeps in a folder: their runs are part of the history."""
    try:
        return sorted(path for path in folder.iterdir() if (path / "sweep.json").is_file())
    except OSError:
        return []


def name_of(path: Path) -> str:
    """A run's name: its folder's, after the sweep that it belongs to."""
    in_sweep = (path.parent / "sweep.json").is_file()
    return f"{path.parent.name}/{path.name}" if in_sweep else path.name


def local_time(stamp: str) -> str:
    """A UTC time stamp in local time; what is none stays as it is."""
    try:
        return datetime.fromisoformat(stamp).astimezone().isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):  # also a year that no clock of the system knows
        return stamp


def thumbnail(folder: Path) -> tuple[int, int, bytes] | None:
    """Two of a run's newest samples, small, as width, height and RGB; None where there are none to be read."""
    try:
        newest = max((folder / "samples").glob("*.png"), key=lambda path: path.name)
        return _small(newest, newest.stat().st_mtime_ns)
    except Exception:  # a picture that is none of ours, or damaged: Pillow has many ways to fail
        return None


@lru_cache(maxsize=1000)
def _small(path: Path, changed: int) -> tuple[int, int, bytes] | None:
    """The first two tiles of a picture; `changed` makes a picture that was written again another one."""
    from PIL import Image

    del changed
    width, height = THUMBNAIL
    with Image.open(path) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            return None
        pixels = np.asarray(picture.convert("RGB"))
    empty = np.flatnonzero((pixels == pixels[0, 0]).all(axis=(1, 2)))  # the rows between tiles
    beyond = empty[empty > empty[0] + GAP]
    if not len(beyond):
        return None
    side = int(beyond[0]) - GAP
    strip = pixels[GAP:GAP + side, GAP:2 * (side + GAP)]
    small = Image.fromarray(strip).resize((width, height), Image.Resampling.BOX)
    return width, height, small.tobytes()


def read_notes(folder: Path, name: str = NOTES) -> str:
    """What the user wrote about a run, notes or tags; empty where there is nothing."""
    try:
        if not (folder / name).is_file():
            return ""
        with (folder / name).open(encoding="utf-8", errors="replace") as file:
            return file.read(NOTES_LIMIT).strip()
    except OSError:
        return ""


def write_notes(folder: Path, text: str, name: str = NOTES) -> None:
    """Keep the user's notes or tags beside the run, whole or not at all.

    Raises:
        OSError: the folder can't be written.
    """
    write_atomic(folder / name, text[:NOTES_LIMIT].encode("utf-8", "replace"))


def detail_of(store: RunStore) -> RunDetail:
    """A run's curves and settings; pictures are not read into the result."""
    steps: dict[str, list[int]] = {}
    values: dict[str, list[float]] = {}
    row, look = row_of(store), None
    for event in store.events():
        match event:
            case SamplesReady():
                look = Look(event)
            case AttentionReady(corrected=True) if look is not None and look.step == event.step:
                look.attention = event
            case StepMetrics():
                for key, value in event.values.items():
                    steps.setdefault(key, []).append(event.global_step)
                    values.setdefault(key, []).append(value)
            case Verified(latency_ms=latency) if latency is not None:
                row = replace(row, latency_ms=latency, latency_range=event.latency_ranges.get("latency_ms"))
            case Evaluated(subject="student", final=True, agreement=agreement) if agreement is not None:
                row = replace(row, agreement=agreement)
            case _:
                pass
    curves = {key: (np.asarray(steps[key], np.float64), np.asarray(values[key], np.float64)) for key in steps}
    names = store.info.model.class_names if store.info.model else ()
    return RunDetail(row, curves, flat(json.loads(store.config.to_json())), look, names)


def flat(settings: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """Nested settings as "losses.pair": "1.0"."""
    found: dict[str, str] = {}
    for key, value in settings.items():
        if isinstance(value, dict) and value:
            found.update(flat(value, f"{prefix}{key}."))
        else:
            found[prefix + key] = "" if value is None else str(value)
    return found


@dataclass
class ListRunsJob(Job):
    """Read the rows of all runs in some folders."""

    folders: tuple[Path, ...]
    extra: tuple[Path, ...] = ()  # single runs that lie elsewhere

    def run(self, emit: Emit) -> list[RunRow]:
        """Newest first; those that can't be read come last, with their names alone."""
        del emit
        unreadable: list[Path] = []
        stores = [store for folder in self.folders for store in list_runs(folder, unreadable)]
        for folder in self.folders:
            stores.extend(store for sweep in sweep_folders(folder) for store in list_runs(sweep, unreadable))
        known = {store.path for store in stores} | set(unreadable)
        for path in self.extra:
            if path not in known:
                try:
                    stores.append(RunStore.open(path))
                except AcqError:
                    if is_run(path):
                        unreadable.append(path)
        rows = []
        for store in stores:
            try:
                rows.append(row_of(store))
            except AcqError:  # since it was opened, somebody has damaged or removed it
                if is_run(store.path):
                    unreadable.append(store.path)
        rows.sort(key=lambda row: row.started, reverse=True)
        return rows + [unreadable_row(path) for path in unreadable]


@dataclass
class CompareJob(Job):
    """Read what is compared of some runs."""

    paths: tuple[Path, ...]

    def run(self, emit: Emit) -> list[RunDetail]:
        """In the order asked for.

        Raises:
            StorageError: one of them can't be read.
        """
        del emit
        return [detail_of(RunStore.open(path)) for path in self.paths]


def rename_run(path: Path, name: str) -> Path:
    """Give a run's folder another name.

    Raises:
        StorageError: the name is none, is taken, or the folder can't be renamed now.
    """
    name = name.strip()
    target = path.parent / name
    if not name or name in (".", "..") or target.name != name or set(name) & FORBIDDEN:
        raise StorageError("This can't be the name of a run.", cause=name or "It is empty.",
                           hint=f"Use letters, digits, spaces, and signs other than {' '.join(sorted(FORBIDDEN))}")
    if (path.parent / "sweep.json").is_file():
        raise StorageError("A run of a sweep keeps its name.", cause="The sweep finds its runs by their names.",
                           hint="Write a note in the table of runs instead.")
    if being_written(path):
        raise StorageError("The run is active and can't be renamed.", cause=path.name,
                           hint="Rename it after it has finished.")
    if target.exists() and target != path:
        raise StorageError("There is a folder of this name already.", cause=str(target), hint="Choose another name.")
    with storage_errors("The run can't be renamed.", path):
        path.rename(target)
    return target


@dataclass
class TrashJob(Job):
    """Move run folders to the trash."""

    paths: tuple[Path, ...]

    def run(self, emit: Emit) -> None:
        """All of them.

        Raises:
            StorageError: one can't be moved, or there is no trash; the others before it are gone.
        """
        del emit
        from send2trash import send2trash

        for path in self.paths:
            try:
                send2trash(str(path))
            except OSError as error:
                raise StorageError(
                    "The run can't be moved to the trash.", cause=f"{path.name}: {error}",
                    hint="Close other programs that use its folder, or delete the folder in the file manager.",
                ) from error


def being_written(path: Path) -> bool:
    """Whether somebody works on the run in this folder, this program or another one."""
    try:
        return RunStore.open(path).live
    except AcqError:
        return False


def existing(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Those that are still there."""
    return tuple(path for path in paths if path.is_dir())
