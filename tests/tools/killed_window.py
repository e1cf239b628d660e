"""The program with its window, killed in the middle of a run's write; what benchmarks/faults.py starts again and again.

    python -m tests.tools.killed_window FOLDER SETTINGS [MOMENT]

Begins a run in FOLDER/runs/run, or takes up the one that the window offers, and ends when the run has. MOMENT is a JSON
list: the call at which the process is killed (see `fault_hook`), and how many of its kind go by before. The exit code
is 3 where an interrupted run is not offered, 4 where the run does not succeed.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from acq_app.run.state import RunState
from acq_app.settings.preferences import Preferences, save_preferences, settings_file
from acq_app.shell.application import Application, parse
from acq_engine.settings.reading import read_settings
from acq_engine.store import RunStore, is_run
from tests.tools.fault_hook import Hook, Moment


class Killed(QObject):
    """Takes the run up or begins it, and ends the program after it."""

    def __init__(self, program: Application, folder: Path, settings: Path) -> None:
        super().__init__()
        self.program, self.run, self.settings, self.code = program, folder / "runs/run", settings, 0
        self.timer = QTimer(self)
        self.timer.setInterval(50)
        self.timer.timeout.connect(self.look)
        program.studio.viewsLoaded.connect(self.begin)

    def begin(self) -> None:
        studio = self.program.studio
        state = RunStore.open(self.run).state if is_run(self.run) else "draft"
        if state == "succeeded":
            QTimer.singleShot(0, self.program.app.quit)
            return
        if state == "draft":  # killed before there was anything to go on from
            shutil.rmtree(self.run, ignore_errors=True)
            studio.features.runs.begin(read_settings(self.settings), self.run)
        elif studio.prompts._interrupted == self.run and studio.window.banner.isVisible():
            studio.window.banner.chosen.emit("resume")
        else:
            self.code = 3
            QTimer.singleShot(0, self.program.app.quit)
            return
        self.timer.start()

    def look(self) -> None:
        state = self.program.studio.session.controller.state
        if state in (RunState.SUCCEEDED, RunState.FAILED, RunState.STOPPED):
            self.timer.stop()
            self.code = 0 if state is RunState.SUCCEEDED else 4
            self.program.app.quit()


def main() -> None:
    """Run the program to its end, or to its kill."""
    folder, settings = Path(sys.argv[1]), Path(sys.argv[2])
    if not settings_file().exists():
        save_preferences(Preferences(runs_folder=folder / "runs", tour_seen=True, notify=False))
    program = Application(parse([]))
    killed = Killed(program, folder, settings)
    hook: Hook | None = None
    if len(sys.argv) > 3 and sys.argv[3]:
        hook = Moment(*json.loads(sys.argv[3])).install([folder])
    code = program.run()
    if hook is not None:
        hook.uninstall()
    sys.exit(killed.code or code)


if __name__ == "__main__":
    main()
