"""Latency: the median of turns, and how far these are apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from acq_engine.cli.run_view import verification_figures
from acq_engine.events import Verified
from acq_engine.export.verify import latency as module
from acq_engine.store.event_log import EventLog
from acq_engine.store.serialization import event_from_json, event_to_json


def test_ranges_are_percentiles_of_the_turns_of_each_file(monkeypatch: pytest.MonkeyPatch) -> None:
    now, took = [0.0], {"own.onnx": iter([0.0, *[0.001] * 9, 0.1]), "float.onnx": iter([0.0, *np.arange(1, 11) / 1000])}

    def prepared(path: str, batch: int, threads: int) -> object:
        def run() -> None:
            now[0] += next(took[path])
        return run

    monkeypatch.setattr(module, "_prepared", prepared)
    found = module.latency("own.onnx", "float.onnx", seconds=0, clock=lambda: now[0])
    assert found.turns == 10 and found.milliseconds == pytest.approx(1)
    assert found.ranges[0] == pytest.approx((1, 10.9)), "one turn of ten was slow"
    assert found.ranges[1] == pytest.approx((1.9, 9.1)) and found.float_milliseconds == pytest.approx(5.5)


def verified(**more: object) -> Verified:
    return Verified("model.onnx", True, 10, "synthetic", 100.0, 100.0, 1, 0, 0.42, 0.71, threads=1, **more)  # type: ignore[arg-type]


def test_ranges_are_kept_and_told(tmp_path: Path) -> None:
    event = verified(latency_ranges={"latency_ms": (0.4, 0.51), "float_latency_ms": (0.66, 0.93)})
    assert event_from_json(event_to_json(event)) == event
    assert "0.42 ms [0.40 to 0.51], float 0.71 ms [0.66 to 0.93]" in verification_figures(event)
    assert "0.42 ms, float 0.71 ms (" in verification_figures(verified())


@pytest.mark.parametrize("ranges", [
    "{}", '{"latency_ms": null}', '{"latency_ms": [1.0]}', '{"latency_ms": ["a", 2.0]}', "3"])
def test_a_damaged_range_costs_only_itself(tmp_path: Path, ranges: str) -> None:
    (tmp_path / "events.jsonl").write_text(
        '{"event": "verified", "latency_ms": 0.42, "latency_ranges": ' + ranges + "}\n")
    assert EventLog(tmp_path).closing_figures() == {"latency_ms": 0.42}
