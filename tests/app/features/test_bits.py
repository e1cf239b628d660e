"""Choosing bits in the window: measured in the background, kept to a budget, shown before it is taken."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from acq_app.dialogs.bits import NAME, NEW, BitsDialog
from acq_app.dialogs.layer_costs import LayerCost
from acq_app.features.bits.jobs import ChooseBitsJob, CurveJob, MeasureLayersJob
from acq_app.shell.studio import Studio
from acq_engine.control import RunControl
from acq_engine.errors import QuantizationError, TrainingError
from acq_engine.events import Event
from acq_engine.settings import RunConfig
from tests.tools.fake_layers import FakeMeasurement


def ignore(_: Event) -> None:
    pass


@pytest.fixture
def studio(make: Callable[..., Studio]) -> Studio:
    return make()


@pytest.fixture
def dialog(studio: Studio) -> BitsDialog:
    """The dialog, opened by its action."""
    import acq_engine.quantization.allocation  # noqa: F401 - torch may take longer to import than a test waits

    studio.features.bits.make_measure = FakeMeasurement
    studio.registry["choose_bits"].trigger()
    assert isinstance(studio.context.dialogs.latest, BitsDialog)
    return studio.context.dialogs.latest


def measured(dialog: BitsDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.measure, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.choice is not None, timeout=30_000)


def budget(dialog: BitsDialog, qtbot: QtBot, kilobytes: float) -> None:
    dialog.size_box.setValue(kilobytes)
    assert not dialog.take.isEnabled(), "nothing is taken that was not shown"
    qtbot.waitUntil(dialog.take.isEnabled, timeout=10_000)


def test_bits_are_shown_then_taken_then_undone(dialog: BitsDialog, studio: Studio, qtbot: QtBot) -> None:
    assert not dialog.take.isEnabled() and not dialog.size_box.isEnabled()
    measured(dialog, qtbot)
    budget(dialog, qtbot, 36.0)
    assert dialog.choice is not None and dialog.choice.size <= 36_000
    assert studio.run_settings.config.quantization.layer_bits == {}, "only shown so far"
    shown = [dialog.table.item(row, NEW).text() for row in range(dialog.table.rowCount())]  # type: ignore[union-attr]
    assert any("\u2192" in text for text in shown)
    assert "36 kB" in dialog.summary.text() or "35" in dialog.summary.text()
    chosen = dialog.choice.bits
    assert chosen["conv1"] == chosen["fc"] == 8
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    taken = studio.run_settings.config.quantization.layer_bits
    assert taken == {name: bits for name, bits in chosen.items() if name not in ("conv1", "fc")}
    assert studio.run_settings.config.quantization.mean_bits is None
    assert "next run" in studio.window.banner.text.text()
    studio.registry["undo"].trigger()
    assert studio.run_settings.config.quantization.layer_bits == {}


def test_what_is_ticked_keeps_its_bits(dialog: BitsDialog, qtbot: QtBot) -> None:
    measured(dialog, qtbot)
    row = [layer.name for layer in dialog.layers].index("layer2.1.conv2")
    item = dialog.table.item(row, NAME)
    assert item is not None
    item.setCheckState(Qt.CheckState.Checked)
    budget(dialog, qtbot, 38.0)
    assert dialog.choice is not None and dialog.choice.bits["layer2.1.conv2"] == 4
    assert dialog.choice.size <= 38_000


def test_a_mean_instead_of_a_size(dialog: BitsDialog, qtbot: QtBot) -> None:
    measured(dialog, qtbot)
    qtbot.mouseClick(dialog.kind.button("mean"), Qt.MouseButton.LeftButton)
    assert dialog.mean_box.isVisible() and not dialog.size_box.isVisible()
    dialog.mean_box.setValue(3.0)
    qtbot.waitUntil(dialog.take.isEnabled, timeout=10_000)
    assert dialog.choice is not None
    free = [layer for layer in dialog.layers if not layer.end]
    mean = sum(layer.weights * dialog.choice.bits[layer.name] for layer in free) / sum(layer.weights for layer in free)
    assert 2.5 < mean <= 3.0


def test_what_was_chosen_here_may_be_chosen_anew(studio: Studio, dialog: BitsDialog, qtbot: QtBot) -> None:
    measured(dialog, qtbot)
    dialog.own = {layer.name: 5 for layer in dialog.layers if not layer.end}
    dialog.show_layers(dialog.layers)
    assert set(dialog.held()) == {"conv1", "fc"}
    dialog.own = {"layer1.0.conv1": 6}
    dialog.show_layers(dialog.layers)
    assert set(dialog.held()) == {"conv1", "fc", "layer1.0.conv1"}, "set by hand, so left alone"
    qtbot.waitUntil(lambda: not studio.context.background.busy, timeout=10_000)


def test_a_measurement_can_be_stopped(
    studio: Studio, qtbot: QtBot,
) -> None:
    studio.features.bits.make_measure = partial(FakeMeasurement, holds=True)
    studio.registry["choose_bits"].trigger()
    dialog = studio.context.dialogs.latest
    assert isinstance(dialog, BitsDialog)
    qtbot.mouseClick(dialog.measure, Qt.MouseButton.LeftButton)
    assert dialog.progress.isVisible() and dialog.stop.isEnabled()
    qtbot.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.measure.isVisible(), timeout=10_000)
    assert "Stopped" in dialog.summary.text() and not dialog.take.isEnabled()
    qtbot.mouseClick(dialog.measure, Qt.MouseButton.LeftButton)
    dialog.close()
    qtbot.waitUntil(lambda: not studio.context.background.busy, timeout=10_000)
    assert studio.messages.open_errors == []


def test_a_budget_that_cannot_be_met_says_so() -> None:
    layers = FakeMeasurement(RunConfig(), None, RunControl(), 1).run(ignore)
    with pytest.raises(QuantizationError, match="don't fit"):
        ChooseBitsJob(layers, {}, size_bytes=100).run(ignore)


def test_the_real_measurement_of_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    from acq_engine.quantization import sensitivity

    monkeypatch.setattr(sensitivity, "sample_count", lambda _: 2)
    monkeypatch.setattr(sensitivity, "BIT_WIDTHS", (2, 8))
    config = RunConfig()
    config.schedule.generator_batch = 4
    config.schedule.warmup_steps = 1
    config.quantization.layer_bits = {"layer2.0.conv1": 6}
    control = RunControl()
    job = MeasureLayersJob(config, None, control, 1)
    layers = job.run(ignore)
    assert layers[0].end and layers[-1].end and layers[0].bits == 8
    assert {layer.name: layer.bits for layer in layers}["layer2.0.conv1"] == 6
    assert all(layer.errors[2] >= layer.errors[8] >= 0 for layer in layers)
    assert job.title == "layers" and job.done == job.total > 0
    control.cancel()
    with pytest.raises(TrainingError):
        MeasureLayersJob(config, None, control, 1).run(ignore)


def test_the_curve_shows_the_best_of_every_size_and_sets_the_budget(dialog: BitsDialog, qtbot: QtBot) -> None:
    measured(dialog, qtbot)
    qtbot.waitUntil(dialog.curve.isVisible, timeout=30_000)
    points = dialog.curve.points
    sizes, errors = zip(*points, strict=True)
    assert len(points) >= 10 and list(sizes) == sorted(sizes) and list(errors) == sorted(errors, reverse=True)
    assert dialog.curve.now is not None and dialog.choice is not None
    under = [error for size, error in points if size <= dialog.curve.now[0]]
    assert dialog.choice.error <= min(under) <= dialog.curve.now[1] * 1.001, "no point beats the exact choice"
    middle = points[len(points) // 2]
    qtbot.mouseClick(dialog.curve, Qt.MouseButton.LeftButton, pos=dialog.curve.place(middle).toPoint())
    assert dialog.kind.value() == "size" and abs(dialog.size_box.value() - middle[0] / 1000) < 1.5
    qtbot.waitUntil(dialog.take.isEnabled, timeout=10_000)
    assert dialog.curve.choice is not None and dialog.curve.choice[0] <= dialog.size_box.value() * 1000
    item = dialog.table.item(2, NAME)
    assert item is not None
    item.setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: dialog.curve.points != points, timeout=30_000)


def test_a_curve_of_layers_that_are_all_held_is_a_point() -> None:
    layers = (LayerCost("a", "conv2d", (4, 4), {2: 0.5, 8: 0.1}, 8, False),)
    assert len(CurveJob(layers, {"a": 8}).run(ignore)) == 1
    job = CurveJob(layers, {})
    job.cancel()
    assert job.run(ignore) == ()
