"""What the scheduler keeps of a run: whose attempt counts, and what is said where workers end one after another."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("distributed", reason="the optional package for clusters is not here")

from acq_engine.cluster.depot import KEY, RESOURCE, Depot
from acq_engine.cluster.kept_run import SupersededError

RUN = "0123456789abcdef"


@pytest.fixture
def depot(tmp_path: Path) -> Depot:
    made = Depot()
    made._root = tmp_path
    assert made._hand_in(run=RUN, ticket={"name": "run"}) and not made._hand_in(run=RUN, ticket={"name": "run"})
    return made


def test_a_worker_that_was_given_up_can_not_write_any_more(depot: Depot) -> None:
    first = depot._begin(run=RUN, worker="tcp://a")
    second = depot._begin(run=RUN, worker="tcp://b")
    assert first is not None and second is not None
    put: dict[str, Any] = {"run": RUN, "name": "events.jsonl", "offset": 0, "data": b"{}\n", "last": False}
    with pytest.raises(SupersededError):
        depot._put(attempt=first["attempt"], **put)
    depot._put(attempt=second["attempt"], **put)
    assert depot._known[RUN].size("events.jsonl") == 3 and depot._known[RUN].lost == ["tcp://a"]


def test_workers_that_end_one_after_another_end_the_run_with_the_likeliest_reason(depot: Depot) -> None:
    for worker in ("tcp://a", "tcp://b"):
        depot._begin(run=RUN, worker=worker)
    depot.transition(KEY + RUN, "processing", "erred", exception_text="KilledWorker")
    outcome = depot._known[RUN].outcome
    assert outcome is not None and outcome["message"] == "The workers that computed the run ended, one after another."
    assert "tcp://a, tcp://b" in outcome["cause"] and "memory" in outcome["hint"]
    assert depot._begin(run=RUN, worker="tcp://c") is None, "nobody begins it again"


def test_a_worker_that_is_gone_is_known_before_another_one_takes_the_run_up(depot: Depot) -> None:
    depot._scheduler = SimpleNamespace(workers={"tcp://a": SimpleNamespace(resources={RESOURCE: 1})})
    depot._begin(run=RUN, worker="tcp://a")
    depot._stranger(worker="tcp://b", version="9.9.9")
    seen = depot._since(run=RUN, epoch=0, version=0)
    assert (seen["alone"], seen["workers"], seen["strangers"]) == (False, 1, {})
    depot._scheduler.workers = {"tcp://b": SimpleNamespace(resources={})}
    seen = depot._since(run=RUN, epoch=0, version=0)
    assert (seen["alone"], seen["workers"], seen["strangers"]) == (True, 0, {"tcp://b": "9.9.9"})


def test_what_a_client_has_not_got_yet(depot: Depot) -> None:
    begun = depot._begin(run=RUN, worker="tcp://a")
    assert begun is not None
    for name in ("run.json", "samples/000001.npz", "metrics.csv"):
        depot._put(run=RUN, attempt=1, name=name, offset=0, data=b"x", last=True)
    kept = depot._known[RUN]
    seen = kept.version
    depot._put(run=RUN, attempt=1, name="run.json", offset=0, data=b"xy", last=True)
    depot._remove(run=RUN, attempt=1, names=["samples/000001.npz"])
    assert kept.since(0, seen)["changed"] == [["run.json", 2]]
    assert kept.since(0, seen)["gone"] == ["samples/000001.npz"]
    depot._anew(run=RUN, attempt=1)
    assert kept.since(0, kept.version)["changed"] == [] and kept.since(0, seen)["epoch"] == 1


def test_calls_that_can_not_be_done_are_answered(depot: Depot) -> None:
    assert depot._answering(depot._since)(run="unknown", epoch=0, version=0) == {"unknown": True}
    assert "refused" in depot._answering(depot._parcel_get)(digest="../../etc/passwd", offset=0)
    assert "refused" in depot._answering(depot._hand_in)(run="../up", ticket={})
