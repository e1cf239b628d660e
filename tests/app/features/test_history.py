"""The history of runs: rows, curves, notes, and what users ask for in the runs view."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from acq_app.dialogs.export import ExportDialog
from acq_app.features.history.jobs import (
    TAGS,
    CompareJob,
    ListRunsJob,
    detail_of,
    flat,
    read_notes,
    rename_run,
    row_of,
    thumbnail,
    write_notes,
)
from acq_app.features.real_attention import RealAttentionJob
from acq_app.run.state import RunState
from acq_app.settings.preferences import Preferences
from acq_app.shell.studio import Studio
from acq_app.views.runs.rows import RunTable
from acq_engine.control import RunControl
from acq_engine.errors import StorageError
from acq_engine.events import Evaluated, Event, StepMetrics
from acq_engine.export import FORMATS
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore
from acq_engine.sweep.folder import SweepFolder
from acq_engine.sweep.plan import Axis, SweepPlan
from tests.tools.fake_events import SUMMARY
from tests.tools.fake_run import FakeRun
from tests.tools.old_files import run_with_test_images
from tests.tools.windows import shown, view_of


def write_run(folder: Path, *, bits: int = 4, until: int | None = None) -> Path:
    """A run folder with a made-up run's events, as the engine would have written it."""
    config = RunConfig.from_data({"quantization": {"weight_bits": bits},
                                  "schedule": {"preset": "custom", "warmup_steps": 20, "finetune_steps": 20}})
    control = RunControl()
    with RunStore.create(folder, config, model=SUMMARY) as store:
        for number, event in enumerate(FakeRun(config=config, control=control, run_dir=str(folder)).events()):
            if until is not None and number >= until:
                break
            store.write(event)
    return folder


def test_bits_that_are_averages_are_shown_as_such(tmp_path: Path) -> None:
    config = RunConfig.from_data({"quantization": {"allocation": "sensitivity", "activation_bits": 8}})
    with RunStore.create(tmp_path / "run", config, model=SUMMARY) as store:
        assert RunTable.texts(row_of(store))[4] == "~4/8"


def ignore(_: Event) -> None:
    pass


def test_rows_are_newest_first_and_leave_out_what_is_no_run(tmp_path: Path) -> None:
    write_run(tmp_path / "one")
    write_run(tmp_path / "two", bits=3, until=12)
    (tmp_path / "not a run").mkdir()
    rows = ListRunsJob((tmp_path,), (tmp_path / "one", tmp_path / "gone")).run(ignore)
    assert {row.name for row in rows} == {"one", "two"}
    by_name = {row.name: row for row in rows}
    assert by_name["one"].state == "done" and by_name["one"].student_top1 == 90.4
    assert by_name["two"].weight_bits == 3 and by_name["two"].state == "interrupted"
    assert by_name["two"].student_top1 is None


def test_a_run_that_cannot_be_read_is_a_row_without_figures_and_hides_no_other(tmp_path: Path) -> None:
    for name in ("good", "bad", "odd"):
        write_run(tmp_path / name)
    (tmp_path / "bad/run.json").write_text("[" * 100_000)
    write_notes(tmp_path / "bad", "mine")
    odd = json.loads((tmp_path / "odd/run.json").read_text())
    odd["created"] = "0001-01-01T00:00:00+00:00"
    odd["results"]["student_top1"] = "much"
    (tmp_path / "odd/run.json").write_text(json.dumps(odd))
    (tmp_path / "odd/samples/999999.png").write_bytes(b"\x89PNG\r\n\x1a\n damaged")
    rows = ListRunsJob((tmp_path,), (tmp_path / "bad",)).run(ignore)
    assert [(row.name, row.state) for row in rows] == [("good", "done"), ("odd", "done"), ("bad", "unreadable")]
    assert (rows[1].student_top1, rows[1].thumbnail) == (None, None)
    assert rows[2].notes == "mine" and RunTable.texts(rows[2])[4] == "\u2013"


