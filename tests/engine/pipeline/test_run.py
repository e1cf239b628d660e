"""A whole run on the built-in sample, in a few steps: what comes out, and how it can be steered."""

from __future__ import annotations

import csv
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from acq_engine.control import RunControl, Task
from acq_engine.errors import AcqError, StorageError
from acq_engine.events import (
    AttentionReady,
    Checkpointed,
    Evaluated,
    Event,
    Failed,
    Finished,
    LogMessage,
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
from acq_engine.quantization import calibrate
from acq_engine.settings import RunConfig
from acq_engine.settings.presets import with_method
from acq_engine.store import RunStore


def short(**schedule: Any) -> RunConfig:
    values = {
        "warmup_steps": 6, "finetune_steps": 6, "generator_batch": 16, "student_batch": 8, "calibration_samples": 32,
        "report_every": 2, "sample_every": 3, "checkpoint_every": 3,
    } | schedule
    return RunConfig.from_data({"schedule": values, "test_set": {"limit": 60}, "device": "cpu"})


def of(events: list[Event], kind: type[Any]) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


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
            self.tasks.append(("" if self.run is None else self.run._phase, task))


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


def figures(events: list[Event]) -> list[dict[str, float]]:
    return [event.values for event in of(events, StepMetrics)]


def tiny(**schedule: Any) -> RunConfig:
    """As `short`, on images of 12 pixels and with a small generator: what is asked does not depend on sizes."""
    return RunConfig.from_data({
        **short(**schedule).model_dump(mode="json", by_alias=True, include={"schedule", "device"}),
        "model": {"input_size": 12}, "generator": {"width": 8, "noise_dim": 8}, "test_set": {"use_sample": False},
        "quantization": {"rounding": "nearest"}, "threads": 1,
    })


def images(folder: Path, count: int) -> Path:
    """A test set of a small run."""
    pixels = np.random.default_rng(0).integers(0, 256, (count, 12, 12), dtype=np.uint8)
    np.savez(folder / "set.npz", images=pixels, labels=np.arange(count) % 10)
    return folder / "set.npz"


def until_trained(run: QuantizationRun, each: Callable[[Event], None] = lambda event: None) -> list[Event]:
    """Drive a run until its evaluation, or until it is stopped: an export takes longer than all before it."""
    events, seen = run.events(), []
    assert isinstance(events, Generator)
    for event in events:
        seen.append(event)
        each(event)
        if isinstance(event, PhaseStarted) and event.phase == "evaluate":
            events.close()
    return seen


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Event], Path]:
    """A small run that nobody disturbed, up to its evaluation."""
    folder = tmp_path_factory.mktemp("trained") / "run"
    return until_trained(QuantizationRun.create(tiny(), folder)), folder


def test_the_same_seed_gives_the_same_run_bit_for_bit(trained: tuple[list[Event], Path], tmp_path: Path) -> None:
    again = until_trained(QuantizationRun.create(tiny(), tmp_path / "again"))
    assert figures(again) == figures(trained[0])
    files = [folder / "student.safetensors" for folder in (tmp_path / "again", trained[1])]
    assert files[0].read_bytes() == files[1].read_bytes()
    other = until_checked(QuantizationRun.create(tiny().model_copy(update={"seed": 1}), tmp_path / "other"))
    assert figures(other)[0] != figures(trained[0])[0]


@pytest.mark.parametrize("phase", ["warmup", "finetune"])
def test_a_cancelled_run_is_resumed_and_ends_as_if_nothing_had_happened(
    phase: str, trained: tuple[list[Event], Path], tmp_path: Path
) -> None:
    control = RunControl()
    events = []
    for event in QuantizationRun.create(tiny(), tmp_path / "run", control).events():
        events.append(event)
        if isinstance(event, StepMetrics) and event.phase == phase and event.step == 4:
            control.cancel()
    assert isinstance(events[-1], Finished)
    assert events[-1].state == "stopped"
    assert isinstance(events[-2], Checkpointed)
    store = RunStore.open(tmp_path / "run")
    assert store.state == "stopped"
    resumed = until_trained(QuantizationRun.resume(store))
    assert isinstance(resumed[-1], PhaseStarted), resumed[-1]
    losses = [{key: value for key, value in values.items() if "student/" in key or "generator/" in key}
              for values in (figures(resumed)[-1], figures(trained[0])[-1])]
    assert losses[0] == losses[1]
    files = [folder / "student.safetensors" for folder in (tmp_path / "run", trained[1])]
    assert files[0].read_bytes() == files[1].read_bytes()


def table_and_instability(folder: Path) -> tuple[list[dict[str, str]], list[float]]:
    with (folder / "metrics.csv").open(newline="") as file:
        rows = [{key: value for key, value in row.items() if "seconds" not in key} for row in csv.DictReader(file)]
    loaded = RunStore.open(folder).load_checkpoint()
    assert loaded is not None
    return rows, loaded[1]["settling"]


