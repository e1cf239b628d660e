"""The verdict about a run: from accuracy where it was measured, else from signs, and never better than these allow."""

from __future__ import annotations

from dataclasses import replace

import pytest

from acq_app.run.health import SIGNS
from acq_app.run.quality import judge
from acq_app.run.state import WindowState
from acq_engine.events import Evaluated, FineTuned, Finished, LayerInfo, LayerReport, StepMetrics, Verified
from tests.tools.fake_run import FakeRun

GOOD = {"health/class": 99.0, "health/centre_error": 0.1, "health/diversity": 0.3, "health/modes": 0.95,
        "health/attention": 0.3, "health/unrest": 0.02}
DONE = Finished("succeeded", None, None, None, 100.0, {}, 60.0, True)


def measured(drop: float, agreement: float | None = 97.0, images: int = 2000) -> WindowState:
    state = WindowState()
    state.apply(Evaluated("float", images, "test", 92.0))
    state.apply(Evaluated("student", images, "test", 92.0 - drop, agreement=agreement))
    state.apply(DONE)
    return state


def guessed(agreement: float = 98.0, **values: float) -> WindowState:
    state = WindowState()
    health = GOOD | {f"health/{name}": value for name, value in values.items()}
    state.apply(StepMetrics("finetune", 5, 10, 15, health, 10.0))
    state.apply(Evaluated("student", 512, "synthetic", agreement=agreement))
    state.apply(DONE)
    return state


@pytest.mark.parametrize(("drop", "agreement", "grade"), [
    (0.5, 97.0, "usable"), (-0.4, 97.0, "usable"), (3.0, 97.0, "look"), (9.0, 97.0, "poor"), (0.5, 85.0, "look"),
    (0.5, 60.0, "poor"), (2.0, None, "usable"),
])
def test_measured_accuracy_decides(drop: float, agreement: float | None, grade: str) -> None:
    found = judge(measured(drop, agreement))
    assert found is not None and found.measured and found.grade == grade
    assert "2,000 test images" in found.sentence and "without test images" not in found.sentence


def test_few_images_prove_little() -> None:
    found = judge(measured(0.0, images=40))
    assert found is not None and found.grade == "look" and "too few" in found.sentence


@pytest.mark.parametrize(("state", "grade", "reason"), [
    (guessed(), "usable", "samples are healthy"), (guessed(88.0), "look", "88.0 %"), (guessed(60.0), "poor", "60.0 %"),
    (guessed(diversity=0.1), "look", "diversity"), (guessed(diversity=0.01), "look", "diversity"),
    (guessed(**{"diversity": 0.01, "class": 20.0}), "poor", "class match, diversity"),
])
def test_without_test_images_the_signs_decide(state: WindowState, grade: str, reason: str) -> None:
    found = judge(state)
    assert found is not None and not found.measured and found.grade == grade
    assert reason in found.sentence and "can't be known without test images" in found.sentence


def test_what_is_clipped_counts() -> None:
    for share, grade in ((0.001, "usable"), (0.08, "look"), (0.4, "poor")):
        state = guessed()
        layers = tuple(LayerInfo(name, "conv2d", (1,), 4, 4, -1, 1, clipping_rate=rate)
                       for name, rate in (("one", 0.0), ("two", share), ("three", None), ("four", float("nan"))))
        state.apply(LayerReport(layers))
        found = judge(state)
        assert found is not None and found.grade == grade and f"{100 * share:.1f} %" in found.sentence
        assert "two" in found.sentence
    state = guessed()
    state.apply(LayerReport((LayerInfo("one", "conv2d", (1,), 4, 4, -1, 1, clipping_rate=0.0002),)))
    found = judge(state)
    assert found is not None and "clipped" not in found.sentence, "0.0 % is no reason for anything"


def test_a_file_that_failed_its_check_is_poor() -> None:
    state = measured(0.0)
    state.apply(Verified("model.onnx", False, 256, "test", 50.0, 50.0, 1, 0))
    found = judge(state)
    assert found is not None and found.grade == "poor" and "verification" in found.sentence


def test_nothing_is_judged_before_it_can_be() -> None:
    state = WindowState()
    for event in FakeRun().events():
        assert judge(state) is None
        state.apply(event)
    assert judge(state) is not None
    state.results.finished = replace(DONE, state="stopped")
    assert judge(state) is None
    unknown = guessed()
    for sign in SIGNS:
        unknown.values.pop(sign.key, None)
    found = judge(unknown)
    assert found is not None and found.grade == "look" and "not known" in found.sentence


def test_agreement_of_undone_fine_tuning_is_not_the_results() -> None:
    state = WindowState()
    for step, value in ((81, 93.0), (90, 88.0), (110, 70.0)):
        state.apply(StepMetrics("finetune", step - 80, 30, step, {"accuracy/agreement": value}, 1.0))
    state.apply(FineTuned(True, 110, 0.1, 0.05))
    assert state.values["accuracy/agreement"] == 70.0
    state.apply(FineTuned(False, 80, 0.05, 0.1))
    assert state.values["accuracy/agreement"] == 93.0
    late = WindowState()
    late.apply(StepMetrics("finetune", 20, 30, 100, {"accuracy/agreement": 70.0}, 1.0))
    late.apply(FineTuned(False, 80, 0.05, 0.1))
    assert "accuracy/agreement" not in late.values, "it was not measured"
