"""Kills runs with SIGKILL at seeded moments, takes them up again, and compares the end with a run that nobody stopped.

    python -m benchmarks.faults [--kills 60] [--at-times 12] [--window 6] [--seed 0]

Three kinds of kill, each of a real run of the built-in sample at 12 px in a few steps:

* between two system calls, or in the middle of a write (tests/tools/fault_hook.py), in a process that is forked from
  one with torch in it, and runs `acq quantize` or `acq resume`;
* at a random time in each phase, in a process of its own (`python -m acq_engine`);
* in the window (offscreen), whose next start offers the run and resumes it.

And at every moment at which the report, the queue, the preferences and a preset are written. Equal means: the same
bytes in model.onnx and student.safetensors, the same events and rows of metrics but for their times, each once, and no
file that is not there without kills. Needs fork; Linux and macOS.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from acq_engine.errors import AcqError
from acq_engine.events import Evaluated, LogMessage, PhaseStarted, RunStarted
from acq_engine.store import RunStore, event_to_dict
from acq_engine.store.serialization import event_arrays
from tests.tools.fault_hook import Hook, Moment

ROOT = Path(__file__).resolve().parents[1]
TIMES = {"elapsed_seconds", "eta_seconds", "seconds", "latency_ms", "float_latency_ms", "latency_16_ms",
         "float_latency_16_ms", "run_dir", "peak_bytes", "planned_seconds"}
PHASES = ("prepare", "warmup", "calibrate", "finetune", "evaluate", "export")
SETTINGS: dict[str, Any] = {
    "device": "cpu", "threads": 1, "model": {"input_size": 12}, "generator": {"width": 8, "noise_dim": 8},
    "quantization": {"rounding": "nearest"},
    "test_set": {"path": str(ROOT / "tests/data/version-0.1/test.npz"), "limit": 20},
    "schedule": {"warmup_steps": 5, "finetune_steps": 5, "generator_batch": 4, "student_batch": 4,
                 "calibration_samples": 8, "pool_samples": 8, "report_every": 2, "sample_every": 2,
                 "checkpoint_every": 3, "canvas_share": 0},
}
PATIENCE = 600.0  # seconds for one process


# --- what a run came to ---------------------------------------------------------------------------------------------

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


# --- forked processes -----------------------------------------------------------------------------------------------

def forked(work: Callable[[], int | None]) -> int:
    """Do something in a process of its own; its exit code, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        code = 99
        try:
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            if not os.environ.get("FAULTS_LOUD"):
                os.dup2(quiet, 2)
            code = work() or 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def acq(*arguments: object) -> Callable[[], int | None]:
    """The command line, called in this process."""
    def call() -> None:
        from acq_engine.cli import main

        sys.argv = ["acq", *map(str, arguments)]
        main()
    return call


def after(hook: Callable[[], object], work: Callable[[], int | None]) -> Callable[[], int | None]:
    def both() -> int | None:
        hook()
        return work()
    return both


def next_command(run: Path, settings: Path) -> list[object]:
    """What a user calls next: resume what has begun, else begin again."""
    begun = (run / "events.jsonl").is_file() and b"run_started" in (run / "events.jsonl").read_bytes()
    return ["resume", run] if begun else ["quantize", "--config", settings, "--out", run, "--overwrite"]