def test_a_run_to_compare_has_curves_and_flat_settings(tmp_path: Path) -> None:
    detail = detail_of(RunStore.open(write_run(tmp_path / "one")))
    steps, values = detail.curves["generator/total"]
    assert len(steps) == len(values) > 3 and list(steps) == sorted(steps)
    assert detail.settings["quantization.weight_bits"] == "4"
    assert float(detail.settings["losses.class"]) == RunConfig().losses.class_
    assert (detail.row.latency_ms, detail.row.latency_range) == (0.42, (0.40, 0.51))
    with pytest.raises(StorageError):
        CompareJob((tmp_path,)).run(ignore)


def test_notes_stay_beside_the_run(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "one")
    assert read_notes(folder) == ""
    write_notes(folder, "smaller batch ")
    assert read_notes(folder) == "smaller batch" and row_of(RunStore.open(folder)).notes == "smaller batch"


def test_flat_settings() -> None:
    assert flat({"a": {"b": 1, "c": None}, "d": True}) == {"a.b": "1", "a.c": "", "d": "True"}


def test_a_run_is_shown_with_some_of_its_samples(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "one")
    found = thumbnail(folder)
    assert found is not None
    width, height, data = found
    pixels = np.frombuffer(data, np.uint8).reshape(height, width, 3)
    assert (width, height) == (65, 32) and pixels[:, :32].std() > 5, "a picture, not one colour"
    assert thumbnail(write_run(tmp_path / "young", until=5)) is None
    newest = max((folder / "samples").glob("*.png"))
    newest.write_bytes(b"broken")
    assert thumbnail(folder) is None
    noise = np.random.default_rng(0).integers(0, 255, (70, 90, 3), np.uint8)
    Image.fromarray(noise).save(folder / "samples" / "999999.png")  # nothing of ours
    assert thumbnail(folder) is None


def test_images_of_runs_that_are_listed_no_more_are_let_go_of(tmp_path: Path, qtbot: QtBot) -> None:
    row, table = row_of(RunStore.open(write_run(tmp_path / "one"))), RunTable()
    for number in range(5):
        table.show_rows([replace(row, thumbnail=(2, 2, bytes([number] * 12)))])
        assert table.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is not None
    assert len(table._pictures) == 1


def test_tags_stay_beside_the_run(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "one")
    write_notes(folder, "paper, 3 bits", TAGS)
    assert row_of(RunStore.open(folder)).tag_list == ["paper", "3 bits"] and read_notes(folder) == ""


def test_agreement_is_the_one_with_the_float_model(tmp_path: Path) -> None:
    row = row_of(RunStore.open(write_run(tmp_path / "one")))
    told = [event.agreement for event in RunStore.open(tmp_path / "one").events()
            if isinstance(event, Evaluated) and event.subject == "student" and event.final]
    assert [row.agreement] == told and (row.latency_ms, row.latency_range) == (0.42, (0.40, 0.51))


@pytest.fixture
def studio(qtbot: QtBot, tmp_path: Path) -> Iterator[Studio]:
    """A window whose folder of runs holds two."""
    write_run(tmp_path / "runs" / "one")
    write_run(tmp_path / "runs" / "two", bits=3)
    with shown(qtbot, Studio(Preferences(runs_folder=tmp_path / "runs"))) as studio:
        yield studio


def runs_view(studio: Studio) -> Any:
    return studio.window.host.places["runs"].view


