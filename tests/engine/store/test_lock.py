"""The lock of a run folder, when several ask for it at the same moment."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from acq_engine.errors import StorageError
from acq_engine.store.lock import FolderLock


def test_who_asks_is_not_taken_for_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "run.lock"
    path.write_text("1\n")  # as a program that was killed leaves it
    answers: list[bool] = []

    def ask() -> None:
        answers.extend(FolderLock(path).taken_by_somebody() for _ in range(500))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 2000 and not any(answers)


def test_who_asks_does_not_keep_a_writer_out(tmp_path: Path) -> None:
    path = tmp_path / "run.lock"
    path.write_text("1\n")
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            FolderLock(path).taken_by_somebody()

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        for _ in range(50):
            lock = FolderLock(path)
            lock.acquire()
            assert FolderLock(path).taken_by_somebody()
            lock.release()
            path.write_text("1\n")
    finally:
        ended.set()
        thread.join()


def test_two_writers_are_refused_still(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path / "run.lock")
    lock.acquire()
    with pytest.raises(StorageError, match="Another program"):
        FolderLock(tmp_path / "run.lock").acquire()
    lock.release()
