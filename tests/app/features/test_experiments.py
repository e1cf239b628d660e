"""The experiments of the command line, from the window."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from acq_app.appearance.language import ENGLISH, install
from acq_app.appearance.theme import load_theme
from acq_app.dialogs.experiments import Asked, ExperimentDialog
from acq_app.features.experiments.jobs import ExperimentJob
from tests.tools.old_files import OLD
from tests.tools.windows import Make, view_of


def test_a_run_is_measured_from_the_results_page(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    studio = make()
    assert not studio.registry["experiment_centres"].isEnabled(), "there is no run yet"
    run = shutil.copytree(OLD / "stopped", tmp_path / "run")
    with qtbot.waitSignal(studio.session.opened, timeout=30_000):
        studio.session.open(run)
    qtbot.waitUntil(lambda: studio.registry["experiment_consistency"].isEnabled(), timeout=10_000)
    view_of(studio, "results").experimentRequested.emit("consistency")
    dialog = studio.features.experiments.dialog
    assert isinstance(dialog, ExperimentDialog) and dialog.box.currentData() == "consistency"
    assert "nothing is trained" in dialog.cost.text()
    dialog.samples.setValue(64)
    dialog.start.click()
    assert dialog.start.text() == "Stop"
    qtbot.waitUntil(lambda: dialog.outcome is not None, timeout=60_000)
    assert dialog.start.text() == "Measure" and dialog.table.rowCount() == 1
    assert not dialog.picture.pixmap().isNull()
    dialog.copy()
    assert QGuiApplication.clipboard().text().startswith("variant\tBN, eval")
    names = {file.name for file in (run / "experiments").iterdir()}
    assert {"consistency.csv", "consistency.json", "consistency.png"} <= names
    dialog.close()
    assert studio.features.experiments.dialog is None


def test_the_dialog_says_what_it_costs_and_refuses_wrong_weights(qtbot: QtBot) -> None:
    dialog = ExperimentDialog("run", load_theme("light"))
    qtbot.addWidget(dialog)
    asked: list[Asked] = []
    dialog.asked.connect(asked.append)
    dialog.choose("tradeoff")
    dialog.weights.setText("0, 2")
    assert "train: 4," in dialog.cost.text()
    dialog.start.click()
    assert asked == [Asked("tradeoff", weights=(0.0, 2.0))]
    for wrong in ("", "0, x", "-1, 2", "nan", "0,1,2,3,4,5,6"):
        dialog.weights.setText(wrong)
        assert not dialog.start.isEnabled(), wrong
    dialog.choose("centres")
    assert dialog.start.isEnabled()
    dialog.compare.setChecked(True)
    assert "One more generator" in dialog.cost.text()


def test_training_for_an_experiment_stops(tmp_path: Path) -> None:
    run = shutil.copytree(OLD / "stopped", tmp_path / "run")
    job = ExperimentJob(run, Asked("tradeoff", 64, weights=(0.0, 1.0)))
    job.cancel()
    assert job.run(lambda _: None) is None
    assert job.done == 1 and not any((run / "experiments").iterdir())


def test_tables_are_in_the_windows_language(tmp_path: Path) -> None:
    run = shutil.copytree(OLD / "stopped", tmp_path / "run")
    install("de")
    try:
        outcome = ExperimentJob(run, Asked("consistency", samples=64)).run(lambda _: None)
    finally:
        install(ENGLISH)
    assert outcome is not None
    assert outcome.heads[0] == "Variante" and outcome.rows[0][0] == "mit Konsistenz"
    assert outcome.notes[0].startswith("BN: Abstand") and "Samples, Seed" in outcome.about
