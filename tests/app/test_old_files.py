"""What the window of version 0.1 wrote is still read: preferences, presets, the queue; and its runs are shown."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDockWidget, QToolBar
from pytestqt.qtbot import QtBot

from acq_app.features.presets.own_presets import list_presets
from acq_app.features.queue.model import QueueModel
from acq_app.settings.preferences import load_preferences
from acq_engine.settings import RunConfig
from tests.tools.old_files import OLD, SETTINGS, plain
from tests.tools.windows import Make, view_of

DATA = Path("/data/acq-0.1")


@pytest.fixture(autouse=True)
def old_folder(own_settings: Path) -> Path:
    """The folder of the program's settings, as version 0.1 left it."""
    return shutil.copytree(OLD / "window", own_settings)


def test_preferences_are_kept_and_the_window_takes_them(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        settings = load_preferences()
        assert (settings.theme, settings.language, settings.threads) == ("dark", "de", 2)
        assert settings.tour_seen and not settings.notify
        assert settings.runs_folder == DATA / "runs" and settings.last_run is None
        assert settings.recent_models == [DATA / "birds.safetensors", DATA / "older.pth"]
        assert settings.recent_runs == [DATA / "runs" / "birds-1"]
        assert settings.folded == {"schedule": True, "model": False}
        assert settings.layout_version == 1 and settings.geometry and settings.layout and settings.live_layout
        studio = make(settings=settings)
    assert not caplog.records, "nothing of it is dropped"
    # The layout names its parts; one that is called otherwise would stand in its first place, and nobody would be told.
    docks = {dock.objectName() for dock in studio.window.findChildren(QDockWidget)}
    assert {"dock-settings", "dock-health", "dock-log", "dock-losses", "dock-samples", "dock-attention"} <= docks
    assert {"toolbar-top", "toolbar-run"} <= {bar.objectName() for bar in studio.window.findChildren(QToolBar)}


def test_a_preset_has_every_value() -> None:
    preset, = list_presets()
    assert preset.name == "Three bits, patiently"
    untouched = RunConfig.from_data({"schema_version": 2})
    expected = SETTINGS | {
        "model": plain(untouched)["model"], "test_set": plain(untouched)["test_set"],
        "quantization": SETTINGS["quantization"] | {"layer_bits": {}},
        "generator": SETTINGS["generator"] | {"attention_layer": ""},
    }
    assert plain(preset.settings) == expected


def test_the_queue_waits_as_it_was_left() -> None:
    queue = QueueModel()
    assert queue.held
    assert [(item.title, item.folder, item.sweep, item.state) for item in queue.items] == [
        ("birds at 3 bits", None, None, "waiting"),
        ("01-w2a2", DATA / "sweep" / "01-w2a2", DATA / "sweep", "waiting"),
    ]
    assert plain(queue.items[0].config) == SETTINGS
    assert plain(queue.items[1].config)["quantization"] == {
        "weight_bits": 2, "activation_bits": 2, "shortcut_bits": 8, "edge_bits": None, "convention": "B",
        "weight_range": "mse", "rounding": "reconstruct", "learned_scales": True, "mean_bits": None, "layer_bits": {},
    }


def test_the_settings_file_is_taken_by_the_panels(make: Make) -> None:
    studio = make()
    assert studio.features.files.open(OLD / "settings.json")
    assert plain(studio.run_settings.config) == SETTINGS


def test_a_finished_run_is_shown(make: Make, qtbot: QtBot) -> None:
    studio = make()
    assert studio.features.files.open(OLD / "finished")
    session = studio.session
    qtbot.waitUntil(lambda: session.state.results.finished is not None and not session.active, timeout=20_000)
    results = studio.session.state.results
    assert results.student is not None and results.student.top1 == 22.5
    assert results.verified is not None and results.verified.passed
    assert {"health/class", "health/centre_error", "health/diversity", "health/modes", "health/attention",
            "accuracy/agreement"} <= set(studio.session.state.history)
    qtbot.waitUntil(lambda: not studio.context.background.busy, timeout=10_000)


def test_a_sweep_is_shown(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    studio = make()
    assert studio.features.files.open(shutil.copytree(OLD / "sweep", tmp_path / "sweep"))
    view = view_of(studio, "sweeps")
    assert view is not None
    qtbot.waitUntil(lambda: view.shown is not None, timeout=10_000)
    view.flush()
    assert "8 runs" in view.buttons["go"].toolTip()
    qtbot.waitUntil(lambda: not studio.context.background.busy, timeout=10_000)
