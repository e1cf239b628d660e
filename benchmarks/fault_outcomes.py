"""What a run came to after kills, compared with one that nobody stopped, and the table of that."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from acq_engine.events import Evaluated, LogMessage, PhaseStarted, RunStarted
from acq_engine.store import RunStore, event_to_dict
from acq_engine.store.serialization import event_arrays

TIMES = {"elapsed_seconds", "eta_seconds", "seconds", "latency_ms", "float_latency_ms", "latency_16_ms",
         "float_latency_16_ms", "latency_ranges", "latency_turns", "run_dir", "peak_bytes", "planned_seconds"}


@dataclass(frozen=True)
class Content:
    """What is compared of a run."""

    files: dict[str, str]  # hashes
    events: list[dict[str, Any]]
    repeated: set[str]  # what each start says again
    messages: Counter[str]
    metrics: list[dict[str, str]]
    others: set[str]  # names of files that no event names

    @classmethod
    def of(cls, folder: Path) -> Content:
        store = RunStore.open(folder)
        events, repeated, messages = [], set(), Counter[str]()
        for event in store.events():
            data = {key: value for key, value in event_to_dict(event).items() if key not in TIMES}
            data |= {name: hashlib.sha256(array.tobytes()).hexdigest() for name, array in event_arrays(event).items()}
            if isinstance(event, RunStarted):
                continue
            if isinstance(event, PhaseStarted) or (isinstance(event, Evaluated) and event.subject == "float"):
                repeated.add(json.dumps(data))
            elif isinstance(event, LogMessage):
                messages[event.text] += 1
            else:
                events.append(data)
        named = {str(line["arrays"]) for line in map(json.loads, (folder / "events.jsonl").read_text().splitlines())
                 if "arrays" in line}
        found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        with (folder / "metrics.csv").open(newline="") as file:
            rows = [{key: value for key, value in row.items() if key not in TIMES} for row in csv.DictReader(file)]
        return cls({name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
                    for name in ("model.onnx", "student.safetensors")}, events, repeated, messages, rows,
                   {name for name in found if str(Path(name).with_suffix(".npz")) not in named})

    def differs(self, other: Content) -> list[str]:
        """What is not the same, in words."""
        said = [name for name in self.files if self.files[name] != other.files[name]]
        ours, theirs = ([json.dumps(event) for event in content.events] for content in (self, other))
        if ours != theirs:
            lost, more = Counter(theirs) - Counter(ours), Counter(ours) - Counter(theirs)
            said.append(f"events: lost {[text[:60] for text in lost]}, more {[text[:60] for text in more]}"
                        if lost or more else "events: another order")
        said += [f"{name}: {getattr(self, name) ^ getattr(other, name)}" for name in ("repeated", "others")
                 if getattr(self, name) != getattr(other, name)]
        if self.messages != other.messages:
            said.append(f"messages: {self.messages - other.messages} {other.messages - self.messages}")
        return said + (["metrics"] if self.metrics != other.metrics else [])


@dataclass
class Tally:
    """The table: for each moment, how often, and how it ended."""

    rows: dict[str, Counter[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add(self, moment: str, outcome: str) -> None:
        self.rows.setdefault(moment, Counter())[outcome] += 1

    def chain(self, moments: Iterable[str], differences: list[str], name: str) -> None:
        for moment in moments:
            self.add(moment, "lost" if differences else "equal")
        if differences:
            self.problems.append(f"{name}: {'; '.join(differences)}")

    def print(self) -> None:
        print("\n| moment of the kill | tries | resumed to equal bits | lost |\n|---|---|---|---|")
        total = Counter[str]()
        for moment, row in [*sorted(self.rows.items()), ("all", total)]:
            print(f"| {moment} | {row.total()} | {row['equal']} | {row['lost']} |")
            total += row
        for problem in self.problems:
            print(problem)
