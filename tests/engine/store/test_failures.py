"""A run folder survives a full disk, missing permission, a second writer and a killed one."""

from __future__ import annotations

import errno
import os
import platform
import shutil
import subprocess
import sys
import time
import types
from pathlib import Path
from typing import Any

import pytest

from acq_engine.errors import StorageError
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore, check_folder
from tests.engine.store.made_up import samples, step


def test_a_folder_with_other_things_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    for overwrite in (False, True):
        with pytest.raises(StorageError, match="not empty"):
            RunStore.create(tmp_path, RunConfig(), overwrite=overwrite)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_older_run_is_replaced_only_when_asked(tmp_path: Path) -> None:
    with RunStore.create(tmp_path / "run", RunConfig(seed=1)) as old:
        old.write(samples(1))
        (old.path / "model.onnx").write_bytes(b"old")
        (old.path / "notes.txt").write_text("mine")
    with pytest.raises(StorageError, match="already contains a run"):
        RunStore.create(tmp_path / "run", RunConfig(seed=2))
    assert RunStore.open(tmp_path / "run").config.seed == 1
    with RunStore.create(tmp_path / "run", RunConfig(seed=2), overwrite=True) as new:
        assert list(new.events()) == []
        assert {path.name for path in new.path.iterdir()} == {"run.json", "run.lock", "notes.txt"}


@pytest.mark.parametrize("name", ["a file", "a file/below"])
def test_a_file_is_no_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "a file").write_text("")
    with pytest.raises(StorageError, match="can't be created"):
        RunStore.create(tmp_path / name, RunConfig())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StorageError) as caught:
        RunStore.create(tmp_path / "run", RunConfig())
    tmp_path.chmod(0o700)
    assert "ermission denied" in caught.value.cause


def test_no_permission_is_said_in_plain_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(tmp_path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StorageError) as caught:
        RunStore.create(tmp_path / "run", RunConfig())
    assert "ermission denied" in caught.value.cause
    assert "another folder" in caught.value.hint
    assert not (tmp_path / "run").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no statvfs there")
@pytest.mark.parametrize(("flag", "words"), [(0, "Permission denied"), (1, "The disk is read-only")])
def test_a_read_only_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flag: int, words: str) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(os, "statvfs", lambda _: types.SimpleNamespace(f_flag=flag * os.ST_RDONLY))
    with pytest.raises(StorageError, match=words):
        check_folder(tmp_path / "run")


def test_a_run_folder_that_is_deleted_meanwhile_is_called_that(tmp_path: Path) -> None:
    store = RunStore.create(tmp_path / "run", RunConfig())
    shutil.rmtree(store.path)
    with pytest.raises(StorageError) as caught:
        store.write(samples(1))
    assert "does not exist" in caught.value.cause and "moved or deleted" in caught.value.hint


