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
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from acq_engine.errors import AcqError
from acq_engine.store import RunStore
from benchmarks.fault_files import single_files
from benchmarks.fault_outcomes import Content, Tally
from benchmarks.fault_processes import after, forked
from tests.tools.fault_hook import Hook, Moment

ROOT = Path(__file__).resolve().parents[1]
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


# --- forked processes -----------------------------------------------------------------------------------------------

def acq(*arguments: object) -> Callable[[], int | None]:
    """The command line, called in this process."""
    def call() -> None:
        from acq_engine.cli import main

        sys.argv = ["acq", *map(str, arguments)]
        main()
    return call


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
        tidy_up(run)
    try:
        differences = [f"exit code {code}"] if code else Content.of(run).differs(whole)
    except (AcqError, OSError, ValueError) as error:
        differences = [f"{type(error).__name__}: {error}"]
    tally.chain(done, differences, run.name)
    print(f"{run.name}: {', '.join(done)}: {'; '.join(differences) or 'equal'}", flush=True)
    if not differences:
        shutil.rmtree(run)


def tidy_up(run: Path) -> None:
    """Do as anyone does who deletes or exports the run: a kill in the last moment may leave the lock's file behind."""
    RunStore.open(run, write=True).close()


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
            tidy_up(home / "runs/run")
            differences = Content.of(home / "runs/run").differs(whole)
            strays = [path.name for path in (home / "config").rglob("*.tmp")]
            differences += [f"left behind: {strays}"] if strays else []
        except (AcqError, OSError, ValueError) as error:
            differences = [f"{type(error).__name__}: {error}"]
        tally.chain(done, differences, home.name)
        print(f"{home.name}: {', '.join(done)}: {'; '.join(differences) or 'equal'}", flush=True)
        left -= max(1, len(done))
        number += 1


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
