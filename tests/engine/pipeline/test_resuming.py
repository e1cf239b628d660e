"""A run that was stopped, or died, goes on as if nothing had happened; the same seed gives the same run."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from acq_engine.control import RunControl
from acq_engine.events import Checkpointed, Event, Finished, LogMessage, PhaseStarted, RunStarted, StepMetrics
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.quantization import calibrate
from acq_engine.store import RunStore
from tests.engine.pipeline.small_runs import figures, images, of, tiny, until_checked, until_trained


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Event], Path]:
    """A small run that nobody disturbed, up to its evaluation."""
    folder = tmp_path_factory.mktemp("trained") / "run"
    return until_trained(QuantizationRun.create(tiny(), folder)), folder


def test_the_same_seed_gives_the_same_run_bit_for_bit(trained: tuple[list[Event], Path], tmp_path: Path) -> None:
    again = until_trained(QuantizationRun.create(tiny(), tmp_path / "again"))
    assert figures(again) == figures(trained[0])
    files = [folder / "student.safetensors" for folder in (tmp_path / "again", trained[1])]
    assert files[0].read_bytes() == files[1].read_bytes()
    other = until_checked(QuantizationRun.create(tiny().model_copy(update={"seed": 1}), tmp_path / "other"))
    assert figures(other)[0] != figures(trained[0])[0]


@pytest.mark.parametrize("phase", ["warmup", "finetune"])
def test_a_cancelled_run_is_resumed_and_ends_as_if_nothing_had_happened(
    phase: str, trained: tuple[list[Event], Path], tmp_path: Path
) -> None:
    control = RunControl()
    events = []
    for event in QuantizationRun.create(tiny(), tmp_path / "run", control).events():
        events.append(event)
        if isinstance(event, StepMetrics) and event.phase == phase and event.step == 4:
            control.cancel()
    assert isinstance(events[-1], Finished)
    assert events[-1].state == "stopped"
    assert isinstance(events[-2], Checkpointed)
    store = RunStore.open(tmp_path / "run")
    assert store.state == "stopped"
    resumed = until_trained(QuantizationRun.resume(store))
    assert isinstance(resumed[-1], PhaseStarted), resumed[-1]
    losses = [{key: value for key, value in values.items() if "student/" in key or "generator/" in key}
              for values in (figures(resumed)[-1], figures(trained[0])[-1])]
    assert losses[0] == losses[1]
    files = [folder / "student.safetensors" for folder in (tmp_path / "run", trained[1])]
    assert files[0].read_bytes() == files[1].read_bytes()


def table_and_instability(folder: Path) -> tuple[list[dict[str, str]], list[float]]:
    with (folder / "metrics.csv").open(newline="") as file:
        rows = [{key: value for key, value in row.items() if "seconds" not in key} for row in csv.DictReader(file)]
    loaded = RunStore.open(folder).load_checkpoint()
    assert loaded is not None
    return rows, loaded[1]["settling"]


@pytest.mark.parametrize("phase", ["warmup", "finetune"])
def test_a_run_stopped_between_two_reports_has_the_same_table_in_the_end(
    phase: str, trained: tuple[list[Event], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    control = RunControl()
    run = QuantizationRun.create(tiny(), tmp_path / "run", control)
    stepped = run.course.stepped

    def stops_after_five(*arguments: Any, **options: Any) -> Iterator[Event]:
        yield from stepped(*arguments, **options)
        if (run.course.phase, run.course.step) == (phase, 5):
            control.cancel()

    monkeypatch.setattr(run.course, "stepped", stops_after_five)
    until_trained(run)
    assert RunStore.open(tmp_path / "run").state == "stopped"
    until_trained(QuantizationRun.resume(RunStore.open(tmp_path / "run")))
    assert table_and_instability(tmp_path / "run") == table_and_instability(trained[1])


def test_a_run_that_is_stopped_while_it_calibrates_ends_as_if_nothing_had_happened(
    trained: tuple[list[Event], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    control = RunControl()

    def stopped_at_its_end(*arguments: Any) -> None:
        calibrate(*arguments)
        control.cancel()

    monkeypatch.setattr("acq_engine.pipeline.phases.calibrate", stopped_at_its_end)
    events = list(QuantizationRun.create(tiny(), tmp_path / "run", control).events())
    assert isinstance(events[-1], Finished)
    monkeypatch.undo()
    resumed = until_trained(QuantizationRun.resume(RunStore.open(tmp_path / "run")))
    assert isinstance(resumed[-1], PhaseStarted), resumed[-1]
    files = [folder / "student.safetensors" for folder in (tmp_path / "run", trained[1])]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_run_goes_on_without_its_test_images(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    images(tmp_path, 20)
    monkeypatch.chdir(tmp_path)
    config = tiny(checkpoint_every=2)
    config.test_set.path = Path("set.npz")
    control = RunControl()
    for event in QuantizationRun.create(config, tmp_path / "run", control).events():
        if isinstance(event, Checkpointed):
            control.cancel()
    monkeypatch.chdir("/")
    with RunStore.open(tmp_path / "run") as store:
        assert QuantizationRun.resume(store).test_set is not None, "its path is a whole one"
    (tmp_path / "set.npz").unlink()
    events = until_trained(QuantizationRun.resume(RunStore.open(tmp_path / "run")))
    assert isinstance(events[-1], PhaseStarted), events[-1]
    assert any("goes on without its test images" in event.text for event in of(events, LogMessage))


def test_a_run_that_died_without_a_word_is_resumed_from_its_last_checkpoint(tmp_path: Path) -> None:
    run = QuantizationRun.create(tiny(), tmp_path / "run").events()
    for event in run:
        if isinstance(event, Checkpointed) and event.step == 9:
            break
    run.close()  # type: ignore[attr-defined]
    resumed = list(QuantizationRun.resume(RunStore.open(tmp_path / "run")).events())
    assert of(resumed, RunStarted)[0].resumed_from_step == 9
    assert min(report.global_step for report in of(resumed, StepMetrics)) > 9
    assert isinstance(resumed[-1], Finished)
