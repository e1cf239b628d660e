"""Kills at every moment at which a single file is written: the report, the queue, the preferences, a preset."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from acq_engine.store import RunStore
from benchmarks.fault_outcomes import Tally
from benchmarks.fault_processes import after, forked
from tests.tools.fault_hook import Hook


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
