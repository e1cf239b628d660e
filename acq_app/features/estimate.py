"""How long the next run will take, before it starts: from what steps cost when this machine last planned a run."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from acq_app.features.context import AppContext
from acq_app.features.model_inspection.feature import ModelInspection
from acq_engine.events import Event, ModelSummary, Planned, RunPlan, StepCosts
from acq_engine.pipeline.plan import estimate
from acq_engine.pipeline.plan_costs import (
    Case,
    correction_count,
    interim_count,
    procedural_count,
    rounding_count,
    sensitivity_images,
)
from acq_engine.settings.presets import budget_minutes

# The built-in model, which nobody has to look at: multiply-adds and outputs for one image, classes, input.
SAMPLE = ModelSummary("fashion", "", 0, 0, 10, (1, 32, 32), 0, multiply_adds=12_206_720, outputs=86_026)


class TimeEstimate(QObject):
    """Keeps what the last planned run measured, and says what the next one takes; says nothing that is not known."""

    changed = Signal()

    def __init__(self, context: AppContext, inspection: ModelInspection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._model: ModelSummary | None = None
        inspection.found.connect(self._found)
        inspection.forgotten.connect(self._forget)
        context.session.events.connect(self._take)

    def sentence(self) -> str:
        """About how long the next run takes; empty while there is no model to say it of."""
        model = self._summary()
        if model is None or not model.multiply_adds:
            return ""
        plan = self.plan(model)
        if plan is None:
            budget = budget_minutes(self._context.run_settings.config.schedule)
            if budget is None:
                return self.tr("How long it takes is measured when the run begins.")
            return self.tr("It is meant to take about {0} min, which is measured when it begins.").format(f"{budget:g}")
        return " ".join(part for part in (self._time(plan.seconds / 60), self._steps(plan)) if part)

    def _steps(self, plan: RunPlan) -> str:
        """The steps that are planned, where they are not those of the settings."""
        schedule, planned = self._context.run_settings.config.schedule, {one.phase: one.steps for one in plan.phases}
        generator = plan.bank_steps or planned.get("warmup", schedule.warmup_steps)
        student = planned.get("finetune", schedule.finetune_steps)
        if plan.bank_steps:
            return self.tr("{0} images are optimized in {1} steps, as the generator would have no time to learn; {2} "
                           "fine-tuning steps.").format(plan.bank_images, generator, student)
        if (generator, student) == (schedule.warmup_steps, schedule.finetune_steps):
            return ""
        return self.tr("For that, {0} and {1} steps become {2} and {3}.").format(
            schedule.warmup_steps, schedule.finetune_steps, generator, student)

    def seconds(self) -> float | None:
        """How long the next run takes; None where that is not known."""
        model = self._summary()
        plan = None if model is None or not model.multiply_adds else self.plan(model)
        return None if plan is None else plan.seconds

    def _time(self, minutes: float) -> str:
        if minutes < 1.5:
            return self.tr("It takes about a minute, judged by the last planned run.")
        if minutes < 90:
            return self.tr("It takes about {0} min, judged by the last planned run.").format(f"{minutes:.0f}")
        return self.tr("It takes about {0} h, judged by the last planned run.").format(f"{minutes / 60:.1f}")

    def plan(self, model: ModelSummary) -> RunPlan | None:
        """The plan that the settings would get for a model; None where nothing was measured on their device."""
        preferences, config = self._context.preferences, self._context.run_settings.config
        fields = dataclasses.fields(StepCosts)
        known = preferences.costs
        needed = {field.name for field in fields if field.default is dataclasses.MISSING}
        if not needed <= known.keys() or config.device not in ("auto", preferences.costs_device.partition(":")[0]):
            return None
        whole = ("generator_bytes", "student_bytes")
        values: dict[str, Any] = {
            field.name: int(known[field.name]) if field.name in whole else known[field.name]
            for field in fields if field.name in known}
        costs = StepCosts(**values)
        before = Case(0, 0, multiply_adds=int(known.get("multiply_adds", 0)), outputs=int(known.get("outputs", 0)))
        if not before.work:
            return None
        # Test images are counted when they are loaded: the sample has 2,000 of them, other sets are not known here.
        uses_sample = config.model.source == "sample" and config.test_set.use_sample and config.test_set.path is None
        case = Case(
            model.num_classes, procedural_count(model.input_shape), 2000 if uses_sample else 0,
            interim_count(model.input_shape), rounding_count(model.input_shape, config.quantization),
            config.generator.start is not None,
            correction_images=correction_count(model.input_shape, config.quantization),
            multiply_adds=model.multiply_adds, outputs=model.outputs,
            # Nearly every convolution has a batch norm behind it.
            sensitivity=sensitivity_images(model.bn_layers + 1, model.input_shape, config.quantization),
        )
        return estimate(config.schedule, costs, before, case)

    def _summary(self) -> ModelSummary | None:
        return SAMPLE if self._context.run_settings.config.model.source == "sample" else self._model

    @Slot(object, object)
    def _found(self, summary: ModelSummary, notes: tuple[str, ...]) -> None:
        del notes
        self._model = summary
        self.changed.emit()

    @Slot()
    def _forget(self) -> None:
        self._model = None
        self.changed.emit()

    @Slot(list)
    def _take(self, events: list[Event]) -> None:
        """Keep what a run of this machine measured; one that is only shown may be another machine's."""
        session = self._context.session
        if session.controller.replaying or session.remote:
            return
        for event in events:
            if isinstance(event, Planned) and event.plan.costs is not None and not event.plan.reused:
                plan, costs = event.plan, event.plan.costs
                self._context.preferences.costs = {
                    **{key: float(value) for key, value in dataclasses.asdict(costs).items()},
                    "multiply_adds": float(plan.multiply_adds), "outputs": float(plan.outputs),
                }
                self._context.preferences.costs_device = plan.device
                self.changed.emit()
