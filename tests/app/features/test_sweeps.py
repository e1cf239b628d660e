"""Sweeps in the window: set up, run through the queue, looked at, gone on with."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from acq_app.appearance.theme import load_theme
from acq_app.dialogs.sweep import SweepDialog
from acq_app.features.queue.model import QueueItem
from acq_app.run.controller import RunController
from acq_app.settings.preferences import Preferences
from acq_app.shell.studio import Studio
from acq_app.views.sweeps.chart import float_top1, lines_of
from acq_app.views.sweeps.rows import SweepAxis, SweepPoint, SweepShown, figures
from acq_app.views.sweeps.view import SweepsView
from acq_engine.settings import RunConfig
from acq_engine.sweep.plan import SweepPlan
from tests.tools.stored_run import StoredRun
from tests.tools.windows import Make, shown, view_of


def storing(studio: Studio) -> None:
    """Let the window's runs leave their folders behind."""
    studio.session.controller._factory = lambda config, out, control: StoredRun(config=config, control=control,
                                                                        run_dir=str(out))


@pytest.fixture
def dialog(qtbot: QtBot) -> SweepDialog:
    made = SweepDialog(RunConfig(), load_theme("light"), seconds=60.0)
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_is_typed_is_shown_as_runs_at_once(dialog: SweepDialog) -> None:
    assert dialog.plan is not None and dialog.plan.count == 3
    dialog.rows[1].setting.setCurrentIndex(dialog.rows[1].setting.findData("losses.pair"))
    assert dialog.plan.count == 9 and dialog.list.count() == 9
    assert "9 runs" in dialog.summary.text() and "9:00" in dialog.summary.text()
    dialog.rows[1].values.setText("0, x")
    assert dialog.rows[1].reason.isVisible() and "needs a number" in dialog.rows[1].reason.text()
    assert not dialog.begin_button.isEnabled() and "Can't start" in dialog.summary.text()
    dialog.rows[1].values.setText("0, 1")
    dialog.rows[0].values.setText("2..9")
    assert dialog.rows[0].reason.isVisible() and not dialog.rows[1].reason.isVisible()
    assert dialog.rows[0].reason.text() == "9: must be 2 to 8 bits."
    assert dialog.summary.text() == "Can't start. A value can't be used.", "why is said once"
    dialog.rows[0].setting.setCurrentIndex(0)
    assert dialog.plan is not None and dialog.plan.count == 2
    dialog.name.setText(" ")
    assert not dialog.begin_button.isEnabled()


def test_a_file_is_saved_and_loaded(dialog: SweepDialog, tmp_path: Path) -> None:
    dialog.rows[1].show(dialog.rows[1].variable(), "")
    dialog.name.setText("mine")
    dialog.save(str(tmp_path / "mine.json"))
    assert SweepPlan.load(tmp_path / "mine.json").count == 3
    dialog.rows[0].values.setText("7")
    dialog.load(str(tmp_path / "mine.json"))
    assert dialog.rows[0].values.text() == "2, 3, 4"
    (tmp_path / "bad.json").write_text("{")
    told: list[object] = []
    dialog.failed.connect(told.append)
    dialog.load(str(tmp_path / "bad.json"))
    assert len(told) == 1 and dialog.rows[0].values.text() == "2, 3, 4"


