"""events.jsonl: every event of a run, one JSON object a line, append-only.

Whoever reads it may do so while it is being written, here or on another machine: a last line
without its end is not there yet, and a damaged line costs that line only.
"""

from __future__ import annotations

import json
import logging
import math
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Any

from acq_engine.errors import first_line
from acq_engine.events import Checkpointed, Event, LogMessage
from acq_engine.files import storage_errors
from acq_engine.store.array_files import ArrayReader, write_arrays
from acq_engine.store.serialization import event_from_dict, event_to_json

_LOG = logging.getLogger(__name__)
_STEP_KEYS = {"step_metrics": "global_step", "samples_ready": "step", "attention_ready": "step",
              "features_ready": "step",
              "checkpointed": "step", "paused": "step", "resumed": "step"}
_CLOSING_BYTES = 1 << 18
MAX_LOG_BYTES = 256 << 20  # the longest runs write some ten thousand lines of a few hundred bytes
MAX_LINE_BYTES = 16 << 20
_ENDINGS = ("finished", "failed", "paused", "resumed")
_ALWAYS_KEPT = ("run_started", "log_message")


class EventLog:
    """The events in one run folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._path = root / "events.jsonl"
        self._file: FileIO | None = None

    def append(self, event: Event) -> Event:
        """Write the event, whole or not at all; its arrays first, so that a line never names a missing file.

        Returns:
            The event, with `path` set where it got an image.

        Raises:
            StorageError: the disk refuses.
        """
        event, arrays_file = write_arrays(self._root, event)
        line = event_to_json(event, arrays_file).encode("ascii") + b"\n"
        with storage_errors("The run's events can't be saved.", self._path):
            file = self._file or self._open()
            end = file.seek(0, os.SEEK_END)
            try:
                written = 0
                while written < len(line):
                    written += file.write(line[written:])
            except OSError:
                file.truncate(end)  # making a file shorter works on a full disk too
                raise
        return event

    def end(self) -> int:
        """Where the last whole line ends: what `tail` begins from, after `read` up to there."""
        return self._bytes_from(0).rfind(b"\n") + 1

    def read(self, end: int | None = None) -> Iterator[Event]:
        """The run as it stands: without what a resumed run did again, and without its earlier endings.

        Each start says its phases, and each the float model's accuracy; a message that is said again appears once.

        What can't be read is left out, and a last message says how much that was. `end`: only what stands before it.
        """
        data = self._bytes_from(0)[:end]
        lines = list(self._lines(data))
        damaged = data.count(b"\n") - len(lines)
        arrays = ArrayReader(self._root)
        for place in _as_it_stands(lines):
            event, whole = self._event(lines[place], arrays)
            damaged += not whole
            if event is not None:
                yield event
        if damaged:
            yield LogMessage("warning", f"{damaged} event(s) of this run can't be read and are skipped.")

    def tail(self, offset: int) -> tuple[list[Event], int]:
        """The events written since `offset` (bytes; 0 at first), as they came, and the next offset."""
        data = self._bytes_from(offset)
        if not data and self._size() < offset:  # a new run took the place of the old one
            offset, data = 0, self._bytes_from(0)
        whole = data.rfind(b"\n") + 1
        arrays = ArrayReader(self._root)
        events = (self._event(line, arrays)[0] for line in self._lines(data[:whole]))
        return [event for event in events if event is not None], offset + whole

    def closing_figures(self) -> dict[str, float]:
        """Agreement with the float model (percent) and latency (ms) of the exported file, where they were measured.

        Latency is the median, and `latency_low_ms` and `latency_high_ms` its 10th and 90th percentile.

        They stand near the end of the file, so that only its end is read: a list of runs asks every run.
        """
        figures: dict[str, float] = {}
        offset = max(0, self._size() - _CLOSING_BYTES)
        data = self._bytes_from(offset)
        for line in self._lines(data[data.find(b"\n") + 1:] if offset else data):  # the first may be a part of one
            match line:
                case {"event": "run_started"}:
                    figures.clear()
                case {"event": "evaluated", "subject": "student", "final": True,
                      "agreement": float(value)} if math.isfinite(value):
                    figures["agreement"] = value
                case {"event": "verified", "latency_ms": float(value)} if math.isfinite(value):
                    figures["latency_ms"] = value
                    for name, part in zip(("latency_low_ms", "latency_high_ms"), _range(line), strict=False):
                        figures[name] = part
                case _:
                    pass
        return figures

    def has(self, checkpoint: Checkpointed) -> bool:
        """Whether the run as it stands says that it saved this checkpoint."""
        lines = list(self._lines(self._bytes_from(0)))
        kept = (lines[place] for place in _as_it_stands(lines))
        return any(line.get("event") == "checkpointed" and line.get("step") == checkpoint.step for line in kept)

    def remove_unnamed(self, folders: Iterable[str]) -> None:
        """Take away arrays and images that no line names: a kill came between them and their line.

        Nothing is taken while a line is damaged, since it may be the one that names them. What can't be removed stays.
        """
        data = self._bytes_from(0)
        lines = list(self._lines(data))
        if len(lines) < data.count(b"\n") or len(data) >= MAX_LOG_BYTES:
            return
        named = {str(line["arrays"]) for line in lines if "arrays" in line}
        with suppress(OSError):
            for file in [file for folder in folders for file in (self._root / folder).glob("*.*")]:
                if file.suffix in (".npz", ".png") and \
                        file.relative_to(self._root).with_suffix(".npz").as_posix() not in named:
                    file.unlink()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _open(self) -> FileIO:
        self._path.touch()
        self._file = self._path.open("r+b", buffering=0)
        self._file.truncate(self._file.read().rfind(b"\n") + 1)  # without a line that a crash tore off
        return self._file

    def _size(self) -> int:
        try:
            return self._path.stat().st_size
        except OSError:
            return 0

    def _bytes_from(self, offset: int) -> bytes:
        try:
            with self._path.open("rb") as file:
                file.seek(offset)
                data = file.read(MAX_LOG_BYTES)
                if len(data) == MAX_LOG_BYTES:
                    _LOG.warning("%s is too large; only its beginning is read.", self._path)
                return data
        except FileNotFoundError:
            return b""
        except OSError as error:
            _LOG.warning("%s can't be read: %s", self._path, error)
            return b""

    def _lines(self, data: bytes) -> Iterator[dict[str, Any]]:
        for text in data[:data.rfind(b"\n") + 1].split(b"\n")[:-1]:
            try:
                line = json.loads(text) if len(text) <= MAX_LINE_BYTES else None
            except (ValueError, RecursionError):
                line = None
            if isinstance(line, dict):
                yield line
            else:
                _LOG.warning("A damaged line in %s is skipped.", self._path)

    def _event(self, line: dict[str, Any], arrays: ArrayReader) -> tuple[Event | None, bool]:
        """The event of a line, without its arrays where only these can't be read; and whether all of it could be."""
        try:
            return event_from_dict(line, arrays), True
        except (ValueError, RecursionError) as error:
            _LOG.warning("An event in %s can't be read: %s", self._path, first_line(error))
        try:
            return event_from_dict(line), False
        except (ValueError, RecursionError):
            return None, False


