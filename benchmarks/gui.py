"""How quick the window is: until it is visible, while a run trains, with long curves, and how its memory grows.

    python -m benchmarks.gui --short      # two minutes of a run
    python -m benchmarks.gui              # an hour of it
    python -m benchmarks.gui --only run --minutes 20 --sample-every 5
                                          # its memory alone, the window's history full after 1,000 steps

Each part has a process of its own. Without a display the window is drawn into memory, and the table says so.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

STARTS = 5
TICK_MS = 5  # the timer whose lateness is measured
POINTS = 100_000
REFRESHES = 100
BEGIN_SECONDS = 30.0  # memory counts from here: views and libraries are loaded by then
ENDLESS = 1_000_000

Figures = dict[str, Any]


# --- parts: each runs in a process of its own and returns plain figures ------------------------------


def start(options: argparse.Namespace) -> Figures:
    """Seconds from `options.begun` (a time.time()) until the first painting of the window, and what was imported."""
    from PySide6.QtCore import QEvent, QObject

    from acq_app.shell.application import Application, parse

    class FirstPaint(QObject):
        at = 0.0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() is QEvent.Type.Paint and not self.at:
                self.at = time.time()
            return False

    program = Application(parse([]))
    first = FirstPaint()
    program.studio.window.installEventFilter(first)
    program.show()
    while not first.at:
        program.app.processEvents()
    heavy = [name for name in ("torch", "torchvision", "onnx", "onnxruntime", "pyqtgraph") if name in sys.modules]
    platform = program.app.platformName()
    program.studio.window.close()
    program.shutdown()
    return {"seconds": first.at - options.begun, "heavy": heavy, "platform": platform}


def run(options: argparse.Namespace) -> Figures:
    """Lateness of the event loop and memory while the built-in sample trains in its thread for `options.minutes`."""
    import psutil
    from PySide6.QtCore import QCoreApplication, Qt, QTimer

    from acq_app.run.state import RunState
    from acq_app.shell.application import Application, parse

    minutes: float = options.minutes
    program = Application(parse([]))
    studio, process = program.studio, psutil.Process()
    session, settings = studio.session, studio.run_settings
    studio.context.preferences.runs_folder = Path(os.environ["ACQ_STUDIO_CONFIG_DIR"]) / "runs"
    late: dict[str, list[float]] = {"before": [], "running": []}
    memory: list[tuple[float, int, float]] = []  # seconds, step, MB
    due = [0.0]
    began = [0.0]

    def tick() -> None:
        now = time.perf_counter()
        running = session.controller.state is RunState.RUNNING
        if due[0]:
            late["running" if running else "before"].append(1000 * max(0.0, now - due[0]))
        due[0] = now + TICK_MS / 1000
        if running and not began[0]:
            began[0] = now

    def weigh() -> None:
        if not began[0]:
            return
        seconds = time.perf_counter() - began[0]
        memory.append((seconds, session.state.global_step, process.memory_info().rss / 1e6))
        if seconds >= 60 * minutes:
            session.controller.cancel()
            ticker.stop()
            weigher.stop()
            stopped()

    def stopped() -> None:
        if session.active:
            QTimer.singleShot(100, stopped)
        else:
            QCoreApplication.exit(0)

    ticker, weigher = QTimer(), QTimer()
    ticker.setTimerType(Qt.TimerType.PreciseTimer)
    ticker.timeout.connect(tick)
    weigher.timeout.connect(weigh)
    settings.set_values({
        "schedule.finetune_steps": ENDLESS, "schedule.sample_every": options.sample_every,
    }, "benchmark")
    studio.viewsLoaded.connect(lambda: (ticker.start(TICK_MS), weigher.start(1000), studio.features.runs.start()))
    program.show()
    program.app.exec()
    steps = session.state.global_step
    points = [point for point in memory if point[0] >= min(BEGIN_SECONDS, 30 * minutes)]
    return {"before": late["before"], "running": late["running"], "steps": steps, "memory": points,
            "failed": session.state.failed is not None}


def losses(_: argparse.Namespace) -> Figures:
    """Milliseconds of one refresh of the losses view with 100,000 points in every curve, as new ones come at 10 Hz."""
    import numpy as np

    from acq_app.shell.application import make_qapplication
    from acq_app.views.losses.view import LossesView
    from acq_engine.events import METRICS, StepMetrics

    app = make_qapplication()
    view = LossesView()
    view.resize(640, 480)
    view.show()
    rng = np.random.default_rng(0)
    keys = [metric.key for metric in METRICS if metric.group in ("generator", "student", "accuracy")]
    total = POINTS + REFRESHES
    values = 1 + np.exp(-np.arange(total) / 20_000)[:, None] * rng.lognormal(0, 0.2, (total, len(keys)))

    def add(step: int) -> None:
        row = dict(zip(keys, values[step].tolist(), strict=True))
        view.apply(StepMetrics("finetune", step + 1, total, step + 1, row, 0.1 * step))

    begin = time.perf_counter()
    for step in range(POINTS):
        add(step)
    applied = 1e6 * (time.perf_counter() - begin) / POINTS
    view.flush()
    app.processEvents()
    costs, busy = [], time.process_time()
    for step in range(POINTS, total):
        begin = time.perf_counter()
        add(step)
        view.flush()
        view.grab()  # so that drawing counts, whatever the platform puts off
        costs.append(1000 * (time.perf_counter() - begin))
    busy = (time.process_time() - busy) / REFRESHES
    view.close()
    return {"refresh_ms": costs, "busy_ms": 1000 * busy, "apply_us": applied, "curves": len(keys)}


PARTS: dict[str, Callable[[argparse.Namespace], Figures]] = {"start": start, "run": run, "losses": losses}


# --- the table ------------------------------------------------------------------------------------------


def child(part: str, options: argparse.Namespace) -> Figures:
    """Run a part in a process of its own.

    Raises:
        RuntimeError: it failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "ACQ_STUDIO_CONFIG_DIR": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program's modules are compiled
        if not any(name in environment for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
            environment["QT_QPA_PLATFORM"] = "offscreen"
        out = Path(folder) / "figures.json"
        command = [sys.executable, "-m", "benchmarks.gui", "--part", part, "--minutes", str(options.minutes),
                   "--sample-every", str(options.sample_every), "--out", str(out), "--begun", repr(time.time())]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode or not out.is_file():
            raise RuntimeError(f"{part} failed:\n{done.stderr}")
        figures: Figures = json.loads(out.read_text(encoding="utf-8"))
        return figures


def percentile(values: list[float], share: float) -> float:
    """The value that `share` (0..1) of the values don't exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def tenths(points: list[Any]) -> list[list[Any]]:
    """The points in ten parts, one after another, none of them empty."""
    ends = [round(part * len(points) / 10) for part in range(11)]
    return [points[begin:end] for begin, end in itertools.pairwise(ends) if end > begin]


def spread(values: list[float]) -> str:
    """p50, p99 and maximum."""
    return f"{percentile(values, 0.5):.1f} | {percentile(values, 0.99):.1f} | {max(values):.1f}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="2 minutes of a run instead of 60")
    parser.add_argument("--minutes", type=float, default=0.0, help="so many minutes of a run")
    parser.add_argument("--sample-every", type=int, default=25, help="steps between two looks at the samples")
    parser.add_argument("--only", choices=tuple(PARTS), help="one of the parts")
    for name in ("--part", "--out"):
        parser.add_argument(name, help=argparse.SUPPRESS)
    parser.add_argument("--begun", type=float, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.minutes = options.minutes or (2.0 if options.short else 60.0)
    if options.part:
        Path(options.out).write_text(json.dumps(PARTS[options.part](options)), encoding="utf-8")
        return
    tables = {"start": start_table, "losses": losses_table, "run": run_table}
    for part, table in tables.items():
        if options.only in (None, part):
            table(options)
    from acq_app.dialogs.error import versions
    from acq_engine.evaluation.machine import machine

    others = "; ".join(line for line in versions().splitlines() if line.startswith(("Python", "PySide6")))
    print(f"{machine()}; {others}; load average at the end {os.getloadavg()[0]:.1f}")


def start_table(options: argparse.Namespace) -> None:
    """How soon the window is there."""
    starts = [child("start", options) for _ in range(STARTS + 1)][1:]  # the first one compiles modules
    seconds = [figures["seconds"] for figures in starts]
    heavy = sorted({name for figures in starts for name in figures["heavy"]})
    print(f"window visible, {STARTS} starts: median {statistics.median(seconds):.2f} s, best {min(seconds):.2f} s "
          f"(aim 1.0 s); imported by then: {', '.join(heavy) or 'neither torch nor pyqtgraph'}; drawn on: "
          f"{starts[0]['platform']}", flush=True)


def losses_table(options: argparse.Namespace) -> None:
    """What long curves cost."""
    drawn = child("losses", options)
    print(f"losses view, {drawn['curves']} curves of {POINTS:,} points | p50 ms | p99 ms | max ms")
    print(f"one refresh and its drawing | {spread(drawn['refresh_ms'])}")
    print(f"at 10 Hz {drawn['busy_ms'] / 100:.0%} of a core; taking in one report "
          f"{drawn['apply_us']:.0f} µs", flush=True)


def run_table(options: argparse.Namespace) -> None:
    """Lateness and memory while a run goes on."""
    went = child("run", options)
    print("event loop, lateness while the sample | p50 ms | p99 ms | max ms (aims: p99 16, max 100)")
    print(f"loads | {spread(went['before'])}")
    print(f"trains, {went['steps']:,} steps in {options.minutes:g} min | {spread(went['running'])}")
    print(f"memory, MB: at most {max(size for *_, size in went['memory']):.0f}\nminutes | step | median | most")
    for part in tenths(went["memory"]):
        sizes = [size for *_, size in part]
        print(f"{part[-1][0] / 60:.1f} | {part[-1][1]:,} | {statistics.median(sizes):.0f} | {max(sizes):.0f}")


if __name__ == "__main__":
    main()
