"""How long the next run takes, before it starts: from the last planned run, or not known."""

from __future__ import annotations

import dataclasses

from acq_app.features.estimate import SAMPLE
from acq_app.run.state import RunState
from acq_engine.events import ModelSummary, Planned
from acq_engine.generation.procedural_images import make_procedural_images
from acq_engine.models import load_model
from acq_engine.models.inspect import workload
from acq_engine.pipeline.plan import make_plan
from acq_engine.pipeline.plan_costs import procedural_count
from acq_engine.settings import ModelConfig, RunConfig
from tests.engine.pipeline.test_plan import LARGE, OF_TEN, SMALL
from tests.tools.windows import Make

MOBILE = ModelSummary("mobile", "", 0, 1, 1000, (3, 224, 224), 0, multiply_adds=300_000_000, outputs=6_700_000)


def test_what_is_said_of_the_sample_is_so() -> None:
    loaded = load_model(ModelConfig())
    assert workload(loaded) == (SAMPLE.multiply_adds, SAMPLE.outputs)
    assert (loaded.num_classes, loaded.input_shape) == (SAMPLE.num_classes, SAMPLE.input_shape)
    assert len(make_procedural_images(loaded, 0)) == procedural_count(loaded.input_shape)


def test_the_time_is_estimated_from_the_last_planned_run(make: Make) -> None:
    studio = make()
    estimate, bar = studio.features.estimate, studio.window.run_bar
    preferences = studio.context.preferences
    assert "meant to take about 5 min" in estimate.sentence(), "what the preset stands for"
    assert bar.sentence.toolTip().endswith(estimate.sentence())

    plan = dataclasses.replace(make_plan(RunConfig().schedule, SMALL, OF_TEN), device="cpu")
    studio.session.events.emit([Planned(plan)])
    assert preferences.costs["generator_sample"] == SMALL.generator_sample
    whole = estimate.plan(SAMPLE)
    assert whole is not None
    assert estimate.sentence() in bar.sentence.toolTip()
    assert estimate.sentence() in bar.buttons["start"].toolTip()
    settings = studio.context.run_settings
    settings.set_preset("accurate")
    longer = estimate.plan(SAMPLE)
    assert longer is not None
    assert longer.seconds > 5 * whole.seconds
    assert f"about {longer.seconds / 60:.0f} min" in bar.sentence.toolTip()

    settings.set_value("quantization.allocation", "sensitivity")
    measured = estimate.plan(SAMPLE)
    assert measured is not None
    assert measured.seconds > longer.seconds, "measuring sensitivities is counted"
    settings.set_value("quantization.allocation", "equal")

    large = estimate.plan(MOBILE)
    assert large is not None
    assert large.reduced, "the plan is that which a larger network would get"
    assert large.seconds <= 3600
    settings.set_value("device", "cuda")
    assert "is measured when it begins" in estimate.sentence(), "it was measured on another device"
    assert studio.session.controller.state is RunState.DRAFT


def test_costs_of_other_machines_are_not_taken(make: Make) -> None:
    studio = make()
    given = make_plan(RunConfig().schedule, LARGE, OF_TEN)
    studio.session.events.emit([Planned(dataclasses.replace(given, reused="runs/other"))])
    studio.session.events.emit([Planned(dataclasses.replace(given, costs=None))])
    assert studio.context.preferences.costs == {}
    studio.context.preferences.costs = {"generator_sample": 1.0}
    assert studio.features.estimate.plan(SAMPLE) is None, "a part of what is needed is not enough"


def test_the_time_is_a_field_of_the_schedule(make: Make) -> None:
    studio = make()
    panel = studio.window.column.schedule_panel
    assert panel.fields["schedule.minutes"].isVisibleTo(panel)
    settings = studio.context.run_settings
    assert settings.set_value("schedule.minutes", 7.5)
    assert settings.config.schedule.preset == "custom"
    assert not settings.set_value("schedule.minutes", 0)
    assert settings.problem("schedule.minutes").startswith("Must be above 0")
    settings.set_preset("balanced")
    assert settings.config.schedule.minutes is None