def _as_it_stands(lines: list[dict[str, Any]]) -> list[int]:
    """Places of the lines that still count: what came after the checkpoint that a later start went on from does not.

    Where the log has no line about that checkpoint (a kill came between its file and its line), steps above it do not.
    """
    kept: list[tuple[int, str, int]] = []  # place, kind, and the step that the run was at
    said: set[str] = set()  # by the starts before
    saying: set[str] = set()
    position = 0
    for place, line in enumerate(lines):
        kind, step = str(line.get("event", "")), line.get(_STEP_KEYS.get(str(line.get("event", "")), ""))
        position = step if isinstance(step, int) else position
        if kind == "run_started":
            resumed = line.get("resumed_from_step")
            position = resumed if isinstance(resumed, int) else -1  # without a checkpoint it began anew
            saved = next((item[0] for item in kept if item[1:] == ("checkpointed", position)), None)
            kept = [item for item in kept if item[1] in _ALWAYS_KEPT or (item[1] not in _ENDINGS and (
                item[0] <= saved if saved is not None else item[2] <= position))]
            position = max(0, position)
            said |= saying
            saying.clear()
        elif kind == "log_message":
            text = f"{line.get('level')} {line.get('text')}"
            if text in said:  # each start says again what is to be said of the model and the test images
                continue
            saying.add(text)
        kept.append((place, kind, position))
    return [place for place, _, _ in kept]


def _range(line: dict[str, Any]) -> list[float]:
    """The two percentiles of a line's latency; none in older runs, or where they are no numbers."""
    ranges = line.get("latency_ranges")
    ends = ranges.get("latency_ms") if isinstance(ranges, dict) else None
    if not isinstance(ends, list) or len(ends) != 2:
        return []
    return ends if all(isinstance(end, float) and math.isfinite(end) for end in ends) else []
