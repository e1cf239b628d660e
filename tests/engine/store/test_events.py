"""A run folder keeps every event, and what is damaged costs only itself."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from acq_engine.events import (
    AttentionReady,
    Checkpointed,
    Evaluated,
    Event,
    Failed,
    FeaturesReady,
    Finished,
    LogMessage,
    Paused,
    PhaseStarted,
    RunStarted,
    SamplesReady,
    StepMetrics,
)
from acq_engine.settings import RunConfig, ScheduleConfig
from acq_engine.store import RunStore, event_from_json, event_to_json
from acq_engine.store.serialization import event_arrays
from tests.engine.store.made_up import MODEL, any_event, attention, finished, same, samples, started, step


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
    maps = {event.step: event for event in plain if isinstance(event, FeaturesReady)}  # a step has one, its last
    plain = [event for event in plain if not isinstance(event, FeaturesReady) or maps[event.step] is event]
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


def test_attention_of_layers_that_are_only_looked_at_has_files_of_its_own(store: RunStore) -> None:
    names = ("layer2", "/features/a b", "_features_a_b")
    events = [replace(attention(25), layer=name, corrected=False, centres=np.zeros((5, 2), np.float32))
              for name in names]
    for event in (attention(25), *events):
        store.write(event)
    assert len(list((store.path / "attention").glob("*.npz"))) == 4
    assert len(list((store.path / "attention").glob("*.png"))) == 1
    assert (store.path / "attention/000025_layer2.npz").is_file()
    assert [same(left, right) for left, right in zip(list(store.events())[1:], events, strict=True)] == [True] * 3


def test_two_evaluations_keep_their_own_confusion(store: RunStore) -> None:
    for diagonal in (1, 2):
        store.write(Evaluated("float", 4, "test", 50.0, confusion=np.eye(2, dtype=np.int64) * diagonal))
    confusions = [event.confusion for event in store.events() if isinstance(event, Evaluated)]
    assert [int(matrix[0, 0]) for matrix in confusions if matrix is not None] == [1, 2]


def test_no_samples_make_no_picture(store: RunStore) -> None:
    assert getattr(store.write(samples(1, count=0)), "path", None) == ""




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
    *events, note = store.events()
    assert [event.kind() for event in events] == ["step_metrics", "step_metrics"]
    assert note == LogMessage("warning", "2 event(s) of this run can't be read and are skipped.")


def test_arrays_outside_the_folder_are_not_read(store: RunStore, tmp_path: Path) -> None:
    np.savez(tmp_path / "secret.npz", per_class=np.ones(3, np.float32))
    line = json.loads(event_to_json(Evaluated("float", 1, "test", 1.0))) | {"arrays": "../secret.npz"}
    store.write(step(1))
    with (store.path / "events.jsonl").open("a") as file:
        file.write(json.dumps(line) + "\n")
    _, read, note = store.events()
    assert isinstance(read, Evaluated) and read.per_class is None
    assert isinstance(note, LogMessage)


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


def kinds(store: RunStore) -> list[str]:
    return [event.kind() for event in store.events()]


def test_what_came_after_the_checkpoint_at_the_same_step_is_done_again_too(store: RunStore) -> None:
    """At the end of a phase the next one begins at the same step; a stop while it calibrates saves that step again."""
    note = LogMessage("info", "The samples are weighed.")
    store.write(started())
    store.write(step(4))
    store.write(Checkpointed(4, "checkpoints/000004.pt"))
    for again in (False, True):
        store.write(PhaseStarted("calibrate", 0))
        store.write(note)
        if not again:
            store.write(Checkpointed(4, "checkpoints/000004.pt"))
            store.write(finished("stopped"))
            store.write(started(resumed=4))
    store.write(step(5))
    assert kinds(store) == ["run_started", "step_metrics", "checkpointed", "log_message", "run_started",
                            "phase_started", "step_metrics"]


def test_a_message_counts_again_when_the_same_start_says_it_again(store: RunStore) -> None:
    store.write(started())
    for _ in range(2):
        store.write(LogMessage("warning", "The images are skipped."))
    store.write(started())
    store.write(LogMessage("warning", "The images are skipped."))
    store.write(LogMessage("info", "The images are skipped."))
    assert kinds(store) == ["run_started", "log_message", "log_message", "run_started", "log_message"]


def test_arrays_that_no_event_names_go_when_the_run_is_taken_up_again(store: RunStore) -> None:
    store.write(started())
    store.write(samples(1))
    for name in ("samples/000002.npz", "samples/000002.png", "arrays/evaluated_000001.npz", "samples/mine.txt"):
        (store.path / name).parent.mkdir(exist_ok=True)
        (store.path / name).write_bytes(b"")
    damaged = store.path / "events.jsonl"
    whole = damaged.read_bytes()
    damaged.write_bytes(b"{\n" + whole)
    store.write(started(resumed=1))
    assert (store.path / "samples/000002.npz").exists(), "the damaged line may have named it"
    damaged.write_bytes(whole)
    store.write(started(resumed=1))
    left = sorted(path.relative_to(store.path).as_posix() for path in store.path.glob("*/*"))
    assert left == ["samples/000001.npz", "samples/000001.png", "samples/mine.txt"]


def test_a_torn_line_of_the_log_does_not_swallow_the_next(store: RunStore) -> None:
    (store.path / "log.txt").write_text("12:00 info: torn o")
    store.log("whole")
    store.log("again")
    lines = (store.path / "log.txt").read_text().splitlines()
    assert [line.partition("info: ")[2] for line in lines] == ["torn o", "whole", "again"]


def test_a_checkpoint_whose_event_a_kill_took_is_said_when_the_run_goes_on(store: RunStore) -> None:
    pytest.importorskip("torch")
    store.write(started())
    store.write(step(3))
    store.save_checkpoint(3, {})
    for _ in range(2):
        store.write(started(resumed=3))
    assert kinds(store) == ["run_started", "step_metrics", "checkpointed", "run_started", "run_started"]
    assert Checkpointed(3, "checkpoints/000003.pt") in list(store.events())
