"""How a run's minutes are divided: numbers in, a plan out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from acq_engine.events import PHASES, RunPlan, StepCosts
from acq_engine.pipeline.plan import apply_plan, fewest_generator_steps, make_plan
from acq_engine.pipeline.plan_costs import Case
from acq_engine.settings import Preset, RunConfig, ScheduleConfig
from acq_engine.settings.presets import MINUTES, SCHEDULES, with_preset

# One core: the sample model, and a depthwise network of 224 px and 1,000 classes.
SMALL = StepCosts(0.01, 0.006, 0.01, 0.005, 0.003, 0.0005, 0.001, 0.001, 1.0, 2.0, 2_600_000, 3_000_000)
LARGE = StepCosts(0.0, 0.32, 0.0, 0.37, 0.16, 0.05, 0.06, 0.06, 4.0, 15.0, 185_000_000, 194_000_000)
OF_TEN = Case(10, 1024, free_bytes=16 * 10**9, multiply_adds=12_000_000, outputs=86_000)
OF_THOUSAND = Case(1000, 64, free_bytes=16 * 10**9, multiply_adds=385_000_000, outputs=6_700_000)


def schedule(preset: Preset = "fast", **values: Any) -> ScheduleConfig:
    """A preset with some values changed and named for it, as every entrance does."""
    found = with_preset(RunConfig(), preset).schedule.model_copy(update=values)
    return found.model_copy(update={"preset": "custom"}) if values else found


def faster(costs: StepCosts, times: float) -> StepCosts:
    names = ("generator_step", "generator_sample", "student_step", "student_sample", "pixel_sample", "float_image",
             "quantized_image", "integer_image", "build", "measuring")
    return replace(costs, **{name: getattr(costs, name) / times for name in names})


def steps(plan: RunPlan) -> dict[str, int]:
    return {phase.phase: phase.steps for phase in plan.phases if phase.phase in ("warmup", "finetune")}


@pytest.mark.parametrize("preset", ["fast", "balanced", "accurate"])
def test_a_network_for_which_the_preset_fits_gets_it_as_it_is(preset: Preset) -> None:
    asked = schedule(preset)
    plan = make_plan(asked, SMALL, OF_TEN)
    assert apply_plan(asked, plan) is asked
    assert not plan.reduced
    assert not plan.notes
    assert plan.seconds < 60 * MINUTES[preset], "it finishes early"
    assert (plan.samples, plan.procedural_images) == ("generator", None)
    assert (plan.watch_samples, plan.checked_images, plan.interim_evaluations) == (256, 256, 8)


def seconds(plan: RunPlan, phase: str) -> float:
    return next(one.seconds for one in plan.phases if one.phase == phase)


def test_what_was_timed_itself_is_planned_by_that_and_not_by_other_steps() -> None:
    asked, case = schedule(minutes=20), replace(OF_THOUSAND, correction_images=16, gathered=100.0, sensitivity=50.0)
    before = make_plan(asked, LARGE, case)
    timed = replace(LARGE, bank_sample=0.1, pair_image=0.2, ranges_image=0.3, gather=0.01)
    plan = make_plan(asked, timed, case)
    assert plan.bank_images == 64 and plan.bank_steps == before.bank_steps
    saved = 64 * 40 * (1.4 * LARGE.pixel_sample - 0.1)
    assert seconds(before, "warmup") - seconds(plan, "warmup") == pytest.approx(saved, abs=0.2)
    pairs = (2.25 * 64 + 5.2 * 16) * 0.2 - 64 * 20 * LARGE.quantized_image
    ranges, gathered = 64 * (0.3 - LARGE.quantized_image), 100 * 0.01
    more = seconds(plan, "calibrate") - seconds(before, "calibrate")
    assert more == pytest.approx(pairs + ranges + gathered - 100 * LARGE.gather, abs=0.2)
    without = make_plan(asked, timed, replace(case, sensitivity=0.0))
    assert seconds(plan, "calibrate") - seconds(without, "calibrate") == pytest.approx(50 * LARGE.float_image, abs=0.2)


@pytest.mark.parametrize("preset", ["fast", "balanced", "accurate"])
def test_a_fast_machine_does_a_large_network_in_full(preset: Preset) -> None:
    asked = schedule(preset)
    roomy = replace(OF_THOUSAND, free_bytes=80 * 10**9)
    assert apply_plan(asked, make_plan(asked, faster(LARGE, 200), roomy)) is asked


@pytest.mark.parametrize("minutes", [6, 7, 10, 20, 45, 60, 90, 240, 1000])
@pytest.mark.parametrize("preset", ["fast", "balanced", "accurate"])
def test_the_minutes_are_kept_and_no_phase_is_too_short(preset: Preset, minutes: float) -> None:
    asked = schedule(preset, minutes=float(minutes))
    plan = make_plan(asked, LARGE, OF_THOUSAND)
    done = apply_plan(asked, plan)
    assert plan.seconds <= 60 * minutes
    assert plan.minutes == minutes
    values = SCHEDULES[preset]
    for name in ("warmup_steps", "finetune_steps", "generator_batch", "student_batch", "calibration_samples"):
        assert getattr(done, name) <= values[name], "never more than the preset's"
    assert done.finetune_steps == 0 or done.finetune_steps >= 100
    assert done.warmup_steps == 0 or done.warmup_steps >= min(300, values["warmup_steps"])
    assert (done.warmup_steps == 0) == (plan.samples == "bank")
    assert tuple(phase.phase for phase in plan.phases) == PHASES
    assert sum(phase.seconds for phase in plan.phases) + LARGE.measuring == pytest.approx(plan.seconds, abs=1)


def test_more_minutes_never_do_less() -> None:
    seen = [make_plan(schedule("balanced", minutes=float(minutes)), LARGE, OF_THOUSAND)
            for minutes in (5, 10, 20, 40, 80, 160, 320, 640)]
    finetune = [steps(plan)["finetune"] for plan in seen]
    images = [plan.bank_images * plan.bank_steps for plan in seen if plan.samples == "bank"]
    assert finetune[0] == 0
    assert finetune[-1] > 1000
    assert images == sorted(images) or max(finetune) > 0
    assert [plan.samples for plan in seen] == sorted(plan.samples for plan in seen), "the bank first"


def test_what_is_left_out_is_said_and_its_time_goes_to_the_others() -> None:
    plan = make_plan(schedule(minutes=20.0), LARGE, OF_THOUSAND)
    assert steps(plan)["finetune"] == 0
    assert steps(plan)["warmup"] == plan.bank_steps
    assert apply_plan(schedule(minutes=20.0), plan).warmup_steps == 0, "steps of images are the plan's alone"
    assert plan.samples == "bank"
    assert plan.bank_images == 64
    assert plan.procedural_images is None
    assert plan.bank_seconds > 240
    assert plan.bank_steps >= 20 * 64 / 16
    text = " ".join(plan.notes)
    assert "The generator is skipped: it needs about 300 steps to learn 1,000 classes" in text
    assert "64 images are optimized directly in its place" in text
    assert "Fine-tuning is skipped" in text


def test_few_fixed_images_only_calibrate_unless_fine_tuning_is_set() -> None:
    plan = make_plan(schedule(minutes=45.0), LARGE, OF_THOUSAND)
    assert plan.samples == "bank"
    assert steps(plan)["finetune"] == 0
    assert any("on 64 fixed images" in note and "set its steps" in note for note in plan.notes)
    chosen = make_plan(schedule(minutes=45.0), LARGE, OF_THOUSAND, kept=("finetune_steps",))
    assert chosen.samples == "bank"
    assert steps(chosen)["finetune"] >= 100
    assert "fixed images" not in " ".join(chosen.notes)


def test_a_generator_without_a_stand_in_has_what_there_is() -> None:
    plan = make_plan(schedule(minutes=20.0, canvas_share=0.0), LARGE, OF_THOUSAND)
    assert plan.samples == "generator"
    assert 0 < steps(plan)["warmup"] < 250
    assert "hardly learns" in " ".join(plan.notes)
    assert plan.seconds <= 1200


@pytest.mark.parametrize("changed", [{"warmup_steps": 30}, {"finetune_steps": 17}, {"generator_batch": 8},
                                     {"warmup_steps": 30, "finetune_steps": 30}, {"student_batch": 10}])
@pytest.mark.parametrize("minutes", [1.0, 10.0, 100.0])
def test_numbers_chosen_by_hand_stay(changed: dict[str, int], minutes: float) -> None:
    asked = schedule("balanced", minutes=minutes, **changed)
    done = apply_plan(asked, make_plan(asked, LARGE, OF_THOUSAND))
    assert {name: getattr(done, name) for name in changed} == changed


def test_a_number_that_is_the_presets_stays_if_it_was_typed() -> None:
    plan = make_plan(schedule("fast", minutes=10.0), LARGE, OF_THOUSAND, ["finetune_steps"])
    assert steps(plan)["finetune"] == 300
    assert "longer than the 10 min" in plan.notes[-1]


def test_without_a_limit_everything_stays() -> None:
    asked = with_preset(RunConfig(), "balanced").schedule.model_copy(update={"preset": "custom"})
    plan = make_plan(asked, LARGE, OF_THOUSAND)
    assert apply_plan(asked, plan) is asked
    assert plan.minutes is None
    assert plan.seconds > 3600


def test_a_preset_of_a_small_network_is_the_same_on_a_slow_machine_unless_a_time_is_set() -> None:
    slow = faster(SMALL, 1 / 20)
    asked = schedule("fast")
    plan = make_plan(asked, slow, OF_TEN)
    assert apply_plan(asked, plan) is asked
    assert plan.seconds > 300
    assert "--minutes" in plan.notes[0]
    assert make_plan(schedule("fast", minutes=5.0), slow, OF_TEN).reduced


def test_batches_fit_the_memory() -> None:
    small = replace(OF_THOUSAND, free_bytes=3 * 10**9)
    asked = schedule("accurate")
    plan = make_plan(asked, faster(LARGE, 1000), small)
    done = apply_plan(asked, plan)
    assert done.generator_batch == 8
    assert done.student_batch == 8
    assert (done.warmup_steps, done.finetune_steps) == (1500, 6000)
    assert "3.0 GB are free" in plan.notes[0]
    assert len(plan.notes) == 2, "one sentence for each batch"
    asked = schedule("accurate", generator_batch=48, minutes=60.0)
    by_hand = make_plan(asked, faster(LARGE, 1000), small)
    assert apply_plan(asked, by_hand).generator_batch == 48
    assert "halved if memory runs out" in " ".join(by_hand.notes)


def test_test_images_count_and_too_many_of_them_come_on_top() -> None:
    few = make_plan(schedule(minutes=10.0), LARGE, replace(OF_THOUSAND, test_images=650))
    assert few.seconds <= 600
    many = make_plan(schedule(minutes=10.0), LARGE, replace(OF_THOUSAND, test_images=50_000))
    assert "come on top" in many.notes[0]
    assert many.seconds > 50_000 * 0.1


def test_too_few_minutes_are_said_to_be_too_few() -> None:
    plan = make_plan(schedule(minutes=0.5), LARGE, OF_THOUSAND)
    assert plan.seconds > 30
    assert "takes longer than the 0.5 min" in plan.notes[-1]
    assert plan.procedural_images == 16


def test_a_generator_that_is_reused_is_neither_trained_nor_left_out() -> None:
    plan = make_plan(schedule(minutes=20.0), LARGE, replace(OF_THOUSAND, reused=True))
    assert plan.samples == "generator"
    assert steps(plan)["warmup"] == 0
    assert apply_plan(schedule(minutes=20.0), plan).warmup_steps == 250


def test_the_fewest_generator_steps_grow_with_the_classes() -> None:
    assert [fewest_generator_steps(classes) for classes in (2, 10, 100, 1000)] == [100, 100, 200, 300]


def test_images_of_another_run_cost_nothing_and_stand_in_the_plan() -> None:
    case = replace(OF_THOUSAND, bank_images=48, bank_steps=120, reused=True)
    plan = make_plan(schedule(minutes=20.0), LARGE, case)
    assert (plan.samples, plan.bank_images, plan.bank_steps) == ("bank", 48, 120)
    phases = {phase.phase: phase for phase in plan.phases}
    assert phases["warmup"].steps == 120
    assert phases["warmup"].seconds < 10, "they are looked at once"
    assert apply_plan(schedule(minutes=20.0), plan).warmup_steps == 0
    assert any("48 images that another run optimized are reused." in note for note in plan.notes)
    assert phases["finetune"].steps == 0
