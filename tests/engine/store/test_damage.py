"""Damaged and hostile run folders: an error of ours or what is left to read, never anything else."""

from __future__ import annotations

import json
import logging
import re
import shutil
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from acq_engine.errors import AcqError, StorageError
from acq_engine.events import Evaluated, LogMessage
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore, list_runs
from acq_engine.store.array_files import LEAST_BYTES, MAX_BYTES, ArrayReader, read_arrays
from acq_engine.store.metrics_table import MetricsTable
from tests.engine.store.damage import damaged, with_another_value
from tests.engine.store.made_up import step

FINISHED = Path(__file__).parents[2] / "data/version-0.1/finished"
ARRAYS = ("samples/000028.npz", "arrays/layer_report_000002.npz", "arrays/evaluated_000011.npz")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FINISHED, tmp_path / "runs/run"))


def read(run: Path) -> None:
    """All that a list of runs, a report or the window asks of a folder."""
    try:
        store = RunStore.open(run)
        for event in store.events():
            repr(event).encode()
        store.closing_figures()
        store.info.to_json().encode()
    except AcqError as error:
        str(error).encode()


def another_line(data: bytes, seed: int) -> bytes:
    lines = data.splitlines()
    place = seed * 7 % len(lines)
    lines[place] = json.dumps(with_another_value(json.loads(lines[place]), seed)).encode()
    return b"\n".join(lines) + b"\n"


def another_value(data: bytes, seed: int) -> bytes:
    return json.dumps(with_another_value(json.loads(data), seed)).encode()


@pytest.mark.parametrize(("name", "damage", "count"), [
    ("events.jsonl", damaged, 300), ("events.jsonl", another_line, 300),
    ("run.json", damaged, 300), ("run.json", another_value, 300),
])
def test_a_damaged_file_gives_an_error_of_ours_or_what_is_left(
    run: Path, name: str, damage: Callable[[bytes, int], bytes], count: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "acq_engine")
    # So that every reading is quick: arrays have a test of their own.
    (run / "events.jsonl").write_bytes(re.sub(rb', "arrays": "[^"]*"', b"", (run / "events.jsonl").read_bytes()))
    whole = (run / name).read_bytes()
    for seed in range(count):
        (run / name).write_bytes(damage(whole, seed))
        read(run)


@pytest.mark.parametrize("name", ARRAYS)
def test_a_damaged_array_file_is_a_value_error(run: Path, name: str) -> None:
    whole = (run / name).read_bytes()
    readable = 0
    for seed in range(300):
        (run / name).write_bytes(damaged(whole, seed))
        with suppress(ValueError):
            readable += bool(read_arrays(run, name))
    assert readable < 60  # the checksums find nearly everything


def test_a_damaged_table_of_metrics_can_be_continued(run: Path) -> None:
    path = run / "metrics.csv"
    whole = path.read_bytes()
    for seed in range(300):
        path.write_bytes(damaged(whole, seed))
        table = MetricsTable(path)
        table.rewind(4)
        table.append(step(5))
        assert b"global_step" in path.read_bytes().splitlines()[0]


def test_a_flipped_bit_costs_the_arrays_only_where_the_event_can_do_without(run: Path) -> None:
    whole = list(RunStore.open(run).events())
    path = run / "arrays/evaluated_000011.npz"
    data = bytearray(path.read_bytes())
    data[100] ^= 16  # within the first array
    path.write_bytes(data)
    *events, note = RunStore.open(run).events()
    assert len(events) == len(whole)
    assert note == LogMessage("warning", "1 event(s) of this run can't be read and are skipped.")
    assert sum(isinstance(event, Evaluated) and event.per_class is None for event in events) == 1


@pytest.mark.parametrize("text", ['{"schema": 1, "a": ' + "[" * 100_000, "[" * 100_000, '{"schema": "1"}',
                                  '{"schema": 1, "settings": []}', "9" * 10_000])