def test_opening_a_run_shows_it_in_all_views(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    qtbot.waitUntil(lambda: len(runs_view(studio).table.rows) == 2, timeout=10_000)
    runs_view(studio).openRequested.emit(str(tmp_path / "runs" / "two"))
    qtbot.waitUntil(lambda: studio.session.controller.state is RunState.SUCCEEDED, timeout=20_000)
    assert studio.run_settings.config.quantization.weight_bits == 3, "its settings are on the panels"
    assert studio.session.state.progress == 1.0 and studio.session.state.results.verified is not None
    assert studio.registry["export"].isEnabled()
    assert studio.context.preferences.last_run is None


def test_an_interrupted_run_is_offered_again(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    write_run(tmp_path / "runs" / "three", until=20)
    studio.features.files.open(tmp_path / "runs" / "three")
    qtbot.waitUntil(lambda: studio.session.controller.state is RunState.STOPPED, timeout=20_000)
    qtbot.waitUntil(studio.window.banner.isVisible, timeout=5000)
    assert "interrupted" in studio.window.banner.text.text()
    assert studio.registry["resume_run"].isEnabled() and studio.window.run_bar.buttons["resume_run"].bright


def test_a_run_of_another_program_is_watched_to_its_end(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "runs" / "live"
    config = RunConfig.from_data({"schedule": {"preset": "custom", "warmup_steps": 20, "finetune_steps": 20}})
    events = FakeRun(config=config, run_dir=str(folder)).events()
    with RunStore.create(folder, config, model=SUMMARY) as store:
        for event in events:
            store.write(event)
            if isinstance(event, StepMetrics) and event.global_step >= 10:
                break
        studio.features.files.open(folder)
        session = studio.session
        qtbot.waitUntil(lambda: session.state.global_step >= 10 and session.controller.following, timeout=20_000)
        qtbot.waitUntil(lambda: "Following" in studio.window.run_bar.sentence.text(), timeout=5000)
        assert studio.registry["stop_following"].isEnabled() and studio.registry["cancel"].isEnabled()
        seen = studio.session.state.global_step
        for event in events:
            store.write(event)
            if isinstance(event, StepMetrics) and event.phase == "finetune":
                break
        qtbot.waitUntil(lambda: studio.session.state.global_step > seen, timeout=10_000)
        for event in events:
            store.write(event)
    qtbot.waitUntil(lambda: studio.session.controller.state is RunState.SUCCEEDED, timeout=20_000)
    assert studio.session.state.progress == 1.0 and not studio.registry["stop_following"].isEnabled()


def test_watching_can_be_stopped_and_leaves_the_run_alone(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "runs" / "live"
    with RunStore.create(folder, RunConfig(), model=SUMMARY) as store:
        for event in itertools.islice(FakeRun(run_dir=str(folder)).events(), 12):
            store.write(event)
        studio.features.files.open(folder)
        qtbot.waitUntil(lambda: studio.registry["stop_following"].isEnabled(), timeout=20_000)
        studio.registry["stop_following"].trigger()
        qtbot.waitUntil(lambda: not studio.session.active, timeout=10_000)
        assert not studio.registry["resume_run"].isEnabled(), "somebody else works on it"
        assert store.state == "running"


def test_comparing_cloning_and_deleting(studio: Studio, qtbot: QtBot, tmp_path: Path,
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[str] = []
    monkeypatch.setattr("send2trash.send2trash", gone.append)
    view, history = runs_view(studio), studio.features.history
    one, two = str(tmp_path / "runs" / "one"), str(tmp_path / "runs" / "two")
    view.compareRequested.emit([one, two])
    qtbot.waitUntil(lambda: len(view.compare.details) == 2, timeout=10_000)
    view.cloneRequested.emit(two)
    assert studio.run_settings.config.quantization.weight_bits == 3
    view.deleteRequested.emit([one])
    assert history.question is not None
    button = next(item for item in history.question.buttons() if item.objectName() == "trash")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: gone == [one], timeout=10_000)
    qtbot.waitUntil(lambda: not studio.context.background.busy, timeout=10_000)


def test_a_run_that_goes_on_is_not_deleted(studio: Studio, tmp_path: Path) -> None:
    folder, view, history = tmp_path / "runs" / "live", runs_view(studio), studio.features.history
    with RunStore.create(folder, RunConfig(), model=SUMMARY):
        view.deleteRequested.emit([str(folder)])
        assert history.question is None
        assert studio.window.banner.text.text() == "An active run can't be deleted."
        view.deleteRequested.emit([str(folder), str(tmp_path / "runs" / "one")])
        assert history.question is not None
        assert history.question.informativeText() == "one", "only what has ended"
        history.question.reject()
    assert folder.is_dir() and (tmp_path / "runs" / "one").is_dir()


def test_export_in_the_results_begins_at_the_file_that_is_there(
    studio: Studio, qtbot: QtBot, tmp_path: Path,
) -> None:
    studio.features.files.open(tmp_path / "runs" / "one")
    qtbot.waitUntil(lambda: studio.session.controller.state is RunState.SUCCEEDED, timeout=20_000)
    results = studio.window.host.places["results"].view
    results.exportRequested.emit("acq")  # type: ignore[union-attr]
    dialog = studio.context.dialogs.latest
    assert isinstance(dialog, ExportDialog)
    assert dialog.format.currentData() == "acq" and dialog.target.text().endswith(FORMATS["acq"].file_name)
    dialog.reject()


def test_sweeps_of_the_command_line_are_there_when_the_page_is_shown(
    studio: Studio, qtbot: QtBot, tmp_path: Path,
) -> None:
    view = view_of(studio, "sweeps")
    assert view is not None
    qtbot.waitUntil(lambda: not studio.context.background.busy, timeout=10_000)
    assert view.box.count() == 0
    SweepFolder.create(tmp_path / "runs" / "elsewhere", SweepPlan("elsewhere", RunConfig(), (Axis.parse("pair=0,1"),)))
    studio.window.show_page("sweeps")
    qtbot.waitUntil(lambda: view.box.count() == 1, timeout=10_000)


def test_bits_of_a_layer_go_into_the_next_run(studio: Studio) -> None:
    layers = studio.window.host.places["layers"].view
    layers.layerBitsRequested.emit({"layer1.0.conv1": 6})  # type: ignore[union-attr]
    assert studio.run_settings.config.quantization.layer_bits == {"layer1.0.conv1": 6}
    assert "next run" in studio.window.banner.text.text()
    studio.registry["undo"].trigger()
    assert studio.run_settings.config.quantization.layer_bits == {}


def test_a_run_gets_another_name(tmp_path: Path) -> None:
    run = write_run(tmp_path / "old")
    write_run(tmp_path / "taken", until=5)
    for name in ("", "..", "a/b", "a:b", "taken"):
        with pytest.raises(StorageError):
            rename_run(run, name)
    renamed = rename_run(run, " W4A4, best ")
    assert renamed == tmp_path / "W4A4, best" and not run.exists()
    assert row_of(RunStore.open(renamed)).name == "W4A4, best"
    sweep = tmp_path / "sweep"
    sweep.mkdir()
    (sweep / "sweep.json").write_text("{}")
    with pytest.raises(StorageError, match="sweep"):
        rename_run(write_run(sweep / "01", until=5), "02")


def test_what_is_compared_has_the_newest_samples_with_their_attention(tmp_path: Path) -> None:
    detail = detail_of(RunStore.open(write_run(tmp_path / "run")))
    assert detail.look is not None and detail.look.attention is not None
    assert detail.look.step == detail.look.attention.step == 25
    assert detail.class_names == SUMMARY.class_names


def test_test_images_stand_beside_compared_runs(tmp_path: Path) -> None:
    run = run_with_test_images(tmp_path)
    look = RealAttentionJob(run, (2, 5)).run(ignore)
    assert look is not None and look.attention is not None
    assert look.samples.labels.tolist() == [2] * 4 + [5] * 4 and look.samples.asked is None
    assert np.allclose(look.attention.eval_maps.sum((1, 2)), 1, atol=1e-3)
    assert look.attention.layer == "layer3"
    other = RealAttentionJob(run, (2,), "layer1").run(ignore)
    assert other is not None and other.attention is not None and other.attention.layer == "layer1"
    assert RealAttentionJob(run, (99,)).run(ignore) is None and RealAttentionJob(tmp_path, (2,)).run(ignore) is None


def test_the_built_in_model_has_one_name(tmp_path: Path) -> None:
    with RunStore.create(tmp_path / "run", RunConfig(), model=replace(SUMMARY, name="fashion")) as store:
        assert row_of(store).model == "Fashion sample", "as on the panel"
