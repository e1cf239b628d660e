"""Pictures of the real window in every state, for looking at and for the documents.

    python -m tests.tools.screenshots [--docs] [--real] [--only NAME] [--scale 2]

A made-up run with a fixed seed is shown, so that two sets of pictures differ only where the window
changed; they go to screenshots/. With --real the built-in sample is run. With --docs it is run as
well, since documents show measured figures only, and the few pictures that they need go to
docs/images/.
"""

from __future__ import annotations

import argparse
import gc
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QEventLoop, QPoint, QTimer
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from acq_app.appearance.language import ENGLISH, install, languages
from acq_app.appearance.theme import load_theme
from acq_app.dialogs.export import ExportDialog
from acq_app.features.export.feature import Exporting
from acq_app.run.controller import RunController, RunFactory
from acq_app.run.jobs import Job
from acq_app.run.state import RunState
from acq_app.settings.preferences import CONFIG_DIR_VARIABLE, Preferences
from acq_app.shell.application import make_qapplication
from acq_app.shell.studio import Studio
from acq_app.views.losses.view import LossesView
from acq_app.views.results.view import ResultsView
from acq_app.views.samples.view import SamplesView
from acq_engine.control import RunControl
from acq_engine.settings import RunConfig
from tests.tools import work_scenes
from tests.tools.fake_export import FakeExport
from tests.tools.fake_run import FakeRun
from tests.tools.windows import put_away

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"1100": (1100, 700), "1280": (1280, 800), "1920": (1920, 1080)}
DOCS = {("running", "light"), ("results", "light"), ("layers", "light"), ("empty", "light"),
        ("export", "light"), ("collapsed", "light")}
REAL_SECONDS = 1200  # on a machine that others use as well


def wait(milliseconds: int) -> None:
    """Let the event loop run. QTest.qWait would hold Python's lock meanwhile, and starve a run in its thread."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Stage:
    """One window with a run in a chosen state."""

    def __init__(self, theme: str, size: tuple[int, int], folder: Path, factory: RunFactory | None) -> None:
        settings = Preferences(runs_folder=folder)
        self.studio = Studio(settings, RunController(factory), load_theme(theme))
        self.studio.window.resize(*size)
        self.studio.window.show()
        self.until(lambda: bool(self.studio.window.host.views))
        self.settle()

    def settle(self) -> None:
        """Let layouts, batches and repaints come to rest."""
        for _ in range(4):
            wait(60)

    def until(self, reached: Callable[[], bool], seconds: float = 60) -> None:
        """Wait for something to be so."""
        timer = QElapsedTimer()
        timer.start()
        while not reached():
            if timer.hasExpired(int(seconds * 1000)):
                raise RuntimeError(f"not reached within {seconds:.0f} s")
            wait(20)

    def start(self) -> None:
        """Press Start."""
        self.studio.registry["start"].trigger()

    def page(self, name: str) -> None:
        """Show a page by a view's id."""
        self.studio.window.show_page(name)

    def grab(self, dialog: QDialog | None = None) -> QPixmap:
        """The window, with a dialog over it if there is one."""
        self.settle()
        picture = self.studio.window.grab()
        if dialog is not None:
            over = dialog.grab()
            ratio = picture.devicePixelRatio()
            painter = QPainter(picture)
            painter.fillRect(picture.rect(), QColor(0, 0, 0, 70))
            at = QPoint(int((picture.width() - over.width()) / ratio / 2),
                        int((picture.height() - over.height()) / ratio / 2))
            painter.fillRect(at.x() - 1, at.y() - 1, int(over.width() / ratio) + 2, int(over.height() / ratio) + 2,
                             QColor(0, 0, 0, 160))
            painter.drawPixmap(at, over)
            painter.end()
        return picture

    def close(self) -> None:
        """Stop what runs and take the window away."""
        latest = self.studio.context.dialogs.latest
        if latest is not None:
            latest.close()
        put_away(self.studio)
        del self.studio
        # What the loop would delete later has to be gone before the application is.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        gc.collect()