def test_a_hostile_description_hides_no_neighbour(tmp_path: Path, text: str) -> None:
    for name in ("good", "bad"):
        RunStore.create(tmp_path / name, RunConfig()).close()
    (tmp_path / "bad/run.json").write_text(text)
    unreadable: list[Path] = []
    assert [store.path.name for store in list_runs(tmp_path, unreadable)] == ["good"]
    assert [path.name for path in unreadable] == ["bad"]


def test_a_description_of_unbounded_size_is_not_read(run: Path) -> None:
    with (run / "run.json").open("r+b") as file:
        file.truncate(1 << 40)  # sparse
    with pytest.raises(StorageError, match="damaged"):
        RunStore.open(run)


def test_results_of_the_wrong_kind_are_left_out(run: Path) -> None:
    data = json.loads((run / "run.json").read_text())
    data["results"] |= {"student_top1": "much", "seconds": [1], "exported_bytes": 2**80, "float_top1": 91}
    (run / "run.json").write_text(json.dumps(data))
    results = RunStore.open(run).info.results
    assert {"student_top1", "seconds", "exported_bytes"}.isdisjoint(results)
    assert results["float_top1"] == 91.0 and results["verified"] is True


def test_arrays_that_would_unpack_to_too_much_are_refused_before(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.npz", "w", zipfile.ZIP_DEFLATED) as archive, \
            archive.open("images.npy", "w") as file:
        for _ in range(MAX_BYTES // (1 << 24) + 1):
            file.write(bytes(1 << 24))
    assert (tmp_path / "bomb.npz").stat().st_size < MAX_BYTES // 500
    with pytest.raises(ValueError, match="too much data"):
        read_arrays(tmp_path, "bomb.npz")


@pytest.mark.parametrize("shape", ["(1000000000000,)", "(-1,)", "(3,)", "(0, -5)"])
def test_an_array_has_as_many_values_as_it_declares(tmp_path: Path, shape: str) -> None:
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}".encode().ljust(117) + b"\n"
    data = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + bytes(8)
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as archive:
        archive.writestr("per_class.npy", data)
    with pytest.raises(ValueError, match=r"a\.npz"):
        read_arrays(tmp_path, "a.npz")


@pytest.mark.parametrize("array", [np.array(["text"]), np.array([{}], dtype=object), np.zeros(2, complex)])
def test_arrays_hold_numbers_only(tmp_path: Path, array: np.ndarray) -> None:
    np.savez(tmp_path / "a.npz", per_class=array)
    with pytest.raises(ValueError, match=r"a\.npz"):
        read_arrays(tmp_path, "a.npz")


def test_arrays_that_do_not_fit_each_other_are_no_event(run: Path) -> None:
    path = run / "samples/000028.npz"
    with np.load(path) as data:
        arrays = dict(data)
    np.savez(path, **{**arrays, "measured": arrays["measured"][:1]})
    shown = [event.step for event in RunStore.open(run).events() if event.kind() == "samples_ready"]  # type: ignore[attr-defined]
    assert 28 not in shown and len(shown) == 2


def test_a_run_folder_is_read_up_to_an_amount_in_all(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line of a hundred bytes can name an array file again and again."""
    lines = (run / "events.jsonl").read_text().splitlines()
    line = next(line for line in lines if '"arrays": "samples/' in line)
    (run / "events.jsonl").write_text("\n".join([line] * 50) + "\n")
    name = json.loads(line)["arrays"]
    size = sum(array.nbytes for array in read_arrays(run, name).values())
    monkeypatch.setattr("acq_engine.store.event_log.ArrayReader", lambda root: ArrayReader(root, 3 * LEAST_BYTES))
    assert size < LEAST_BYTES
    *events, note = RunStore.open(run).events()
    assert len(events) == 3 and note == LogMessage(
        "warning", "47 event(s) of this run can't be read and are skipped.")
    assert len(RunStore.open(run).tail_events()[0]) == 3
    with pytest.raises(ValueError, match="too much data"):
        ArrayReader(run, size - 1)(name)
