"""A run folder keeps what was written, survives what goes wrong, and says so in plain words."""

from __future__ import annotations

import csv
import dataclasses
import errno
import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image

from acq_engine.config import RunConfig, ScheduleConfig
from acq_engine.errors import StorageError
from acq_engine.events import (
    EVENT_TYPES,
    AttentionReady,
    Checkpointed,
    Evaluated,
    Event,
    Failed,
    Finished,
    LogMessage,
    ModelSummary,
    Paused,
    PhasePlan,
    PhaseStarted,
    RunStarted,
    SamplesReady,
    StepMetrics,
)
from acq_engine.store import RunStore, event_from_json, event_to_json, is_run, list_runs
from acq_engine.store.serialization import event_arrays

MODEL = ModelSummary("fashion", "fashion_resnet", 80_000, 9, 10, (1, 32, 32), 320_000, ("Shirt", "Bag"))


def step(number: int, loss: float = 1.0, **values: float) -> StepMetrics:
    return StepMetrics("warmup", number, 100, number, {"generator/total": loss, **values}, number / 10)


def samples(number: int, count: int = 5, size: int = 32) -> SamplesReady:
    random = np.random.default_rng(number)
    return SamplesReady(
        number, random.integers(0, 256, (count, size, size, 3), dtype=np.uint8), np.arange(count, dtype=np.int64), None,
        random.uniform(-1, 1, (count, 2)).astype(np.float32), np.zeros(count, np.int64),
        random.random(count, dtype=np.float32),
    )


def attention(number: int, count: int = 5) -> AttentionReady:
    maps = np.random.default_rng(number).random((2, count, 8, 8), dtype=np.float32)
    return AttentionReady(number, "layer3", maps[0], maps[1], np.ones(count, np.float32))


def started(resumed: int | None = None) -> RunStarted:
    return RunStarted("run", MODEL, (PhasePlan("warmup", 100),), "cpu", 0, resumed)


def finished(state: Literal["succeeded", "stopped"] = "succeeded") -> Finished:
    return Finished(state, 92.0, 91.0, 91.0, 99.9, {"onnx": "model.onnx"}, 60.0, True)


def same(left: Any, right: Any) -> bool:
    """Whether `left` was read back from `right`: arrays and NaN are equal to themselves.

    Where a number may be missing, NaN is read back as None: both say "not measured".
    """
    if dataclasses.is_dataclass(left):
        return type(left) is type(right) and all(
            same(getattr(left, field.name), getattr(right, field.name)) for field in dataclasses.fields(left)
        )
    if isinstance(left, np.ndarray):
        return isinstance(right, np.ndarray) and left.dtype == right.dtype and np.array_equal(
            left, right, equal_nan=left.dtype.kind == "f")
    if isinstance(right, float) and math.isnan(right):
        return left is None or math.isnan(left)
    if isinstance(left, (tuple, list)):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(value, right[key]) for key, value in left.items())
    return bool(left == right)


