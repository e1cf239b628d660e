"""One slider over the whole run: every view shows the same step, and the run can be saved as an animation."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from acq_app.run.state import RunState
from acq_app.shell.recording import MOST_FRAMES, spread
from acq_app.shell.studio import Studio
from acq_engine.events import RunStarted, SamplesReady
from tests.tools.fake_events import SUMMARY
from tests.tools.windows import Make, until, view_of


def ended(make: Make, qtbot: QtBot) -> Studio:
    """A window with a short run that has ended."""
    studio = make()
    for name, value in (("warmup_steps", 50), ("finetune_steps", 50)):
        studio.run_settings.set_value(f"schedule.{name}", value)
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    QApplication.processEvents()
    return studio


def test_all_views_show_the_step_of_the_slider(make: Make, qtbot: QtBot) -> None:
    studio = ended(make, qtbot)
    bar, window = studio.window.time_bar, studio.window
    samples, attention, losses = (view_of(studio, name) for name in ("samples", "attention", "losses"))
    features = view_of(studio, "feature_map")
    assert bar.isVisible() and bar.step is None
    newest = bar.steps[-1]
    assert samples.samples.step == newest
    bar.slider.setValue(1)
    then = bar.steps[1]
    QApplication.processEvents()
    assert samples.samples.step == attention.strips.look.samples.step == then < newest
    assert features.shown.step == then
    assert {plot.plot.marks.cursor for plot in losses.plots.values() if not plot.isHidden()} == {then}
    measured = samples._measured(samples.samples)
    assert samples.strip._values == measured, "no figure of the newest samples stands below earlier ones"
    samples.open_large(3)
    assert samples.large.look.step == then
    samples.large.time.setValue(0)
    assert bar.step == bar.steps[0], "the sample's own slider moves everything, too"
    QApplication.processEvents()
    assert attention.strips.look.samples.step == bar.steps[0]
    bar.slider.setValue(len(bar.steps) - 1)
    QApplication.processEvents()
    assert samples.samples.step == newest and features.shown.step == newest
    window.show_page("results")
    assert not bar.isVisible(), "pages that do not follow it have the room"


def test_a_chosen_step_stays_while_the_run_goes_on(make: Make) -> None:
    bar = make().window.time_bar
    image = np.zeros((1, 4, 4, 3), np.uint8)
    def snapshot(step: int) -> SamplesReady:
        return SamplesReady(step, image, np.zeros(1, np.int64), None, np.zeros((1, 2), np.float32),
                            np.zeros(1, np.int64), np.zeros(1, np.float32))

    for step in (0, 25, 50):
        bar.apply(snapshot(step))
    bar.slider.setValue(1)
    bar.apply(snapshot(75))
    assert bar.step == 25
    bar.slider.setValue(3)
    bar.apply(snapshot(100))
    assert bar.step is None and bar.slider.value() == 4, "the newest follows"
    bar.apply(RunStarted("a", SUMMARY, (), "cpu", 0, resumed_from_step=60))
    assert bar.steps == [0, 25, 50]
    bar.toggle()
    assert bar.slider.value() == 0
    bar._timer.timeout.emit()
    bar._timer.timeout.emit()
    assert bar.step is None and not bar._timer.isActive(), "played to its end"


def test_the_run_is_saved_as_an_animation(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    studio = ended(make, qtbot)
    for name, kind in (("run.gif", "GIF"), ("run.webp", "WEBP")):
        studio.recording.write(tmp_path / name)
        qtbot.waitUntil(lambda: not studio.recording.busy, timeout=60_000)
        with Image.open(tmp_path / name) as image:
            assert image.format == kind
            assert getattr(image, "n_frames") == len(studio.window.time_bar.steps) > 2  # noqa: B009
    assert view_of(studio, "samples").samples.step == studio.window.time_bar.steps[-1], "afterwards all is as it was"


def test_long_runs_have_no_more_frames_than_can_be_watched() -> None:
    steps = list(range(0, 5000, 25))
    chosen = spread(steps)
    assert len(chosen) == MOST_FRAMES and chosen[0] == 0 and chosen[-1] == steps[-1] and chosen == sorted(chosen)
    assert spread([1, 2]) == [1, 2]
