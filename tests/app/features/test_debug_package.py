"""Debug packages: what users send with a report."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from acq_app.features import debug_package
from acq_app.features.debug_package import TAIL, write_debug_package
from acq_engine.errors import StorageError
from acq_engine.settings import RunConfig


def test_a_debug_package_has_texts_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debug_package, "log_folder", lambda: tmp_path / "logs")
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "acq-studio.log").write_bytes(b"x" * TAIL + b"the end")
    run = tmp_path / "run"
    (run / "samples").mkdir(parents=True)
    (run / "run.json").write_text("{}")
    (run / "teacher.safetensors").write_bytes(b"weights")
    names = write_debug_package(tmp_path / "report.zip", RunConfig(), run)
    assert set(names) == {"versions.txt", "settings.json", "program/acq-studio.log", "run/run.json"}
    with zipfile.ZipFile(tmp_path / "report.zip") as package:
        assert RunConfig.from_json(package.read("settings.json").decode()) == RunConfig()
        log = package.read("program/acq-studio.log")
        assert len(log) == TAIL and log.endswith(b"the end")


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="can't be written"):
        write_debug_package(tmp_path / "gone" / "report.zip", RunConfig(), None)