def value_of(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a field's type."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Union or str(origin) == "<class 'types.UnionType'>":
        return st.one_of(*(value_of(item) for item in arguments))
    if hint is type(None):
        return st.none()
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            return st.lists(value_of(arguments[0]), max_size=3).map(tuple)
        return st.tuples(*(value_of(item) for item in arguments))
    if origin is dict:
        return st.dictionaries(st.text(max_size=5), value_of(arguments[1]), max_size=3)
    if origin is np.ndarray:
        return hnp.arrays(get_args(arguments[1])[0], hnp.array_shapes(max_dims=3, max_side=3, min_side=0))
    if dataclasses.is_dataclass(hint):
        return st.builds(cast(type, hint), **{name: value_of(item) for name, item in get_type_hints(hint).items()})
    return {
        float: st.floats(allow_infinity=False), int: st.integers(-2**53, 2**53), str: st.text(max_size=20),
        bool: st.booleans(),
    }[hint]


any_event = st.one_of(*(
    st.builds(cls, **{
        name: value_of(hint) for name, hint in get_type_hints(cls).items()
        if name in {field.name for field in dataclasses.fields(cls)}
    })
    for cls in EVENT_TYPES.values()
))


@pytest.fixture
def store(tmp_path: Path) -> Any:
    with RunStore.create(tmp_path / "run", RunConfig()) as made:
        yield made


# ------------------------------------------------------------------------------------ events


@given(any_event)
@settings(max_examples=200, deadline=None)
def test_an_event_survives_json(event: Event) -> None:
    line = event_to_json(event, "arrays.npz")
    assert "\n" not in line
    json.loads(line, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    assert same(event_from_json(line, lambda _: event_arrays(event)), event)


def test_infinity_becomes_null_and_is_read_as_not_a_number() -> None:
    line = event_to_json(step(1, math.inf))
    assert json.loads(line)["values"]["generator/total"] is None
    read = event_from_json(line)
    assert isinstance(read, StepMetrics)
    assert math.isnan(read.values["generator/total"])


def test_the_last_line_has_the_promised_keys_first() -> None:
    assert list(json.loads(event_to_json(finished())))[:7] == [
        "event", "float_top1", "student_top1", "exported_top1", "agreement", "artifacts", "seconds",
    ]


@pytest.mark.parametrize("line", ["", "[]", "{}", '{"event": "unheard_of"}', '{"event": "paused"}',
                                  '{"event": "paused", "step": "7"}',
                                  '{"event": "phase_started", "phase": "x", "steps": 1}'])
def test_what_is_no_event_is_a_value_error(line: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        event_from_json(line)


@given(events=st.lists(any_event, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_run_folder_keeps_every_event(events: list[Event], tmp_path_factory: pytest.TempPathFactory) -> None:
    # Pictures need image-shaped arrays, and a resumed run drops steps: both have tests of their own.
    plain = [event for event in events if not isinstance(event, (SamplesReady, AttentionReady, RunStarted))]
    with RunStore.create(tmp_path_factory.mktemp("runs") / "run", RunConfig()) as store:
        written = [store.write(event) for event in plain]
        assert all(map(same, written, plain))
        assert all(map(same, list(store.events()), plain))
        assert len(list(store.events())) == len(plain)


def test_pictures_and_arrays_lie_in_files(store: RunStore) -> None:
    shown, seen = store.write(samples(25)), store.write(attention(25))
    assert isinstance(shown, SamplesReady)
    assert isinstance(seen, AttentionReady)
    assert (shown.path, seen.path) == ("samples/000025.png", "attention/000025.png")
    for event in (shown, seen):
        with Image.open(store.path / event.path) as picture:
            assert min(picture.size) > 64
    with np.load(store.path / "samples/000025.npz") as arrays:
        assert np.array_equal(arrays["images"], shown.images)
    assert max(len(line) for line in (store.path / "events.jsonl").read_text().splitlines()) < 300
    assert [same(left, right) for left, right in zip(store.events(), (shown, seen), strict=True)] == [True, True]


def test_two_evaluations_keep_their_own_confusion(store: RunStore) -> None:
    for diagonal in (1, 2):
        store.write(Evaluated("float", 4, "test", 50.0, confusion=np.eye(2, dtype=np.int64) * diagonal))
    confusions = [event.confusion for event in store.events() if isinstance(event, Evaluated)]
    assert [int(matrix[0, 0]) for matrix in confusions if matrix is not None] == [1, 2]


def test_no_samples_make_no_picture(store: RunStore) -> None:
    assert getattr(store.write(samples(1, count=0)), "path", None) == ""


# ---------------------------------------------------------------------- damage and live reading


def test_a_torn_last_line_is_not_there_yet(store: RunStore) -> None:
    store.write(step(1))
    with (store.path / "events.jsonl").open("ab") as file:
        file.write(b'{"event": "paused", "st')
    assert len(list(store.events())) == 1
    events, offset = store.tail_events(0)
    assert len(events) == 1
    store.close()
    store.write(step(2))  # goes on after the last whole line
    assert [event.step for event in store.events() if isinstance(event, StepMetrics)] == [1, 2]
    assert len(store.tail_events(offset)[0]) == 1


def test_a_damaged_line_or_picture_costs_only_itself(store: RunStore) -> None:
    store.write(step(1))
    store.write(samples(1))
    with (store.path / "events.jsonl").open("ab") as file:
        file.write(b"\0\0\0\0 not json\n")
    store.write(step(2))
    (store.path / "samples/000001.npz").write_bytes(b"PK broken")
    assert [event.kind() for event in store.events()] == ["step_metrics", "step_metrics"]


def test_arrays_outside_the_folder_are_not_read(store: RunStore, tmp_path: Path) -> None:
    np.savez(tmp_path / "secret.npz", per_class=np.ones(3, np.float32))
    line = json.loads(event_to_json(Evaluated("float", 1, "test", 1.0))) | {"arrays": "../secret.npz"}
    store.write(step(1))
    with (store.path / "events.jsonl").open("a") as file:
        file.write(json.dumps(line) + "\n")
    assert len(list(store.events())) == 1


def test_a_run_can_be_followed_while_it_is_written(store: RunStore) -> None:
    reader = RunStore.open(store.path)
    events, offset = reader.tail_events()
    assert events == []
    store.write(started())
    store.write(step(1))
    events, offset = reader.tail_events(offset)
    assert [event.kind() for event in events] == ["run_started", "step_metrics"]
    assert reader.tail_events(offset) == ([], offset)
    store.write(finished())
    assert [event.kind() for event in reader.tail_events(offset)[0]] == ["finished"]
    assert reader.state == "succeeded"


def test_what_a_resumed_run_did_again_appears_once(store: RunStore) -> None:
    store.write(started())
    store.write(PhaseStarted("warmup", 100))
    for number in (1, 2, 3, 4):
        store.write(step(number, loss=1.0))
    store.write(finished("stopped"))
    store.write(started(resumed=2))
    for number in (3, 4, 5):
        store.write(step(number, loss=2.0))
    losses = [event.values["generator/total"] for event in store.events() if isinstance(event, StepMetrics)]
    assert losses == [1.0, 1.0, 2.0, 2.0, 2.0]
    assert not any(isinstance(event, Finished) for event in store.events())
    with (store.path / "metrics.csv").open(newline="") as file:
        assert [row["global_step"] for row in csv.DictReader(file)] == ["1", "2", "3", "4", "5"]


def test_a_run_that_began_anew_replaces_its_first_try(store: RunStore) -> None:
    for loss in (1.0, 2.0):
        store.write(started())
        store.write(PhaseStarted("warmup", 100))
        store.write(step(1, loss=loss))
    assert [event.kind() for event in store.events()] == ["run_started", "run_started", "phase_started", "step_metrics"]
    with (store.path / "metrics.csv").open(newline="") as file:
        assert [row["generator/total"] for row in csv.DictReader(file)] == ["2"]


# ------------------------------------------------------------------------------- state and files


def test_the_events_set_the_state_and_the_results(store: RunStore) -> None:
    states = [str(store.state)]
    for event in (started(), Paused(3), finished()):
        store.write(event)
        states.append(store.state)
    assert states == ["draft", "running", "paused", "succeeded"]
    assert store.info.model == MODEL
    reread = RunStore.open(store.path)
    assert reread.state == "succeeded"
    assert reread.info.results["student_top1"] == 91.0
    assert reread.info.versions["numpy"] == np.__version__
    store.write(Failed("Training left its range.", "The loss is not a number.", "", "Traceback ..."))
    assert reread.info.results["message"] == "Training left its range."
    assert "Traceback" in (store.path / "log.txt").read_text()


def test_settings_are_read_back(tmp_path: Path) -> None:
    config = RunConfig(seed=7, schedule=ScheduleConfig(warmup_steps=3))
    RunStore.create(tmp_path / "run", config).close()
    assert RunStore.open(tmp_path / "run").config == config


def test_metrics_are_a_table(store: RunStore) -> None:
    store.write(step(1))
    store.write(step(2, math.nan, **{"student/total": 0.25}))
    store.write(step(3, **{"plugin/new": 4.0}))
    with (store.path / "metrics.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["global_step"] for row in rows] == ["1", "2", "3"]
    assert [row["generator/total"] for row in rows] == ["1", "", "1"]
    assert (rows[1]["student/total"], rows[2]["plugin/new"], rows[0]["plugin/new"]) == ("0.25", "4", "")


def test_the_log_is_text(store: RunStore) -> None:
    store.write(LogMessage("warning", "The pictures have 12 classes."))
    assert "warning: The pictures have 12 classes." in (store.path / "log.txt").read_text()


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
    with pytest.raises(StorageError, match="a run in this folder already"):
        RunStore.create(tmp_path / "run", RunConfig(seed=2))
    assert RunStore.open(tmp_path / "run").config.seed == 1
    with RunStore.create(tmp_path / "run", RunConfig(seed=2), overwrite=True) as new:
        assert list(new.events()) == []
        assert {path.name for path in new.path.iterdir()} == {"run.json", "run.lock", "notes.txt"}


@pytest.mark.parametrize("name", ["a file", "a file/below"])
def test_a_file_is_no_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "a file").write_text("")
    with pytest.raises(StorageError, match="can't be made"):
        RunStore.create(tmp_path / name, RunConfig())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StorageError) as caught:
        RunStore.create(tmp_path / "run", RunConfig())
    tmp_path.chmod(0o700)
    assert "no permission" in caught.value.cause


def test_no_permission_is_said_in_plain_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(tmp_path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StorageError) as caught:
        RunStore.create(tmp_path / "run", RunConfig())
    assert "no permission" in caught.value.cause
    assert "another folder" in caught.value.hint
    assert not (tmp_path / "run").exists()


def test_a_full_disk_leaves_old_files_whole(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    torch = pytest.importorskip("torch")
    store.save_checkpoint(1, {"weight": torch.ones(2)})
    before = (store.path / "run.json").read_bytes()

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("acq_engine.store.files.os.fsync", refuse)
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

    monkeypatch.setattr("acq_engine.store.files.os.fsync", refuse)
    with pytest.raises(StorageError):
        RunStore.create(tmp_path / "run", RunConfig())
    assert not (tmp_path / "run").exists()


# ------------------------------------------------------------------------------------------ lock


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


def test_a_killed_writer_leaves_an_interrupted_run_that_can_be_taken_up(tmp_path: Path) -> None:
    script = (
        "import os, sys\nfrom acq_engine.config import RunConfig\nfrom acq_engine.store import RunStore\n"
        "store = RunStore.create(sys.argv[1], RunConfig())\nstore.set_state('running')\nos._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "run")], check=False, timeout=60)
    assert (tmp_path / "run/run.lock").exists()
    store = RunStore.open(tmp_path / "run")
    assert store.interrupted
    with RunStore.open(tmp_path / "run", write=True) as writer:
        assert not store.interrupted
        writer.write(step(1))


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


# ----------------------------------------------------------------------------------- checkpoints


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