@pytest.mark.parametrize("phase", ["warmup", "finetune"])
def test_a_run_stopped_between_two_reports_has_the_same_table_in_the_end(
    phase: str, trained: tuple[list[Event], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    control = RunControl()
    run = QuantizationRun.create(tiny(), tmp_path / "run", control)
    stepped = run._stepped

    def stops_after_five(*arguments: Any, **options: Any) -> Iterator[Event]:
        yield from stepped(*arguments, **options)
        if (run._phase, run._step) == (phase, 5):
            control.cancel()

    monkeypatch.setattr(run, "_stepped", stops_after_five)
    until_trained(run)
    assert RunStore.open(tmp_path / "run").state == "stopped"
    until_trained(QuantizationRun.resume(RunStore.open(tmp_path / "run")))
    assert table_and_instability(tmp_path / "run") == table_and_instability(trained[1])


def test_a_run_that_is_stopped_while_it_calibrates_ends_as_if_nothing_had_happened(
    trained: tuple[list[Event], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    control = RunControl()

    def stopped_at_its_end(*arguments: Any) -> None:
        calibrate(*arguments)
        control.cancel()

    monkeypatch.setattr("acq_engine.pipeline.run.calibrate", stopped_at_its_end)
    events = list(QuantizationRun.create(tiny(), tmp_path / "run", control).events())
    assert isinstance(events[-1], Finished)
    monkeypatch.undo()
    resumed = until_trained(QuantizationRun.resume(RunStore.open(tmp_path / "run")))
    assert isinstance(resumed[-1], PhaseStarted), resumed[-1]
    files = [folder / "student.safetensors" for folder in (tmp_path / "run", trained[1])]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_run_goes_on_without_its_test_images(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    images(tmp_path, 20)
    monkeypatch.chdir(tmp_path)
    config = tiny(checkpoint_every=2)
    config.test_set.path = Path("set.npz")
    control = RunControl()
    for event in QuantizationRun.create(config, tmp_path / "run", control).events():
        if isinstance(event, Checkpointed):
            control.cancel()
    monkeypatch.chdir("/")
    with RunStore.open(tmp_path / "run") as store:
        assert QuantizationRun.resume(store).test_set is not None, "its path is a whole one"
    (tmp_path / "set.npz").unlink()
    events = until_trained(QuantizationRun.resume(RunStore.open(tmp_path / "run")))
    assert isinstance(events[-1], PhaseStarted), events[-1]
    assert any("goes on without its test images" in event.text for event in of(events, LogMessage))


def test_a_full_disk_while_stopping_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    control = RunControl()
    run = QuantizationRun.create(short(checkpoint_every=100), tmp_path / "run", control)

    def full(*_: Any) -> str:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(run.store, "save_checkpoint", full)
    events = []
    for event in run.events():
        events.append(event)
        if isinstance(event, StepMetrics):
            control.cancel()
    assert isinstance(events[-1], Failed)
    assert events[-1].message == "The disk is full."
    assert RunStore.open(tmp_path / "run").state == "failed"


def test_a_run_that_died_without_a_word_is_resumed_from_its_last_checkpoint(tmp_path: Path) -> None:
    run = QuantizationRun.create(tiny(), tmp_path / "run").events()
    for event in run:
        if isinstance(event, Checkpointed) and event.step == 9:
            break
    run.close()  # type: ignore[attr-defined]
    resumed = list(QuantizationRun.resume(RunStore.open(tmp_path / "run")).events())
    assert of(resumed, RunStarted)[0].resumed_from_step == 9
    assert min(report.global_step for report in of(resumed, StepMetrics)) > 9
    assert isinstance(resumed[-1], Finished)


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


def test_a_full_graphics_card_ends_the_run_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> torch.Tensor:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has 8.00 GiB in all.")

    monkeypatch.setattr("acq_engine.teacher.losses.class_loss", full)  # already while steps are timed
    events = list(QuantizationRun.create(short(), tmp_path / "run").events())
    assert any("no plan: memory ran out" in event.text for event in of(events, LogMessage))
    end = events[-1]
    assert isinstance(end, Failed)
    assert end.message == "The GPU is out of memory."
    assert end.cause == "CUDA out of memory."
    assert "smaller generator batch" in end.hint


def test_diverging_losses_end_the_run_with_a_plain_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from acq_engine.teacher import losses

    real, calls = losses.class_loss, []

    def diverging(*arguments: Any) -> torch.Tensor:
        calls.append(1)
        return real(*arguments) * (1.0 if len(calls) == 1 else float("nan"))

    run = QuantizationRun.create(short(report_every=4, checkpoint_every=1), tmp_path / "run")
    monkeypatch.setattr(losses, "class_loss", diverging)  # steps were timed before
    events = list(run.events())
    assert isinstance(events[-1], Failed)
    assert "became NaN" in events[-1].message
    assert [event.step for event in of(events, Checkpointed)] == [1], "nothing that is no number is kept"
    assert RunStore.open(tmp_path / "run").state == "failed"


def until_checked(run: QuantizationRun) -> list[Event]:
    """Drive a run until it reports its losses."""
    seen = []
    events = run.events()
    assert isinstance(events, Generator)
    for event in events:
        seen.append(event)
        if isinstance(event, StepMetrics):
            events.close()
    return seen


@pytest.mark.parametrize(("loss", "value", "phase", "name"), [
    ("class_loss", "nan", "warmup", "generator class"), ("bn_loss", "inf", "warmup", "generator BN statistics"),
    ("feature_loss", "nan", "finetune", "student features"),
    ("distillation_loss", "-inf", "finetune", "student distillation"),
])
def test_a_loss_that_is_no_number_is_named_and_the_run_goes_on_with_lower_rates(
    loss: str, value: str, phase: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from acq_engine.teacher import losses

    real = getattr(losses, loss)
    run = QuantizationRun.create(tiny(report_every=6, sample_every=6), tmp_path / "run")
    monkeypatch.setattr(losses, loss, lambda *given: real(*given) * (
        float(value) if (run._phase, run._step) == (phase, 4) else 1.0))
    events = list(run.events())
    end = events[-1]
    assert isinstance(end, Failed) and "became NaN" in end.message
    step = {"warmup": 6, "finetune": 5}[phase]  # the next look at them
    assert f"In phase {phase}, step {step}, these were NaN or infinite: " in end.cause and name in end.cause, end.cause
    assert end.lower_rates and "--lower-rates" in end.hint
    saved = of(events, Checkpointed)[-1].step
    assert saved == {"warmup": 3, "finetune": 9}[phase], "the last one from before"
    monkeypatch.undo()
    before = RunStore.open(tmp_path / "run").config.schedule
    run = QuantizationRun.resume(RunStore.open(tmp_path / "run"), lower_rates=True)
    resumed = until_checked(run)
    assert isinstance(resumed[-1], StepMetrics), resumed[-1]
    assert of(resumed, RunStarted)[0].resumed_from_step == saved
    assert any("learning rates are 0.3 times" in event.text for event in of(resumed, LogMessage))
    after = RunStore.open(tmp_path / "run").config.schedule
    assert after.student_lr == pytest.approx(0.3 * before.student_lr)
    assert after.generator_lr == pytest.approx(0.3 * before.generator_lr)
    if phase == "finetune":  # also where the checkpoint brings the optimizer's state
        assert run._session is not None and run._session.student_trainer is not None
        rates = [group["rate"] for group in run._session.student_trainer.optimizer.param_groups]
        assert rates == pytest.approx([after.student_lr, after.scale_lr])


def test_weights_that_are_no_numbers_never_become_a_checkpoint(tmp_path: Path) -> None:
    """The loss was a number, the step that it led to was not; the layer that gives no numbers is named."""
    run = QuantizationRun.create(tiny(report_every=1), tmp_path / "run")
    events, seen = run.events(), []
    for event in events:
        seen.append(event)
        if isinstance(event, StepMetrics) and event.global_step == 5:
            assert run._session is not None
            with torch.no_grad():
                next(run._session.generator.parameters()).fill_(float("inf"))
            run.control.cancel()  # a stop saves as well
    assert isinstance(seen[-1], Failed) and "became NaN or infinite" in seen[-1].cause
    assert "of the generator" in seen[-1].cause.partition("first layer")[2]
    assert of(seen, Checkpointed)[-1].step == 3


@pytest.fixture
def bad_configs(tmp_path: Path) -> list[RunConfig]:
    missing = RunConfig.from_data({"model": {"source": "checkpoint", "path": str(tmp_path / "none.safetensors")}})
    no_images = RunConfig.from_data({"test_set": {"path": str(tmp_path / "none.npz")}})
    layer = RunConfig.from_data({"generator": {"attention_layer": "layer99"}})
    return [missing, no_images, layer]


def test_bad_input_leaves_no_run_folder(bad_configs: list[RunConfig], tmp_path: Path) -> None:
    for number, config in enumerate(bad_configs):
        folder = tmp_path / f"run{number}"
        with pytest.raises(AcqError) as caught:
            QuantizationRun.create(config, folder)
        assert caught.value.exit_code == 2
        assert not folder.exists()


def test_phases_without_steps_say_how_far_they_are(whole: tuple[list[Event], Path], listening: Listening) -> None:
    assert not any(listening.at_reports), "steps are counted instead"
    assert list(dict.fromkeys(listening.tasks)) == [
        ("", "loading"), ("prepare", "float"), ("calibrate", "sensitivity"), ("calibrate", "samples"),
        ("calibrate", "rounding"), ("calibrate", "biases"), ("calibrate", "interim"), ("finetune", "interim"),
        ("evaluate", "quantized"), ("export", "exporting"), ("export", "file"), ("export", "reference"),
        ("export", "latency"),
    ]