def test_a_full_disk_leaves_old_files_whole(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    torch = pytest.importorskip("torch")
    store.save_checkpoint(1, {"weight": torch.ones(2)})
    before = (store.path / "run.json").read_bytes()

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("acq_engine.files.os.fsync", refuse)
    for attempt in (lambda: store.save_checkpoint(2, {}), lambda: store.set_state("running"),
                    lambda: store.save_student({"weight": torch.ones(2)})):
        with pytest.raises(StorageError) as caught:
            attempt()
        assert "disk is full" in caught.value.cause
    assert (store.path / "run.json").read_bytes() == before
    assert [path.name for path in (store.path / "checkpoints").iterdir()] == ["000001.pt"]
    assert not list(store.path.glob(".*.tmp"))


def test_a_full_disk_while_making_the_folder_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("acq_engine.files.os.fsync", refuse)
    with pytest.raises(StorageError):
        RunStore.create(tmp_path / "run", RunConfig())
    assert not (tmp_path / "run").exists()




def test_who_comes_second_leaves_the_first_one_s_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first: list[RunStore] = []

    def check(path: Path, _: bool) -> None:  # between this look and the lock, another program begins
        monkeypatch.undo()
        first.append(RunStore.create(path, RunConfig()))

    monkeypatch.setattr("acq_engine.store.folder.check_folder", check)
    with pytest.raises(StorageError, match="Another program"):
        RunStore.create(tmp_path / "run", RunConfig())
    assert (tmp_path / "run" / "run.json").is_file()
    first[0].close()


def test_two_writers_are_one_too_many(store: RunStore) -> None:
    other = RunStore.open(store.path)
    assert other.being_written
    with pytest.raises(StorageError, match="Another program"):
        other.write(step(1))
    with pytest.raises(StorageError, match="Another program"):
        RunStore.create(store.path, RunConfig(), overwrite=True)
    store.close()
    assert not other.being_written
    other.write(step(1))
    other.close()
    assert not (store.path / "run.lock").exists()


KILLED_IN_A_WRITE = """
import os, sys
from pathlib import Path
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore
place = sys.argv[2]
replace = Path.replace
def killed(self, target):
    os._exit(9) if Path(target).name == place else replace(self, target)
Path.replace = killed
store = RunStore.create(sys.argv[1], RunConfig())
(store.path / "checkpoints").mkdir()
store.save_checkpoint(7, {})
"""


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_writer_killed_at_its_start_leaves_a_folder_that_can_be_used(tmp_path: Path, overwrite: bool) -> None:
    run = tmp_path / "run"
    subprocess.run([sys.executable, "-c", KILLED_IN_A_WRITE, str(run), "run.json"], check=False, timeout=60)
    assert sorted(path.name[:9] for path in run.iterdir()) == [".run.json", "run.lock"]
    with RunStore.create(run, RunConfig(), overwrite=overwrite):
        assert sorted(path.name for path in run.iterdir()) == ["run.json", "run.lock"]


def test_the_next_writer_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    run = tmp_path / "run"
    subprocess.run([sys.executable, "-c", KILLED_IN_A_WRITE, str(run), "000007.pt"], check=False, timeout=60)
    living = run / f".report.html.{os.getppid()}.tmp"  # of a process that is still there
    for other in (living, run / ".mine.tmp", run / "checkpoints/.x.tmp.5"):
        other.write_text("")
    assert list((run / "checkpoints").glob(".000007.pt.*.tmp"))
    RunStore.open(run, write=True).close()
    assert sorted(path.name for path in run.iterdir()) == [".mine.tmp", living.name, "checkpoints", "run.json"]
    assert [path.name for path in (run / "checkpoints").iterdir()] == [".x.tmp.5"]


def test_a_killed_writer_leaves_an_interrupted_run_that_can_be_taken_up(tmp_path: Path) -> None:
    script = (
        "import os, sys\nfrom acq_engine.settings import RunConfig\nfrom acq_engine.store import RunStore\n"
        "store = RunStore.create(sys.argv[1], RunConfig())\nstore.set_state('running')\nos._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "run")], check=False, timeout=60)
    assert (tmp_path / "run/run.lock").exists()
    store = RunStore.open(tmp_path / "run")
    assert store.interrupted
    with RunStore.open(tmp_path / "run", write=True) as writer:
        assert not store.interrupted
        writer.write(step(1))


@pytest.mark.parametrize(("machine", "live"), [(platform.node(), False), ("another", True), ("", True)])
def test_a_writer_that_was_killed_here_is_not_waited_for(store: RunStore, machine: str, live: bool) -> None:
    store.write(step(1))
    store.set_state("running")
    store.close()
    (store.path / "run.lock").write_text(f"4000000\n{machine}\n")
    os.utime(store.path / "events.jsonl")
    assert RunStore.open(store.path).live is live


@pytest.mark.parametrize(("seconds", "live"), [(5, True), (300, False), (-300, True), (-86_400, False)])
def test_a_clock_that_was_set_back_leaves_no_run_live(store: RunStore, seconds: float, live: bool) -> None:
    store.write(step(1))
    store.set_state("running")
    store.close()
    (store.path / "run.lock").touch()  # of another machine, whose lock is not seen here
    written = time.time() - seconds  # negative: in the future; a server's clock may be ahead by minutes
    os.utime(store.path / "events.jsonl", (written, written))
    assert RunStore.open(store.path).live is live