def between_calls(folder: Path, settings: Path, whole: Content, moments: list[str], chance: random.Random, kills: int,
                  tally: Tally) -> None:
    """Chains of a few kills each, spread over all kinds of moments, until there were `kills` of them."""
    counts, left = Counter(moments), kills
    labels = sorted(counts)
    chance.shuffle(labels)
    queue, number = list(labels), 0
    while left > 0:
        run, done = folder / f"calls-{number}", []
        chain, queue = queue[:4], queue[4:]
        if len(queue) < 4:
            more = list(labels)
            chance.shuffle(more)
            queue += more
        chain.sort(key=moments.index)
        for label in chain[:left]:
            # A later process has fewer of them before it: then the first half is more likely to be met.
            moment = Moment(label, chance.randrange(max(1, counts[label] // 2)))
            code = forked(after(partial(moment.install, [run]), acq(*next_command(run, settings))))
            if code == -signal.SIGKILL:
                done.append(label)
            elif code:
                tally.problems.append(f"{run.name}: exit code {code} on the way to {label}")
            else:
                break
        end_of_chain(run, settings, whole, done, tally)
        left -= len(done)
        number += 1


def end_of_chain(run: Path, settings: Path, whole: Content, done: list[str], tally: Tally) -> None:
    """Take a run up a last time, and compare."""
    if not (run / "run.json").is_file() or RunStore.open(run).state != "succeeded":
        code = forked(acq(*next_command(run, settings)))
    else:
        code = 0
        RunStore.open(run, write=True).close()  # as anyone does who deletes or exports it: tidies up
    try:
        differences = [f"exit code {code}"] if code else Content.of(run).differs(whole)
    except (AcqError, OSError, ValueError) as error:
        differences = [f"{type(error).__name__}: {error}"]
    tally.chain(done, differences, run.name)
    print(f"{run.name}: {', '.join(done)}: {'; '.join(differences) or 'equal'}", flush=True)
    if not differences:
        shutil.rmtree(run)


# --- processes of their own -----------------------------------------------------------------------------------------

def at_random_times(folder: Path, settings: Path, whole: Content, chance: random.Random, kills: int,
                    tally: Tally) -> None:
    """Kill the command line's process some time after each phase has begun."""
    left, number, phases = kills, 0, list(PHASES)
    while left > 0:
        run, done = folder / f"times-{number}", []
        for phase in phases[:min(3, left)]:
            command = [sys.executable, "-m", "acq_engine", *map(str, next_command(run, settings))]
            if killed_in(command, run, phase, chance.random() * 4):
                done.append(f"a random time in {phase}")
        phases = phases[3:] or list(PHASES)
        end_of_chain(run, settings, whole, done, tally)
        left -= max(1, len(done))
        number += 1


def killed_in(command: list[str], run: Path, phase: str, wait: float) -> bool:
    """Whether a process was killed so many seconds after it began a phase; False when it ended before."""
    before = phases_begun(run).total()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        began = phases_begun(run)
        if began.total() > before and began[phase]:
            time.sleep(wait)
            process.kill()
            return process.wait() == -signal.SIGKILL
        time.sleep(0.02)
    process.kill()
    process.wait()
    return False


def phases_begun(run: Path) -> Counter[str]:
    """How often each phase has begun, by the log."""
    try:
        text = (run / "events.jsonl").read_text()
    except OSError:
        return Counter()
    return Counter({phase: text.count(f'"phase_started", "phase": "{phase}"') for phase in PHASES})


def in_the_window(folder: Path, settings: Path, whole: Content, moments: list[str], chance: random.Random, kills: int,
                  tally: Tally) -> None:
    """Kill the window while it runs; its next start offers the run and resumes it."""
    labels, number, left = sorted(set(moments)), 0, kills
    while left > 0:
        home = folder / f"window-{number}"
        done: list[str] = []
        environment = os.environ | {
            "QT_QPA_PLATFORM": "offscreen", "ACQ_STUDIO_CONFIG_DIR": str(home / "config"), "PYTHONPATH": str(ROOT),
        }
        for _ in range(6):
            moment = json.dumps([chance.choice(labels), chance.randrange(3)]) if len(done) < min(3, left) else ""
            command = [sys.executable, "-m", "tests.tools.killed_window", str(home), str(settings), moment]
            code = subprocess.run(command, cwd=ROOT, env=environment, timeout=PATIENCE, check=False,
                                  capture_output=True).returncode
            if code == -signal.SIGKILL:
                done.append("in the window: " + json.loads(moment)[0].partition(":")[0])
            elif code:
                tally.problems.append(f"{home.name}: exit code {code}")
                break
            else:
                break
        try:
            differences = Content.of(home / "runs/run").differs(whole)
            strays = [path.name for path in (home / "config").rglob("*.tmp")]
            differences += [f"left behind: {strays}"] if strays else []
        except (AcqError, OSError, ValueError) as error:
            differences = [f"{type(error).__name__}: {error}"]
        tally.chain(done, differences, home.name)
        print(f"{home.name}: {', '.join(done)}: {'; '.join(differences) or 'equal'}", flush=True)
        left -= max(1, len(done))
        number += 1


# --- single files ---------------------------------------------------------------------------------------------------

def _done(write: Callable[[], object]) -> None:
    write()


def every_moment(kind: str, folder: Path, write: Callable[[], object], read: Callable[[], object],
                 tally: Tally) -> None:
    """Kill a write at each of its moments: what is read afterwards is the old or the new, and nothing else lies there.

    `write` has to make the new out of the old each time; `folder` holds the old at first.
    """
    old = Path(tempfile.mkdtemp())
    shutil.copytree(folder, old, dirs_exist_ok=True)
    before, names = read(), {path.name for path in folder.rglob("*")}
    write()
    valid = (before, read())
    names |= {path.name for path in folder.rglob("*")}
    number, code = 0, -signal.SIGKILL
    while code == -signal.SIGKILL:
        shutil.rmtree(folder)
        shutil.copytree(old, folder)
        code = forked(after(Hook([folder], number).install, partial(_done, write)))
        if code == -signal.SIGKILL:
            found = read()
            left = {path.name for path in folder.rglob("*")} - names
            write()
            again = read() == valid[1]
            tally.add(f"{kind} is written", "equal" if found in valid and not left and again else "lost")
            if found not in valid or left or not again:
                tally.problems.append(f"{kind} at moment {number}: {left} {str(found)[:200]}")
        number += 1
    shutil.rmtree(old)


def single_files(run: Path, folder: Path, tally: Tally) -> None:
    """The report, the queue, the preferences and a preset."""
    from acq_app.features.presets.own_presets import list_presets, save_preset
    from acq_app.features.queue.model import QueueItem, QueueModel
    from acq_app.settings.preferences import Preferences, load_preferences, save_preferences
    from acq_engine.report import write_report
    from acq_engine.settings import RunConfig

    os.environ["ACQ_STUDIO_CONFIG_DIR"] = str(folder / "config")
    config = folder / "config"
    def add_second() -> None:
        queue = QueueModel()
        queue.remove(range(1, len(queue.items)))
        queue.add([QueueItem("second", RunConfig())])

    def titles() -> object:
        load_preferences()  # as the program's start does, which tidies the folder
        return [item.title for item in QueueModel().items]

    QueueModel().add([QueueItem("first", RunConfig())])
    every_moment("the queue", config, add_second, titles, tally)
    shutil.rmtree(config)
    save_preferences(Preferences(theme="dark"))
    every_moment("the preferences", config, lambda: save_preferences(Preferences(theme="light")),
                 lambda: load_preferences().theme, tally)
    save_preset("mine", RunConfig(seed=1))
    every_moment("a preset", config, lambda: save_preset("mine", RunConfig(seed=2)),
                 lambda: [preset.settings.seed for preset in list_presets()], tally)

    def report() -> None:
        write_report(run)

    def bytes_of_report() -> object:
        with RunStore.open(run, write=True):  # as whoever goes on with the run, exports it or deletes it
            pass
        path = run / "report.html"
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None

    every_moment("the report", run, report, bytes_of_report, tally)


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=60, help="between two system calls (default 60)")
    parser.add_argument("--at-times", type=int, default=12, help="at random times, in processes of their own")
    parser.add_argument("--window", type=int, default=6, help="in the window")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--short", action="store_true", help="a few of each")
    return parser.parse_args(arguments)


def main() -> int:
    chosen = parse()
    if chosen.short:
        chosen.kills, chosen.at_times, chosen.window = 8, 0, 0
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import onnxruntime  # noqa: F401 - what takes long is imported before the first fork

    import acq_engine.pipeline.evaluate_and_export
    import acq_engine.pipeline.run  # noqa: F401

    began, chance, tally = time.monotonic(), random.Random(chosen.seed), Tally()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = folder / "settings.json"
        settings.write_text(json.dumps(SETTINGS))
        run = folder / "whole"

        def counted() -> None:
            hook = Hook([run]).install()
            try:
                acq("quantize", "--config", settings, "--out", run)()
            finally:
                hook.uninstall()
                (folder / "moments.json").write_text(json.dumps(hook.moments))

        if forked(counted):
            print("The run that nobody stops failed.")
            return 1
        whole, moments = Content.of(run), json.loads((folder / "moments.json").read_text())
        print(f"{len(moments)} moments of {len(set(moments))} kinds in a run; {len(whole.events)} events", flush=True)
        between_calls(folder, settings, whole, moments, chance, chosen.kills, tally)
        at_random_times(folder, settings, whole, chance, chosen.at_times, tally)
        in_the_window(folder, settings, whole, moments, chance, chosen.window, tally)
        single_files(run, folder, tally)
    tally.print()
    print(f"seed {chosen.seed}, {(time.monotonic() - began) / 60:.0f} minutes")
    return 1 if any(row["lost"] for row in tally.rows.values()) or tally.problems else 0


if __name__ == "__main__":
    sys.exit(main())
