"""A whole run on the built-in sample, in a few steps: what comes out, and how it can be steered."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from acq_engine.control import RunControl, Task
from acq_engine.events import (
    AttentionReady,
    Evaluated,
    Event,
    Finished,
    Paused,
    PhaseStarted,
    PredictionsCompared,
    Resumed,
    RunStarted,
    SamplesReady,
    StepMetrics,
    Verified,
)
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.settings.presets import with_method
from acq_engine.store import RunStore
from tests.engine.pipeline.small_runs import figures, images, of, short, tiny, until_trained


class Listening(RunControl):
    """Notes in which phase which task was told of."""

    def __init__(self) -> None:
        super().__init__()
        self.run: QuantizationRun | None = None
        self.tasks: list[tuple[str, Task]] = []
        self.at_reports: list[object] = []

    def tell(self, task: Task, done: int = 0, total: int = 0) -> None:
        super().tell(task, done, total)
        if task != "timing":  # only where a run is planned
            self.tasks.append(("" if self.run is None else self.run.course.phase, task))


@pytest.fixture(scope="module")
def listening() -> Listening:
    return Listening()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, listening: Listening) -> tuple[list[Event], Path]:
    """The one run here that is of the usual size, with all that belongs to one."""
    folder, events = tmp_path_factory.mktemp("runs") / "run", []
    listening.run = QuantizationRun.create(short(), folder, listening)
    for event in listening.run.events():
        events.append(event)
        if isinstance(event, StepMetrics):
            listening.at_reports.append(listening.sub_progress)
    return events, folder


def test_a_run_goes_through_its_phases_and_ends_with_a_verified_export(whole: tuple[list[Event], Path]) -> None:
    events, folder = whole
    assert isinstance(events[0], RunStarted)
    phases = [event.phase for event in of(events, PhaseStarted)]
    assert phases == ["prepare", "warmup", "calibrate", "finetune", "evaluate", "export"]
    assert isinstance(events[-1], Finished), events[-1]
    assert events[-1].state == "succeeded"
    assert events[-1].verified
    assert (folder / "model.onnx").stat().st_size == events[-1].exported_bytes
    assert [event.subject for event in of(events, Evaluated) if event.final] == ["float", "student", "exported"]
    verified = of(events, Verified)[0]
    assert verified.exact_rows == 100
    assert verified.integer_convolutions > 0


def test_an_interim_accuracy_comes_with_the_float_models_on_the_same_images(whole: tuple[list[Event], Path]) -> None:
    float_ = next(event for event in of(whole[0], Evaluated) if event.subject == "float")
    interim = [event for event in of(whole[0], Evaluated) if not event.final]
    assert interim
    for event in interim:
        assert event.float_confusion is not None
        assert event.confusion is not None
        assert event.float_confusion.sum() == event.images <= float_.images
        assert np.array_equal(event.float_confusion.sum(1), event.confusion.sum(1)), "the same images"
        assert event.float_top1 == pytest.approx(100 * np.trace(event.float_confusion) / event.images)
        if event.images == float_.images:
            assert event.float_top1 == float_.top1


def test_curves_count_up_and_carry_every_loss_that_has_a_weight(whole: tuple[list[Event], Path]) -> None:
    reports = of(whole[0], StepMetrics)
    steps = [report.global_step for report in reports]
    assert steps == sorted(set(steps))
    assert steps[-1] == 12
    seen = set().union(*(report.values for report in reports))
    assert {
        "generator/class", "generator/bn", "generator/centre", "generator/pair", "generator/modes_bn",
        "generator/modes_output", "generator/modes_attention", "student/distillation", "student/feature",
        "health/class", "health/centre_error", "health/diversity", "health/modes", "accuracy/student",
        "accuracy/agreement", "accuracy/agreement_test",
    } <= seen
    assert all(np.isfinite(value) for report in reports for value in report.values.values())


def test_a_generator_that_learns_no_more_is_judged_by_many_samples(whole: tuple[list[Event], Path]) -> None:
    reports = [event for event in of(whole[0], StepMetrics) if "health/class" in event.values]
    warm = [event for event in reports if event.phase == "warmup" and event.step < event.steps]
    after = [event.values["health/class"] for event in reports if event not in warm]
    assert warm and len(after) >= 2 and len(set(after)) == 1, "the same samples, and the same generator"
    assert after[0] * 2.56 == pytest.approx(round(after[0] * 2.56)), "of 256"


def test_looks_show_the_same_conditions_each_time_and_measured_centres_inside_the_picture(
    whole: tuple[list[Event], Path],
) -> None:
    samples = of(whole[0], SamplesReady)
    maps = [event for event in of(whole[0], AttentionReady) if event.corrected]
    others = [event for event in of(whole[0], AttentionReady) if not event.corrected]
    assert {event.step for event in others} == {event.step for event in maps}
    assert all(event.layer != maps[0].layer for event in others)
    assert len(samples) == len(maps) >= 5
    for sample in samples:
        assert np.array_equal(sample.labels, samples[0].labels)
        assert sample.asked is not None
        assert np.array_equal(sample.asked, samples[0].asked)
        assert np.abs(sample.measured).max() <= 1
        assert sample.images.shape[1:] == (32, 32, 3)
    assert samples[0].student_class is None
    assert samples[-1].student_class is not None
    np.testing.assert_allclose(maps[-1].eval_maps.sum((1, 2)), 1, rtol=1e-4)


def test_the_run_folder_gives_the_same_run_back(whole: tuple[list[Event], Path]) -> None:
    events, folder = whole
    store = RunStore.open(folder)
    assert store.state == "succeeded"
    read = list(store.events())
    assert [type(event) for event in read] == [type(event) for event in events]
    assert np.array_equal(of(read, SamplesReady)[-1].images, of(events, SamplesReady)[-1].images)


def test_finish_now_skips_training_but_not_evaluation_and_export(tmp_path: Path) -> None:
    config, control = tiny(warmup_steps=1000, finetune_steps=1000), RunControl()
    config.test_set.path = images(tmp_path, 8)
    events = []
    for event in QuantizationRun.create(config, tmp_path / "run", control).events():
        events.append(event)
        if isinstance(event, StepMetrics) and event.step == 2:
            control.finish_now()
    assert isinstance(events[-1], Finished), events[-1]
    assert events[-1].state == "succeeded"
    assert events[-1].exported_top1 is not None
    assert max(report.global_step for report in of(events, StepMetrics)) <= 4


class ResumingControl(RunControl):
    """Resumes as soon as the run waits."""

    def wait_while_paused(self, seconds: float | None = None) -> None:
        self.resume()
        super().wait_while_paused(seconds)


def test_pause_takes_effect_within_a_step_and_resume_goes_on(tmp_path: Path) -> None:
    control = ResumingControl()
    steps_at_pause = []
    asked_at = 0

    def seen(event: Event) -> None:
        nonlocal asked_at
        if isinstance(event, StepMetrics) and event.global_step == 2:
            asked_at = event.global_step
            control.pause()
        if isinstance(event, Paused | Resumed):
            steps_at_pause.append(event.step)

    last = until_trained(QuantizationRun.create(tiny(), tmp_path / "run", control), seen)[-1]
    assert len(steps_at_pause) == 2
    assert all(asked_at <= step <= asked_at + 1 for step in steps_at_pause)
    assert isinstance(last, PhaseStarted)


def test_without_test_images_accuracy_is_unknown_and_agreement_is_measured_on_samples(tmp_path: Path) -> None:
    events = list(QuantizationRun.create(tiny(), tmp_path / "run").events())
    end = events[-1]
    assert isinstance(end, Finished), end
    assert (end.float_top1, end.student_top1, end.exported_top1) == (None, None, None)
    assert end.agreement is not None
    assert end.verified
    # As the exported file, which computes in whole numbers too, answers to the same samples.
    assert of(events, Verified)[0].agreement == 100
    assert {event.on for event in of(events, Evaluated)} == {"synthetic"}
    samples, drawn = of(events, PredictionsCompared)
    assert (samples.on, drawn.on) == ("synthetic", "procedural")
    student = next(event for event in of(events, Evaluated) if event.subject == "student")
    assert len(samples.float_classes) == student.images
    assert student.agreement == 100 * (samples.float_classes == samples.quantized_classes).mean()
    assert samples.images.shape[1:] == drawn.images.shape[1:] == (12, 12, 3)
    weights, told = of(events, RunStarted)[0].loss_weights, of(events, StepMetrics)
    for total in ("generator/total", "student/total"):
        values = next(event.values for event in reversed(told) if total in event.values)
        group = total.partition("/")[0]
        parts = sum(weights[key] * value for key, value in values.items() if key.startswith(group) and key in weights)
        assert parts == pytest.approx(values[total], rel=1e-3), "curves are not weighted, their total is"


def test_the_baseline_runs_too_and_has_no_centre(tmp_path: Path) -> None:
    config = with_method(tiny(), "gdfq")
    events = until_trained(QuantizationRun.create(config, tmp_path / "run"))
    assert isinstance(events[-1], PhaseStarted), events[-1]
    assert all(sample.asked is None for sample in of(events, SamplesReady))
    assert "generator/centre" not in set().union(*figures(events))


def test_phases_without_steps_say_how_far_they_are(whole: tuple[list[Event], Path], listening: Listening) -> None:
    assert not any(listening.at_reports), "steps are counted instead"
    assert list(dict.fromkeys(listening.tasks)) == [
        ("", "loading"), ("prepare", "float"), ("calibrate", "sensitivity"), ("calibrate", "samples"),
        ("calibrate", "rounding"), ("calibrate", "biases"), ("calibrate", "interim"), ("finetune", "interim"),
        ("evaluate", "quantized"), ("export", "exporting"), ("export", "file"), ("export", "reference"),
        ("export", "latency"),
    ]
