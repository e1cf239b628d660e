"""Scenes of working with many runs: the queue, a sweep, the history, and the dialogs that set them up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from acq_app.dialogs.bits import BitsDialog
from acq_app.views.runs.view import RunsView
from acq_app.views.sweeps.view import SweepsView
from acq_engine.control import RunControl
from acq_engine.settings import RunConfig
from tests.tools.fake_layers import FakeMeasurement
from tests.tools.stored_run import StoredRun
from tests.tools.windows import view_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tools.screenshots import Gallery

SHORT = {"schedule.warmup_steps": 40, "schedule.finetune_steps": 40}


def waiting(gallery: Gallery, theme: str, size: str) -> None:
    """Runs wait while one goes on."""
    if not gallery.wanted("queue-filled"):
        return
    stage = gallery.stage(theme, size, hold_at=330)
    studio = stage.studio
    stage.start()
    stage.until(lambda: studio.session.state.global_step >= 325)
    for bits, pair in ((3, 1.0), (6, 1.0), (4, 4.0)):
        studio.run_settings.set_values({"quantization.weight_bits": bits, "losses.pair": pair})
        studio.registry["enqueue"].trigger()
    stage.page("queue")
    gallery.save(stage, "queue-filled", theme, size)
    studio.features.queue.stop_all()
    studio.features.queue.model.remove(range(3))
    gallery.runs[-1].release()
    stage.until(lambda: not studio.session.active)
    stage.close()


def many(gallery: Gallery, theme: str, size: str) -> None:
    """A sweep that has run, and the history with two of its runs beside each other."""
    if not gallery.wanted("sweep", "runs-many", "runs-compared"):
        return
    stage = gallery.stage(theme, size)
    studio = stage.studio

    def stored(config: RunConfig, out: Path, control: RunControl) -> Any:
        return StoredRun(config=config, control=control, run_dir=str(out))

    studio.session.controller._factory = stored
    studio.run_settings.set_values(SHORT)
    studio.registry["sweep"].trigger()
    dialog = studio.features.sweeps.dialog
    assert dialog is not None
    name = f"bits-and-pair-{theme}-{size}"
    dialog.name.setText(name)
    dialog.rows[0].values.setText("2, 3, 4")
    dialog.rows[1].setting.setCurrentIndex(dialog.rows[1].setting.findData("losses.pair"))
    gallery.save(stage, "sweep-before", theme, size, dialog)
    dialog.begin_button.click()
    view = view_of(studio, "sweeps")
    assert isinstance(view, SweepsView)

    def ended() -> bool:
        shown = view.shown  # at first an earlier gallery's sweep may be on the screen
        return shown is not None and shown.name == name and all(point.state == "succeeded" for point in shown.points)

    stage.until(ended, 120)
    stage.page("sweeps")
    gallery.save(stage, "sweep", theme, size)
    stage.page("runs")
    runs = studio.window.host.places["runs"].view
    assert isinstance(runs, RunsView)
    stage.until(lambda: len(runs.table.rows) > 5)
    gallery.save(stage, "runs-many", theme, size)
    runs._group("sweep")
    gallery.save(stage, "runs-many-grouped", theme, size)
    runs._group("none")
    runs.compareRequested.emit([row.path for row in runs.table.rows[:3]])
    stage.until(lambda: runs.pages.currentWidget() is runs.compare)
    gallery.save(stage, "runs-compared", theme, size)
    stage.until(lambda: not studio.session.active and not studio.context.background.busy)
    stage.close()


def dialogs(gallery: Gallery, theme: str, size: str) -> None:
    """The dialogs of a run's setting up that `pages` does not show."""
    if size != "1280" or not gallery.wanted("bits", "presets"):
        return
    stage = gallery.stage(theme, size)
    studio = stage.studio
    if gallery.wanted("bits"):
        studio.features.bits.make_measure = FakeMeasurement
        studio.registry["choose_bits"].trigger()
        dialog = studio.context.dialogs.latest
        assert isinstance(dialog, BitsDialog)
        gallery.save(stage, "bits-before", theme, size, dialog)
        dialog.measure.click()
        stage.until(lambda: dialog.choice is not None)
        dialog.size_box.setValue(36.0)
        stage.until(dialog.take.isEnabled)
        gallery.save(stage, "bits", theme, size, dialog)
        dialog.close()
        QApplication.processEvents()
    if gallery.wanted("presets"):
        studio.registry["presets"].trigger()
        own = studio.features.presets.dialog
        assert own is not None
        for name in ("three bits", "many snapshots"):
            own.saveRequested.emit(name)
        gallery.save(stage, "presets", theme, size, own)
        own.close()
    stage.close()
