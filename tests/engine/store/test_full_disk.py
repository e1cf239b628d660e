"""A disk that is full, or gone, from any moment of a run on: a sentence, and the run goes on from there afterwards."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch

from acq_engine.errors import StorageError
from acq_engine.models.loaded import LoadedModel
from tests.engine.nets import TinyNet
from tests.engine.store.killed_run import content, go_on
from tests.tools.fault_hook import Hook

TAKES_SPACE = ("open", "write", "half a write", "fsync", "mkdir")
STRIDE = 11  # of about 300 moments; more of them took no other way


@pytest.fixture(scope="module")
def loaded() -> LoadedModel:
    torch.manual_seed(0)
    return LoadedModel(TinyNet().eval(), "tiny", "tiny", 4, (1, 16, 16), (0.5,), (0.5,))


@pytest.fixture(scope="module")
def whole(loaded: LoadedModel, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, object], int]:
    """What a run comes to that nothing happens to, and how many moments it has."""
    folder = tmp_path_factory.mktemp("whole") / "run"
    hook = Hook([folder]).install()
    try:
        go_on(folder, loaded)
    finally:
        hook.uninstall()
    return content(folder), len(hook.moments)


class _From(Hook):
    """From one moment on, every call that may, fails."""

    def __init__(self, folder: Path, moment: int, fail: Callable[[str], None]) -> None:
        super().__init__([folder])
        self._moment, self._fail, self._failing = moment, fail, False

    def tick(self, call: str, path: str) -> None:
        super().tick(call, path)
        if len(self.moments) > self._moment and not self._failing:
            self._failing = True  # what the fault itself does to the disk is no moment
            try:
                self._fail(call)
            finally:
                self._failing = False


def _tried(folder: Path, loaded: LoadedModel, hook: Hook) -> StorageError | None:
    hook.install()
    try:
        go_on(folder, loaded)
    except StorageError as error:
        return error
    finally:
        hook.uninstall()
    return None


def _moments(count: int) -> Iterator[int]:
    yield from range(1, count, STRIDE)


def test_a_disk_that_fills_up_at_any_moment(
    tmp_path: Path, loaded: LoadedModel, whole: tuple[dict[str, object], int]
) -> None:
    def full(call: str) -> None:
        if call in TAKES_SPACE:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    expected, count = whole
    said = 0
    for moment in _moments(count):
        folder = tmp_path / str(moment)
        error = _tried(folder, loaded, _From(folder, moment, full))
        if error is not None:
            said += 1
            assert "The disk is full." in error.cause, (moment, str(error))
            assert "Free some space" in error.hint
        assert not list(folder.rglob(".*.tmp")), moment
        go_on(folder, loaded)
        assert content(folder) == expected, moment
    assert said >= 20, "only the last few moments take no space"


def test_a_folder_that_vanishes_at_any_moment(
    tmp_path: Path, loaded: LoadedModel, whole: tuple[dict[str, object], int]
) -> None:
    expected, count = whole
    said = 0
    for moment in _moments(count):
        folder, away = tmp_path / str(moment) / "run", tmp_path / str(moment) / "away"
        folder.parent.mkdir()

        def vanish(_: str, folder: Path = folder, away: Path = away) -> None:
            if folder.exists() and not away.exists():
                folder.rename(away)

        error = _tried(folder, loaded, _From(folder, moment, vanish))
        if away.exists():
            said += error is not None
            assert not folder.exists(), "nothing is written to a folder that is made up anew"
            away.rename(folder)
        go_on(folder, loaded)
        assert content(folder) == expected, moment
    assert said >= 20
