"""Hours in the window, and what they leave behind: memory, threads, open files, Qt's objects.

    python -m benchmarks.soak [--minutes 60] [--runs 300] [--settle 5]

The window (offscreen) with a history of `--runs` runs: views are switched, runs begun, paused, resumed and cancelled,
old runs opened, the theme changed. The runs are made up (tests/tools/fake_run.py): what they say is real, nothing is
computed. Prints a row a minute. Growth is counted from the medians of the first five rows after `--settle` minutes to
those of the last five.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import itertools
import os
import random
import shutil
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import astuple, dataclass
from pathlib import Path

import psutil

OLD = Path(__file__).resolve().parents[1] / "tests/data/version-0.1"
TICK_MS = 250
MEDIAN_OF = 5  # rows


@dataclass(frozen=True)
class Figures:
    """What the process holds: MB of its own (without libraries' pages), threads, files, Qt objects, Python's (1000)."""

    megabytes: float
    threads: int
    handles: int
    qt: int
    python: int


def measure() -> Figures:
    """After everything that can go has gone."""
    from PySide6.QtCore import QCoreApplication, QEvent, QObject
    from PySide6.QtGui import QPixmapCache

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    QPixmapCache.clear()  # what styles have drawn, at most 10 MB
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)  # what is free is given back: kept for reuse, it is no growth
    every = gc.get_objects()
    return Figures(
        round(own_bytes() / 2**20, 1), threading.active_count(), psutil.Process().num_fds(),
        sum(issubclass(type(item), QObject) for item in every), len(every) // 1000)


def own_bytes() -> int:
    """Memory that no file stands behind; where the system doesn't tell, what no other process shares.

    Pages of libraries count as a process's own as soon as the others that load them have ended: 20 MB at once.
    """
    rollup = Path("/proc/self/smaps_rollup")
    if rollup.is_file():
        line = next(line for line in rollup.read_text().splitlines() if line.startswith("Anonymous:"))
        return 1024 * int(line.split()[1])
    return int(psutil.Process().memory_full_info().uss)


def typical(rows: list[Figures]) -> Figures:
    """The medians: single figures depend on what is shown just then."""
    return Figures(statistics.median(row.megabytes for row in rows), *(
        int(statistics.median(getattr(row, name) for row in rows)) for name in ("threads", "handles", "qt", "python")))


def main() -> int:
    """Run the window, print a row a minute."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--settle", type=float, default=5)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ACQ_STUDIO_CONFIG_DIR"] = str(Path(folder) / "config")
        return soak(chosen, Path(folder))


def soak(chosen: argparse.Namespace, folder: Path) -> int:
    """As `main`, in a folder."""
    from PySide6.QtCore import QTimer

    from acq_app.appearance.theme import load_theme
    from acq_app.commands.pages import PAGES
    from acq_app.run.controller import RunController
    from acq_app.run.state import RunState
    from acq_app.settings.preferences import Preferences
    from acq_app.shell.application import make_qapplication
    from acq_app.shell.studio import Studio
    from tests.tools.fake_run import FakeRun

    runs = folder / "runs"
    for number in range(chosen.runs):
        shutil.copytree(OLD / "finished", runs / f"run-{number:03d}")
    app, chance = make_qapplication(), random.Random(chosen.seed)
    studio = Studio(
        Preferences(runs_folder=runs, tour_seen=True, notify=False),
        RunController(lambda config, out, control: FakeRun(config=config, control=control, run_dir=str(out),
                                                           delay=0.002)))
    pages = itertools.cycle([page.id for page in PAGES])
    themes = itertools.cycle(("dark", "light", "high-contrast"))
    done: dict[str, int] = {}
    errors: list[str] = []
    began = time.monotonic()
    rows: list[tuple[float, Figures]] = []

    def count(name: str) -> None:
        done[name] = done.get(name, 0) + 1

    def act() -> None:
        """One thing that a user does."""
        session, registry = studio.session, studio.registry
        for dialog in studio.messages.open_errors:
            count("an error was shown")
            errors.append(f"{dialog.failed.message} {dialog.failed.cause}".replace(str(runs), "RUNS"))
            dialog.close()
        what = chance.random()
        if what < 0.5:
            studio.context.navigation.show_page(next(pages))
            count("page shown")
        elif what < 0.53:
            studio.context.appearance.set_theme(load_theme(next(themes)))
            count("theme chosen")
        elif not session.active and what < 0.75:
            studio.features.runs.open(runs / f"run-{chance.randrange(chosen.runs):03d}")
            count("old run opened")
        elif not session.active:
            registry["start"].trigger()
            count("run begun")
        elif session.controller.state is RunState.RUNNING and what < 0.8:
            session.controller.pause()
            count("paused")
        elif session.controller.state is RunState.PAUSED:
            session.controller.resume()
            count("resumed")
        elif what > 0.97 and session.running:
            session.controller.cancel()
            count("cancelled")
        for path in sorted(runs.iterdir())[chosen.runs:]:  # the history stays as long as it was
            if not session.active and path != session.run_dir:
                shutil.rmtree(path, ignore_errors=True)

    def look() -> None:
        minutes = (time.monotonic() - began) / 60
        figures = measure()
        rows.append((minutes, figures))
        print("| " + " | ".join([f"{minutes:.1f}", *map(str, astuple(figures)), str(sum(done.values()))]) + " |",
              flush=True)
        if minutes >= chosen.minutes:
            app.quit()

    print("| minute | MB | threads | handles | Qt objects | Python objects (1000) | actions |\n"
          "|---|---|---|---|---|---|---|", flush=True)
    acting, looking = QTimer(), QTimer()
    acting.timeout.connect(act)
    looking.timeout.connect(look)
    studio.viewsLoaded.connect(lambda: (acting.start(TICK_MS), looking.start(60_000)))
    studio.window.show()
    app.exec()
    acting.stop()
    studio.context.background.cancel_all()
    studio.session.controller.wait(60_000)
    studio.quitter.leave()
    settled = typical([figures for minutes, figures in rows if minutes >= chosen.settle][:MEDIAN_OF])
    last = typical([figures for _, figures in rows][-MEDIAN_OF:])
    print(", ".join(f"{name}: {number}" for name, number in sorted(done.items())))
    for error in dict.fromkeys(errors):
        print(f"error shown {errors.count(error)} times: {error}")
    print(f"growth after {chosen.settle:.0f} minutes: memory {100 * (last.megabytes / settled.megabytes - 1):+.1f} %, "
          f"threads {last.threads - settled.threads:+d}, handles {last.handles - settled.handles:+d}, "
          f"Qt objects {last.qt - settled.qt:+d}")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
