"""acq sweep with a made-up run: the grid, the table, going on, stopping."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from acq_engine.events import Failed
from acq_engine.store import RunStore
from tests.engine.cli.made_up import MadeUpRun, acq, lines


def states(folder: Path) -> list[str]:
    return [row["state"] for row in csv.DictReader((folder / "table.csv").read_text().splitlines())]


def test_a_grid_is_run_and_its_table_written(made_up: type[MadeUpRun], tmp_path: Path) -> None:
    out = tmp_path / "S"
    result = acq("sweep", "--sample", "fashion", "--vary", "bits=3,4", "--vary", "pair=0,1", "--out", out)
    assert result.exit_code == 0, result.output
    assert states(out) == ["succeeded"] * 4
    config = RunStore.open(out / "03-w4a4-pair0").config
    assert (config.quantization.weight_bits, config.quantization.activation_bits, config.losses.pair) == (4, 4, 0)
    assert "Run 4 of 4: bits 4, losses.pair 1" in result.stderr
    assert "91.00" in result.stdout and "table.csv" in result.stdout


def test_a_file_is_the_same_sweep(made_up: type[MadeUpRun], tmp_path: Path) -> None:
    file = tmp_path / "grid.json"
    saved = acq("sweep", "--sample", "fashion", "--vary", "weight_bits=2..3", "--save", file, "--seed", 5)
    assert saved.exit_code == 0 and not (tmp_path / "S").exists()
    listed = acq("sweep", file, "--dry-run", "--json")
    assert [line["run"] for line in lines(listed)] == ["01-w2", "02-w3"]
    result = acq("sweep", file, "--out", tmp_path / "S", "--json")
    assert result.exit_code == 0, result.output
    printed = lines(result)
    assert [line["run"] for line in printed if line["event"] == "sweep_run"] == ["01-w2", "02-w3"]
    assert [row["student_top1"] for row in printed[-1]["rows"]] == [91.0, 91.0]
    assert RunStore.open(tmp_path / "S" / "02-w3").config.seed == 5


def test_a_failed_run_does_not_keep_the_others(
    made_up: type[MadeUpRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "S"
    monkeypatch.setattr(made_up, "failure", Failed("The loss is not a number.", "", "", "", 1))
    result = acq("sweep", "--sample", "fashion", "--vary", "bits=3,4", "--out", out)
    assert result.exit_code == 1 and states(out) == ["failed", "failed"]
    monkeypatch.setattr(made_up, "failure", None)
    again = acq("sweep", out)
    assert again.exit_code == 0, again.output
    assert states(out) == ["succeeded", "succeeded"]
    assert acq("sweep", out).exit_code == 0, "nothing is left to do"


def test_a_model_that_can_not_be_read_is_noted(made_up: type[MadeUpRun], tmp_path: Path) -> None:
    out = tmp_path / "S"
    result = acq("sweep", tmp_path / "gone.pth", "--vary", "bits=3,4", "--out", out)
    assert result.exit_code == 1 and states(out) == ["failed", "failed"]
    assert "The model file is missing." in (out / "table.csv").read_text()


@pytest.mark.parametrize("goes_on", [None, False, True])
def test_ctrl_c_stops_a_run_and_asks_about_the_others(
    made_up: type[MadeUpRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, goes_on: bool | None
) -> None:
    out = tmp_path / "S"
    asked: list[str] = []

    def answer(text: str, **_: Any) -> bool:
        asked.append(text)
        monkeypatch.setattr(made_up, "interrupt_at", None)
        return bool(goes_on)

    monkeypatch.setattr(made_up, "interrupt_at", 2)
    monkeypatch.setattr("typer.confirm", answer)
    monkeypatch.setattr("acq_engine.cli.sweep.at_terminal", lambda: goes_on is not None)
    result = acq("sweep", "--sample", "fashion", "--vary", "bits=3,4", "--out", out)
    assert result.exit_code == 130 and len(asked) == (goes_on is not None)
    assert states(out) == ["stopped", "succeeded" if goes_on else "waiting"]
    assert "acq sweep" in result.stderr, "it says how to go on"
    monkeypatch.setattr(made_up, "interrupt_at", None)
    assert acq("sweep", out).exit_code == 0 and states(out) == ["succeeded", "succeeded"]


def test_what_would_be_ignored_is_refused(made_up: type[MadeUpRun], tmp_path: Path) -> None:
    file = tmp_path / "grid.json"
    acq("sweep", "--sample", "fashion", "--vary", "bits=2,3", "--save", file)
    for extra in (("--seed", "3"), ("--vary", "pair=1"), ("--sample", "fashion")):
        assert acq("sweep", file, *extra, "--out", tmp_path / "S").exit_code == 2
    assert acq("sweep", "--sample", "fashion", "--out", tmp_path / "S").exit_code == 2
    assert not (tmp_path / "S").exists()
