"""Finding runs, and the checkpoints in them."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from acq_engine.errors import StorageError
from acq_engine.events import (
    Checkpointed,
)
from acq_engine.settings import RunConfig, ScheduleConfig
from acq_engine.store import RunStore, is_run, list_runs
from tests.engine.store.made_up import samples


def test_listing_runs_needs_no_torch() -> None:
    script = "import sys, acq_engine.store\nsys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=60).returncode == 0


def test_runs_are_listed_and_damaged_ones_left_out(tmp_path: Path) -> None:
    for name in ("one", "two", "broken"):
        RunStore.create(tmp_path / name, RunConfig()).close()
    (tmp_path / "broken/run.json").write_text('{"schema": 1')
    (tmp_path / "empty").mkdir()
    assert sorted(run.path.name for run in list_runs(tmp_path)) == ["one", "two"]
    assert list_runs(tmp_path / "nowhere") == []
    assert not is_run(tmp_path / "empty")


@pytest.mark.parametrize(("text", "words"), [
    ('{"schema": 1', "damaged"), ("{}", "damaged"), ("[1]", "damaged"), ('{"schema": 99}', "newer version"),
])
def test_a_bad_description_is_said(store: RunStore, text: str, words: str) -> None:
    store.close()
    (store.path / "run.json").write_text(text)
    with pytest.raises(StorageError, match=words):
        RunStore.open(store.path)


def test_an_empty_folder_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no run"):
        RunStore.open(tmp_path)


def test_discarding_leaves_what_others_put_there(tmp_path: Path) -> None:
    store = RunStore.create(tmp_path / "a", RunConfig())
    store.write(samples(1))
    store.discard()
    assert not (tmp_path / "a").exists()
    store = RunStore.create(tmp_path / "b", RunConfig())
    (store.path / "notes.txt").write_text("mine")
    store.discard()
    assert [path.name for path in (tmp_path / "b").iterdir()] == ["notes.txt"]




def test_the_newest_readable_checkpoint_is_taken(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    torch = pytest.importorskip("torch")
    config = RunConfig(schedule=ScheduleConfig(keep_checkpoints=2))
    with RunStore.create(tmp_path / "run", config) as store:
        assert store.load_checkpoint() is None
        for number in (100, 200, 1_000_000):
            name = store.save_checkpoint(number, {"weights": {"a": torch.full((3,), float(number))}, "list": [1, None]})
            store.write(Checkpointed(number, name))
        folder = store.path / "checkpoints"
        assert sorted(path.name for path in folder.iterdir()) == ["000200.pt", "1000000.pt"]
        newest = folder / "1000000.pt"
        newest.write_bytes(newest.read_bytes()[:200])
        loaded = store.load_checkpoint()
    assert loaded is not None
    assert loaded[0] == 200
    assert torch.equal(loaded[1]["weights"]["a"], torch.full((3,), 200.0))
    assert "1000000.pt" in caplog.text


def test_a_checkpoint_that_unpacks_to_more_than_it_is_is_not_opened(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch = pytest.importorskip("torch")
    path = store.path / store.save_checkpoint(1, {"weight": torch.zeros(1_000_000)})
    with zipfile.ZipFile(path) as whole:
        content = {name: whole.read(name) for name in whole.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in content.items():
            packed.writestr(name, data)
    assert path.stat().st_size < 100_000
    monkeypatch.setattr(torch, "load", lambda *_, **__: pytest.fail("it was opened"))
    skipped: list[str] = []
    assert store.load_checkpoint(skipped) is None
    assert skipped == ["000001.pt"]


def test_a_flipped_bit_in_a_checkpoint_is_found(store: RunStore) -> None:
    torch = pytest.importorskip("torch")
    for number in (1, 2):
        path = store.path / store.save_checkpoint(number, {"weight": torch.ones(1000)})
    data = bytearray(path.read_bytes())
    data[data.index(b"\x00\x00\x80?" * 9) + 2001] ^= 1
    path.write_bytes(data)
    loaded = store.load_checkpoint()
    assert loaded is not None and loaded[0] == 1


def test_a_checkpoint_holds_no_code(store: RunStore) -> None:
    pytest.importorskip("torch")
    with pytest.raises(TypeError, match=r"state\['path'\]"):
        store.save_checkpoint(1, {"path": Path("x")})


def test_the_student_is_read_back(store: RunStore) -> None:
    torch = pytest.importorskip("torch")
    with pytest.raises(StorageError, match="no quantized model yet"):
        store.load_student_state()
    weight = torch.randn(4, 3)
    assert store.save_student({"a": weight, "tied": weight, "view": weight.t()}) == "student.safetensors"
    read = store.load_student_state()
    assert torch.equal(read["a"], weight)
    assert torch.equal(read["view"], weight.t())
    (store.path / "student.safetensors").write_bytes(b"garbage")
    with pytest.raises(StorageError, match="damaged"):
        store.load_student_state()
