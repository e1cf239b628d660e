"""A program that ends in the middle of its work, as a process of its own: what tests of the way out look at.

    python -m tests.tools.ending run|export|inspection|measurement close|quit|signal|late|session|error FOLDER

"late" is a signal while the disk never answers. Prints what is left afterwards as one line of JSON; the exit code is
the program's.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QThread, QTimer
from shiboken6 import isValid

from acq_app.dialogs.bits import BitsDialog
from acq_app.dialogs.export import ExportDialog
from acq_app.features.bits.jobs import MeasureLayersJob
from acq_app.features.export.job import ExportJob
from acq_app.shell import quitter
from acq_app.shell.application import Application, parse
from acq_engine.errors import ModelError

FINISHED = Path(__file__).resolve().parents[1] / "data" / "version-0.1" / "finished"
CHECK_MS = 20


class Ending(QObject):
    """Begins the work, and ends the program once that is in its middle."""

    def __init__(self, program: Application, work: str, way: str, folder: Path) -> None:
        super().__init__()
        self.program, self.studio, self.way, self.folder = program, program.studio, way, folder
        self.middle = False
        self.reached: Callable[[], bool] = getattr(self, f"reached_{work}")
        self.begin: Callable[[], None] = getattr(self, f"begin_{work}")
        self.loop = QEventLoop()
        self.timer = QTimer(self)
        self.timer.setInterval(CHECK_MS)
        self.timer.timeout.connect(self.look)
        self.studio.viewsLoaded.connect(self.start)

    def start(self) -> None:
        self.begin()
        self.timer.start()

    def look(self) -> None:
        if not self.middle and self.reached():
            self.middle = True
            self.end()
        button = self.studio.quitter.stop_button
        if button is not None:
            button.click()

    def end(self) -> None:
        if self.way == "close":
            self.studio.window.close()
        elif self.way == "quit":
            self.studio.registry["quit"].trigger()
        elif self.way in ("signal", "late"):
            os.kill(os.getpid(), signal.SIGTERM)
        elif self.way == "session":
            self.studio.quitter.leave()  # what Qt calls; the desktop ends the process afterwards
            self.program.app.exit(0)
        else:
            self.loop.quit()

    # --- the kinds of work -----------------------------------------------------------------------

    def begin_run(self) -> None:
        self.studio.run_settings.set_values({
            "schedule.warmup_steps": 400, "schedule.generator_batch": 8, "schedule.sample_every": 200, "threads": 1})
        self.studio.registry["start"].trigger()

    def reached_run(self) -> bool:
        return self.studio.session.state.global_step >= 5

    def begin_export(self) -> None:
        # The disk is slow: the file is not whole before the program is to end.
        whole = os.fsync

        def slow(handle: int) -> None:
            if threading.current_thread() is not threading.main_thread():
                self.writing = True
                while not self.studio.session.leaving or self.way == "late":
                    time.sleep(0.01)
            whole(handle)

        self.writing = False
        os.fsync = slow  # type: ignore[assignment]
        self.studio.features.files.open(FINISHED)

    def reached_export(self) -> bool:
        dialog = self.studio.context.dialogs.latest
        if isinstance(dialog, ExportDialog):
            if not dialog.busy:
                dialog.target.setText(str(self.folder / "model.onnx"))
                dialog.start()
            return self.writing and self.studio.context.background.does(ExportJob)
        if self.studio.session.can_export and not self.studio.session.active:
            self.studio.registry["export"].trigger()
        return False

    def begin_inspection(self) -> None:
        # A download that takes its time: it ends when it is broken off.
        import acq_engine.models

        def load(_: object, *, progress: Callable[[int, int], None], stop: Callable[[], bool]) -> object:
            progress(1, 1000)
            self.loading = True
            while not stop():
                time.sleep(0.01)
            raise ModelError("The download was stopped.")

        self.loading = False
        acq_engine.models.load_model = load  # type: ignore[assignment]
        (self.folder / "net.safetensors").write_bytes(b"weights")
        self.studio.features.files.open(self.folder / "net.safetensors")

    def reached_inspection(self) -> bool:
        return self.loading

    def begin_measurement(self) -> None:
        self.studio.registry["choose_bits"].trigger()
        dialog = self.studio.context.dialogs.latest
        assert isinstance(dialog, BitsDialog)
        dialog.measure.click()

    def reached_measurement(self) -> bool:
        return self.studio.context.background.does(MeasureLayersJob) and "torch" in sys.modules


class FailingApplication:
    """An event loop that ends with an error of the shell."""

    def __init__(self, ending: Ending) -> None:
        self.ending = ending

    def exec(self) -> int:
        self.ending.loop.exec()
        raise RuntimeError("the shell broke")


def running_threads() -> list[str]:
    """Qt's threads that are still at work."""
    found = [item for item in gc.get_objects()
             if issubclass(type(item), QThread) and isValid(item) and item is not QThread.currentThread()]
    return [type(thread).__name__ for thread in found if thread.isRunning()]


def main() -> None:
    """Run the program to its end."""
    work, way, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    program = Application(parse([]))
    ending = Ending(program, work, way, folder)
    if way == "error":
        program.app = FailingApplication(ending)  # type: ignore[assignment]
    quitter.EXIT_WAIT_MS = 300 if way == "late" else 120_000  # a busy machine may take its time
    code = program.run()
    print(json.dumps({"middle": ending.middle, "threads": running_threads()}))
    sys.exit(code)


if __name__ == "__main__":
    main()