class Gallery:
    """Takes the pictures."""

    def __init__(self, out: Path, folder: Path, docs: bool, only: str) -> None:
        self.out, self.folder, self.docs, self.only = out, folder / "runs", docs, only
        self.runs: list[FakeRun] = []

    def factory(self, **options: object) -> RunFactory:
        """Makes made-up runs."""
        def make(config: RunConfig, out: Path, control: RunControl) -> FakeRun:
            run = FakeRun(config=config, control=control, run_dir=str(out), **options)  # type: ignore[arg-type]
            self.runs.append(run)
            return run

        return make

    def save(self, stage: Stage, name: str, theme: str, size: str, dialog: QDialog | None = None) -> None:
        """Write one picture."""
        if self.only and self.only not in name:
            return
        if self.docs and (name, theme) not in DOCS:
            return
        self.out.mkdir(parents=True, exist_ok=True)
        picture = stage.grab(dialog)
        dense = f"@{picture.devicePixelRatio():.0f}x" if picture.devicePixelRatio() > 1 else ""
        path = self.out / (f"{name}-{theme}.png" if self.docs else f"{name}-{theme}-{size}{dense}.png")
        picture.save(str(path))
        print(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path, flush=True)

    def wanted(self, *names: str) -> bool:
        """Whether any of these pictures is asked for."""
        return not self.only or any(self.only in name for name in names)

    def all(self, theme: str, size: str) -> None:
        """Every state in one theme and size."""
        for scene in (self.before, self.running, self.finished, self.undone, self.unlabelled, self.bad, self.failed):
            scene(theme, size)
        work_scenes.waiting(self, theme, size)
        work_scenes.many(self, theme, size)
        work_scenes.dialogs(self, theme, size)

    def stage(self, theme: str, size: str, **options: object) -> Stage:
        """A window whose runs are made up."""
        return Stage(theme, SIZES[size], self.folder, self.factory(**options))

    def before(self, theme: str, size: str) -> None:
        """Before a run: the empty window, a reason against Start, the pages to read."""
        if not self.wanted("empty", "blocked", "tour", "preferences", "palette", "help", "shortcuts", "about"):
            return
        stage = self.stage(theme, size)
        self.save(stage, "empty", theme, size)
        for name in ("preferences", "palette", "help", "shortcuts", "about"):
            if size == "1280" and self.wanted(name):
                stage.studio.registry[name].trigger()
                stage.settle()
                dialog = stage.studio.context.dialogs.latest
                assert isinstance(dialog, QDialog)
                self.save(stage, name, theme, size, dialog)
                dialog.close()
                QApplication.processEvents()
        if size == "1280" and self.wanted("tour"):
            stage.studio.tour.begin()
            self.save(stage, "tour", theme, size)
            stage.studio.tour.end()
        stage.studio.run_settings.set_value("quantization.weight_bits", 12)
        stage.studio.prompts.offer_run(self.folder / "fashion-acq-w4a4-1")
        self.save(stage, "blocked", theme, size)
        stage.close()

    def running(self, theme: str, size: str) -> None:
        """In the middle of fine-tuning: running, then paused."""
        if not self.wanted("running", "paused"):
            return
        stage = self.stage(theme, size, hold_at=330)
        stage.start()
        stage.until(lambda: stage.studio.session.state.global_step >= 325)
        self.save(stage, "running", theme, size)
        stage.studio.registry["pause_resume"].trigger()
        self.runs[-1].release()
        stage.until(lambda: stage.studio.session.controller.state is RunState.PAUSED)
        stage.studio.window.host.select_sample(4)
        self.save(stage, "paused", theme, size)
        stage.close()

    def finished(self, theme: str, size: str) -> None:
        """After a run: live, results, log, export with its verdict."""
        if not self.wanted("finished", "details", "results", "layers", "feature_map", "log", "export", "export-tflite",
                           "export-openvino", "export-tensorrt"):
            return
        stage = self.stage(theme, size)
        stage.start()
        stage.until(lambda: stage.studio.session.controller.state is RunState.SUCCEEDED)
        self.after(stage, theme, size, FakeExport)

    def after(self, stage: Stage, theme: str, size: str, make_job: Callable[..., Job]) -> None:
        """The pictures of a finished run."""
        window = stage.studio.window
        self.save(stage, "finished", theme, size)
        self.details(stage, theme, size)
        for place in window.host.of_area("page"):
            stage.page(place.info.id)
            self.save(stage, place.info.id, theme, size)
        window.show_page("live")
        window.show_log()
        self.save(stage, "log", theme, size)
        window.show_log()
        if self.wanted("export", "export-tflite", "export-openvino", "export-tensorrt"):
            for kind in ("onnx",) if self.docs else ("onnx", "tflite", "openvino", "tensorrt"):
                self.export(stage, kind, theme, size, make_job)
        stage.close()

    def export(self, stage: Stage, kind: str, theme: str, size: str, make_job: Callable[..., Job]) -> None:
        """The export dialog at a format, before and after."""
        run_dir, context = stage.studio.session.run_dir, stage.studio.context
        assert run_dir is not None
        dialog = ExportDialog(run_dir, context.appearance.theme, stage.studio.window)
        Exporting(dialog, context.background, make_job)
        dialog.choose_format(kind)
        name = "export" if kind == "onnx" else f"export-{kind}"
        dialog.open()
        self.save(stage, f"{name}-before", theme, size, dialog)
        dialog.start()
        if dialog.question is not None:  # a real run has written its file already
            dialog.replace_button.click()
        stage.until(lambda: not dialog.busy, 300)
        stage.settle()
        dialog.adjustSize()
        # Whose folder it is has no place in a picture; a change by hand would take the verdict away.
        dialog.target.blockSignals(True)
        dialog.target.setText(f"{run_dir.name}/{Path(dialog.target.text()).name}")
        self.save(stage, name, theme, size, dialog)
        dialog.close()

    def details(self, stage: Stage, theme: str, size: str) -> None:
        """What a click opens on the page Live: accuracy, a large sample, the attention in another layer."""
        if not self.wanted("details"):
            return
        host = stage.studio.window.host
        losses, samples = host.places["losses"].view, host.places["samples"].view
        assert isinstance(losses, LossesView)
        assert isinstance(samples, SamplesView)
        losses.choose_group("accuracy")
        host.select_sample(7)
        samples.open_large(7)
        samples.large.overlay_buttons["eval"].click()
        host.show_layer("layer2")
        self.save(stage, "details", theme, size)
        host.show_layer("layer3")
        samples.close_large()
        losses.choose_group("student")

    def undone(self, theme: str, size: str) -> None:
        """A run whose fine-tuning did no good: on the page Live and among the results."""
        if self.wanted("undone", "undone-results"):
            stage = self.stage(theme, size, undone=True)
            stage.start()
            stage.until(lambda: stage.studio.session.controller.state is RunState.SUCCEEDED)
            self.save(stage, "undone", theme, size)
            stage.page("results")
            self.save(stage, "undone-results", theme, size)
            stage.close()

    def unlabelled(self, theme: str, size: str) -> None:
        """What a run without test images found: the top of the page, and what is below."""
        if self.wanted("unlabelled"):
            stage = self.stage(theme, size, with_test_set=False)
            stage.start()
            stage.until(lambda: stage.studio.session.controller.state is RunState.SUCCEEDED)
            stage.page("results")
            self.save(stage, "unlabelled", theme, size)
            view = stage.studio.window.host.places["results"].view
            assert isinstance(view, ResultsView)
            for part in (1, 2):
                bar = view.scroll_area.verticalScrollBar()
                bar.setValue(bar.maximum() * part // 2)
                self.save(stage, f"unlabelled-{part}", theme, size)
            stage.close()

    def bad(self, theme: str, size: str) -> None:
        """A generator that collapses: what the health panel says."""
        if self.wanted("collapsed"):
            stage = self.stage(theme, size, hold_at=330, collapsed=True)
            stage.start()
            stage.until(lambda: stage.studio.session.state.global_step >= 325)
            self.save(stage, "collapsed", theme, size)
            self.runs[-1].release()
            stage.close()

    def failed(self, theme: str, size: str) -> None:
        """A run that fails: the error dialog with its details."""
        if self.wanted("error"):
            stage = self.stage(theme, size, fail_at=120)
            stage.start()
            stage.until(lambda: bool(stage.studio.messages.open_errors))
            dialog = stage.studio.messages.open_errors[0]
            self.save(stage, "error", theme, size, dialog)
            dialog.more.setChecked(True)
            stage.settle()
            self.save(stage, "error-details", theme, size, dialog)
            stage.close()

    def real(self, theme: str, size: str) -> None:
        """The built-in sample, really run."""
        from acq_app.features.export.job import ExportJob

        stage = Stage(theme, SIZES[size], self.folder, None)
        self.save(stage, "empty", theme, size)
        stage.start()
        session = stage.studio.session
        # Within the trial: fine-tuning that does not help ends after it.
        stage.until(lambda: session.state.phase == "finetune" and session.state.step >= 40, REAL_SECONDS)
        self.save(stage, "running", theme, size)
        stage.until(lambda: not stage.studio.session.active, REAL_SECONDS)
        self.after(stage, theme, size, ExportJob)


def main() -> None:
    """Take the pictures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", action="store_true", help="write the documents' pictures into docs/images")
    parser.add_argument("--real", action="store_true", help="run the built-in sample instead of a made-up run")
    parser.add_argument("--only", default="", help="only pictures whose name contains this")
    parser.add_argument("--theme", choices=("light", "dark", "high-contrast"), help="only this theme")
    parser.add_argument("--size", choices=tuple(SIZES), help="only this size")
    parser.add_argument("--scale", type=float, default=1.0, help="pixels per point, as on dense screens")
    parser.add_argument("--language", choices=tuple(languages()), default=ENGLISH, help="in this language")
    arguments = parser.parse_args()
    if arguments.scale != 1:
        os.environ["QT_SCALE_FACTOR"] = str(arguments.scale)
    if arguments.docs:
        arguments.real, arguments.size = True, "1280"
    with tempfile.TemporaryDirectory() as folder:
        os.environ[CONFIG_DIR_VARIABLE] = folder
        app = make_qapplication()
        install(arguments.language)
        app.setFont(QFont("DejaVu Sans", 9))
        out = ROOT / ("docs/images" if arguments.docs else "screenshots")
        if arguments.language != ENGLISH:
            out = out / arguments.language
        gallery = Gallery(out, Path(folder), arguments.docs, arguments.only)
        for theme in (arguments.theme,) if arguments.theme else ("light", "dark", "high-contrast"):
            for size in (arguments.size,) if arguments.size else tuple(SIZES):
                if theme == "high-contrast" and arguments.docs:
                    continue
                if arguments.real:
                    gallery.real(theme, size)
                    if arguments.docs:  # a sign of failure has to be made up
                        gallery.bad(theme, size)
                else:
                    gallery.all(theme, size)


if __name__ == "__main__":
    main()
