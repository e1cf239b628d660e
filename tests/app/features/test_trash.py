"""Runs go to the system's trash; where there is none, nothing is lost and it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from acq_app.features.history.jobs import TrashJob
from acq_engine.errors import StorageError


def test_without_a_trash_the_run_stays_and_the_reason_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    from send2trash import TrashPermissionError

    def refused(path: str) -> None:
        raise TrashPermissionError(path)

    run = tmp_path / "run"
    run.mkdir()
    monkeypatch.setattr("send2trash.send2trash", refused)
    with pytest.raises(StorageError, match="trash") as told:
        TrashJob((run,)).run(lambda *_: None)
    assert run.is_dir()
    assert "run" in told.value.cause and told.value.hint