def test_a_sweep_from_the_dialog_to_the_table(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    studio = make()
    storing(studio)
    studio.run_settings.set_values({"schedule.warmup_steps": 6, "schedule.finetune_steps": 6})
    studio.registry["sweep"].trigger()
    dialog = studio.features.sweeps.dialog
    assert dialog is not None
    dialog.name.setText("few bits")
    dialog.rows[0].values.setText("2, 3")
    qtbot.mouseClick(dialog.begin_button, Qt.MouseButton.LeftButton)
    folder = tmp_path / "runs" / "few-bits"
    view = view_of(studio, "sweeps")
    assert view is not None

    def done() -> bool:
        return view.shown is not None and [point.state for point in view.shown.points] == ["succeeded"] * 2

    qtbot.waitUntil(done, timeout=60_000)
    assert "90.4" in (folder / "table.csv").read_text()
    view.flush()
    table = view.table.model()
    assert table.index(0, 1).data() == "2" and table.index(0, 2).data() == "90.4\u202f%"
    assert not view.buttons["go"].isEnabled()
    view.tableRequested.emit(view.shown.path, str(tmp_path / "mine.csv"))
    qtbot.waitUntil((tmp_path / "mine.csv").is_file, timeout=10_000)
    qtbot.waitUntil(lambda: not studio.context.background.busy and not studio.session.active, timeout=10_000)
    rows = studio.window.host.places["runs"].view.table.rows  # type: ignore[union-attr]
    assert {row.name for row in rows} == {"few-bits/01-w2a2", "few-bits/02-w3a3"}, "they are in the history too"


def test_a_dropped_folder_of_a_sweep_is_shown_and_gone_on_with(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    from acq_engine.sweep.folder import SweepFolder
    from acq_engine.sweep.plan import Axis

    config = RunConfig.from_data({"schedule": {"preset": "custom", "warmup_steps": 6, "finetune_steps": 6}})
    sweep = SweepFolder.create(tmp_path / "elsewhere", SweepPlan("x", config, (Axis.parse("pair=0,1"),)))
    studio = make()
    storing(studio)
    studio.features.files.open(sweep.path)
    view = view_of(studio, "sweeps")
    assert view is not None
    qtbot.waitUntil(lambda: view.shown is not None, timeout=10_000)
    view.flush()
    assert "2 runs" in view.buttons["go"].toolTip()
    view.buttons["go"].click()
    qtbot.waitUntil(lambda: not SweepFolder.open(sweep.path).unfinished(), timeout=60_000)
    qtbot.waitUntil(lambda: not studio.context.background.busy and not studio.session.active, timeout=10_000)
    told: list[str] = []
    studio.context.messages.told.connect(lambda text, _: told.append(text))
    studio.features.queue.model.items = [QueueItem("x/1", config, folder=sweep.path / "1", state="running")]
    for items, words in ((list(studio.features.queue.model.items), "in the queue already"), ([], "are done")):
        studio.features.sweeps._enqueue(items)  # what Resume finds to be unfinished
        assert len(told) == 1 and words in told.pop()


def test_the_plot_has_a_line_for_each_other_value() -> None:
    axes = (SweepAxis("bits", "bits", True), SweepAxis("method", "method", False))
    points = tuple(SweepPoint(f"{bits}{method}", "", (bits, method), (str(bits), method), "succeeded",
                              student_top1=80.0 + bits if bits > 2 else None)
                   for bits in (2, 3, 4) for method in ("acq", "gdfq"))
    sweep = SweepShown("p", "n", "", axes, points)
    lines = lines_of(sweep, 0, figures()[0])
    assert [line.label for line in lines] == ["method acq", "method gdfq"]
    assert [(x, y) for x, y, _ in lines[0].points] == [(3.0, 83.0), (4.0, 84.0)], "not measured is not drawn"
    over_method = lines_of(sweep, 1, figures()[0])
    assert [[x for x, _, _ in line.points] for line in over_method] == [[], [0.0, 1.0], [0.0, 1.0]]


def test_the_float_model_is_a_line_where_all_runs_have_the_same_one() -> None:
    axes = (SweepAxis("bits", "bits", True),)

    def sweep(*float_values: float | None) -> SweepShown:
        return SweepShown("p", "n", "", axes, tuple(
            SweepPoint("r", "", (2,), ("2",), "succeeded", float_top1=value) for value in float_values))

    assert float_top1(sweep(91.9, None, 91.9)) == 91.9
    assert float_top1(sweep(91.9, 70.0)) is None and float_top1(sweep(None)) is None


def test_pointing_at_a_symbol_finds_its_run(qtbot: QtBot, tmp_path: Path) -> None:
    view = SweepsView()
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    points = tuple(SweepPoint(f"r{bits}", f"p{bits}", (bits,), (str(bits),), "succeeded", student_top1=80.0 + bits)
                   for bits in (2, 3, 4))
    view.show_sweeps([SweepShown("p", "n", "", (SweepAxis("bits", "bits", True),), points)])
    view.flush()
    at = view.chart._at(3, 83)
    found = view.chart.point_at(at)
    assert found is not None and found.run == "r3" and view.chart.point_at(at + QPointF(40, 0)) is None
    qtbot.mouseMove(view.chart, QPoint(int(at.x()), int(at.y())))
    view.save_plot(str(tmp_path / "a.png"))
    view.save_plot(str(tmp_path / "a.svg"))
    assert (tmp_path / "a.png").stat().st_size > 1000 and b"<svg" in (tmp_path / "a.svg").read_bytes()
    view.table.selectRow(1)
    with qtbot.waitSignal(view.openRunRequested) as told:
        view.buttons["open"].click()
    assert told.args == ["p3"]


def test_a_real_controller_is_not_needed_to_look(qtbot: QtBot, tmp_path: Path) -> None:
    with shown(qtbot, Studio(Preferences(runs_folder=tmp_path), RunController())) as studio:
        qtbot.waitUntil(lambda: not studio.context.background.busy, timeout=10_000)
        assert view_of(studio, "sweeps") is not None and view_of(studio, "sweeps").is_empty


def test_an_ablation_is_one_click(dialog: SweepDialog) -> None:
    dialog.ablation_button.click()
    assert dialog.plan is not None and dialog.plan.count == 8 and dialog.name.text() == "ablation"
    paths = [axis.variable.path for axis in dialog.plan.axes]
    assert paths == ["losses.centre", "losses.pair", "losses.modes_attention"]
    assert [axis.values for axis in dialog.plan.axes] == [(0, 8), (0, 3), (0, 0.5)]
    assert dialog.begin_button.isEnabled()
