"""Scenes of working with many runs: the queue, a sweep, the history, and the dialogs that set them up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from acq_app import bit_choice
from acq_app.dialogs.bits import BitsDialog
from acq_app.views.runs import RunsView
from acq_app.views.sweeps import SweepsView
from acq_engine.control import RunControl
from acq_engine.settings import RunConfig
from tests.tools.fake_layers import FakeMeasurement
from tests.tools.stored_run import StoredRun

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tools.screenshots import Gallery

SHORT = {"schedule.warmup_steps": 40, "schedule.finetune_steps": 40}


def waiting(gallery: Gallery, theme: str, size: str) -> None:
    """Runs wait while one goes on."""
    if not gallery.wanted("queue-filled"):
        return
    stage = gallery.stage(theme, size, hold_at=330)
    window = stage.window
    stage.start()
    stage.until(lambda: window.state.global_step >= 325)
    for bits, pair in ((3, 1.0), (6, 1.0), (4, 4.0)):
        window.model.set_values({"quantization.weight_bits": bits, "losses.pair": pair})
        window.registry["enqueue"].trigger()
    stage.page("queue")
    gallery.save(stage, "queue-filled", theme, size)
    window.queue.stop_all()
    window.queue.model.remove(range(3))
    gallery.runs[-1].release()
    stage.until(lambda: not window.controller.active)
    stage.close()


def many(gallery: Gallery, theme: str, size: str) -> None:
    """A sweep that has run, and the history with two of its runs beside each other."""
    if not gallery.wanted("sweep", "runs-many", "compare"):
        return
    stage = gallery.stage(theme, size)
    window = stage.window

    def stored(config: RunConfig, out: Path, control: RunControl) -> Any:
        return StoredRun(config=config, control=control, run_dir=str(out))

    window.controller._factory = stored
    window.model.set_values(SHORT)
    window.registry["sweep"].trigger()
    dialog = window.sweeps.dialog
    assert dialog is not None
    name = f"bits-and-pair-{theme}-{size}"
    dialog.name.setText(name)
    dialog.rows[0].values.setText("2, 3, 4")
    dialog.rows[1].setting.setCurrentIndex(dialog.rows[1].setting.findData("losses.pair"))
    gallery.save(stage, "sweep-before", theme, size, dialog)
    dialog.begin_button.click()
    view = window.sweeps.view
    assert isinstance(view, SweepsView)

    def ended() -> bool:
        shown = view.shown  # at first an earlier gallery's sweep may be on the screen
        return shown is not None and shown.name == name and all(point.state == "succeeded" for point in shown.points)

    stage.until(ended, 120)
    stage.page("sweeps")
    gallery.save(stage, "sweep", theme, size)
    stage.page("runs")
    runs = window.host.places["runs"].view
    assert isinstance(runs, RunsView)
    stage.until(lambda: len(runs.table.rows) > 5)
    gallery.save(stage, "runs-many", theme, size)
    runs.compareRequested.emit([row.path for row in runs.table.rows[:3]])
    stage.until(lambda: runs.pages.currentWidget() is runs.compare)
    gallery.save(stage, "compare", theme, size)
    stage.until(lambda: not window.controller.active and not window.intents.busy)
    stage.close()


def dialogs(gallery: Gallery, theme: str, size: str) -> None:
    """The dialogs of a run's setting up that `pages` does not show."""
    if size != "1280" or not gallery.wanted("bits", "presets"):
        return
    stage = gallery.stage(theme, size)
    window = stage.window
    if gallery.wanted("bits"):
        usual = bit_choice.BitChoosing.__init__.__defaults__
        bit_choice.BitChoosing.__init__.__defaults__ = (FakeMeasurement,)
        window.registry["choose_bits"].trigger()
        bit_choice.BitChoosing.__init__.__defaults__ = usual
        dialog = window.pages.dialog
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
        window.registry["presets"].trigger()
        own = window.presets.dialog
        assert own is not None
        for name in ("three bits", "many snapshots"):
            own.saveRequested.emit(name)
        gallery.save(stage, "presets", theme, size, own)
        own.close()
    stage.close()
