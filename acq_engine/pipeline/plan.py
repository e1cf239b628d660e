"""A run's plan: how the minutes that it may take are divided among its phases, on the machine at hand (OURS).

Numbers in, a plan out; nothing here is timed or computed on a device (see `plan_measure`). A plan never does more than
the settings ask for, so that a small network gets its preset as it is and a seed gives the same run everywhere. It
never does less of a phase than makes it useful: then the phase is left out, and its time goes to the others.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, replace

from acq_engine.events import PlannedPhase, RunPlan, StepCosts
from acq_engine.pipeline.plan_costs import (
    FEWEST_IMAGES,
    IMAGE_STEPS,
    Amounts,
    Case,
    bank_sample,
    bank_steps,
    evaluation_seconds,
    phase_seconds,
    scaled,
)
from acq_engine.settings import ScheduleConfig
from acq_engine.settings.presets import budget_minutes, chosen_by_hand

SMALLEST_BATCH = 16
FEWEST_GENERATOR_STEPS = 100  # for each tenfold number of classes: 300 at 1,000, below which none of them was learned
FEWEST_FINETUNE_STEPS = 100
SPENT = 0.95  # of the minutes is planned for: no step takes exactly as long as the one before
MOST_WATCHING = 0.15  # of the minutes, for looking at samples and checking the export
MOST_EVALUATION = 0.5  # of the minutes, for test images; what goes beyond comes on top
MEMORY_SHARE = 0.6  # of the free memory that one step may take
# Steps of each image that is optimized directly. By the first its class is there; with twice the second, images make a
# worse student (docs/decisions/0021).
FEWEST_ROUNDS, MOST_ROUNDS = 20, 40
CLEAR_OVERRUN = 1.05


def fewest_generator_steps(classes: int) -> int:
    """How many warm-up steps a generator needs before it knows any of the classes (OURS, measured at 10 and 1,000)."""
    return round(FEWEST_GENERATOR_STEPS * math.log10(max(10, classes)))


def make_plan(
    schedule: ScheduleConfig, costs: StepCosts, case: Case, kept: Collection[str] = ()
) -> RunPlan:
    """Divide the minutes that the schedule gives.

    Args:
        schedule: Steps and batch sizes that are wanted at most; those that were chosen by hand stay (see
            `presets.chosen_by_hand`). Without minutes everything stays.
        costs: What was measured.
        case: The network and its images.
        kept: Names of settings of the schedule that were typed, and stay too though they are the preset's.
    """
    minutes = budget_minutes(schedule)
    amounts = Amounts(
        schedule.warmup_steps, schedule.finetune_steps, schedule.generator_batch, schedule.student_batch,
        schedule.calibration_samples, schedule.sample_every, procedural=case.procedural if schedule.canvas_share else 0,
        generator_every=schedule.generator_every, generator=case.reused or schedule.warmup_steps > 0,
    )
    if case.reused:
        amounts.warmup = 0
    if case.bank_images:
        amounts.generator, amounts.bank_images = False, case.bank_images
    planner = _Planner(schedule, costs, case, amounts, frozenset(kept))
    if minutes is not None:
        if case.bank_images:
            planner.without_fine_tuning()
        planner.fit_memory()
    if minutes is not None and planner.total() > 60 * minutes:
        if case.is_small and schedule.minutes is None:
            planner.notes.append(
                f"The model is small, so the preset's steps stay, and a seed gives the same result everywhere; they "
                f"take longer here than the {minutes:g} min meant for them. To keep to a time: --minutes.")
        else:
            planner.fit_time(60 * minutes)
    return planner.plan(minutes)


def estimate(schedule: ScheduleConfig, costs: StepCosts, measured: Case, case: Case) -> RunPlan:
    """The plan that a network would get, from what another one cost on this machine: rough, and without measuring.

    Args:
        schedule: The settings.
        costs: What was measured.
        measured: Of which network.
        case: The network that is asked about.
    """
    return make_plan(schedule, scaled(costs, case.work / measured.work), case)


def apply_plan(schedule: ScheduleConfig, plan: RunPlan) -> ScheduleConfig:
    """The schedule with the plan's steps and batch sizes."""
    steps = {phase.phase: phase for phase in plan.phases}
    values: dict[str, int] = {
        "finetune_steps": steps["finetune"].steps, "generator_batch": steps["calibrate"].batch,
        "student_batch": steps["finetune"].batch, "calibration_samples": plan.calibration_samples,
        "sample_every": plan.sample_every,
    }
    if plan.samples == "bank":  # the steps of images are the plan's alone
        values["warmup_steps"] = 0
    elif steps["warmup"].steps:  # a generator that is reused has no steps of its own
        values["warmup_steps"] = steps["warmup"].steps
    changed = {name: value for name, value in values.items() if getattr(schedule, name) != value}
    return schedule.model_copy(update=changed) if changed else schedule


@dataclass
class _Planner:
    schedule: ScheduleConfig
    costs: StepCosts
    case: Case
    amounts: Amounts
    kept: frozenset[str]

    def __post_init__(self) -> None:
        self.notes: list[str] = []
        self._short_of_memory: dict[str, tuple[int, str]] = {}  # largest batch, and why
        self.reduced = False

    def total(self, **changed: int | bool) -> float:
        """Expected seconds of the whole run, with some amounts exchanged."""
        amounts = replace(self.amounts, **changed)  # type: ignore[arg-type]
        return self.costs.measuring + float(sum(phase_seconds(amounts, self.costs, self.case).values()))

    # --- memory ----------------------------------------------------------------------------------

    def fit_memory(self) -> None:
        """Halve batches until a step fits into the free memory."""
        room = MEMORY_SHARE * self.case.free_bytes
        if not room:
            return
        for name, each, title in (("generator_batch", self.costs.generator_bytes, "generator"),
                                  ("student_batch", self.costs.student_bytes, "student")):
            batch = wanted = getattr(self.amounts, name)
            if self._by_hand(name):
                if batch * each > self.case.free_bytes:
                    self.notes.append(
                        f"The {title} batch of {batch} needs about {batch * each / 1e9:.1f} GB, more than the "
                        f"{self.case.free_bytes / 1e9:.1f} GB that are free; it is halved if memory runs out.")
                continue
            while batch * each > room and batch > 4:
                batch //= 2
            if batch < wanted:
                setattr(self.amounts, name, batch)
                self.reduced = True
                self._short_of_memory[name] = batch, (
                    f"The {title} batch is {batch} instead of {wanted}: {wanted} would take about "
                    f"{wanted * each / 1e9:.1f} GB of memory, and {self.case.free_bytes / 1e9:.1f} GB are free.")

    # --- time ------------------------------------------------------------------------------------

    def fit_time(self, budget: float) -> None:
        """Reduce what can be reduced until the run fits into `budget` seconds, or nothing more can be."""
        self.reduced = True
        measured = evaluation_seconds(self.costs, self.case)
        over = measured - MOST_EVALUATION * budget
        if over > 0:
            self.notes.append(
                f"Measuring accuracy on {self.case.test_images:,} test images takes about {_minutes(measured)}; "
                f"{_minutes(over)} of it come on top of the time that was set.")
        budget = SPENT * budget + max(0.0, over)
        self._watch_less(budget)
        self._smaller_batches(budget)
        by_hand = {name: self._by_hand(name) for name in ("warmup_steps", "finetune_steps")}
        warmup = self.amounts.warmup if by_hand["warmup_steps"] else 0
        finetune = self.amounts.finetune if by_hand["finetune_steps"] else 0
        wanted = (self.amounts.warmup, self.amounts.finetune)
        if self.total(warmup=warmup, finetune=finetune) > budget:
            self._calibrate_less(budget, warmup, finetune)
        free = budget - self.total(warmup=warmup, finetune=finetune)
        self._divide(free, by_hand, wanted, budget)

    def _watch_less(self, budget: float) -> None:
        """Look at samples less often, and check the export on fewer images."""
        bare = replace(self.amounts, sample_every=10**9, watch=0, interim=0, checked=0)

        def share() -> float:
            with_looks = sum(phase_seconds(self.amounts, self.costs, self.case).values())
            return (with_looks - sum(phase_seconds(bare, self.costs, self.case).values())) / budget

        fewest = {"watch": 32, "checked": 32, "interim": 1}
        while share() > MOST_WATCHING and any(getattr(self.amounts, name) > low for name, low in fewest.items()):
            for name, low in fewest.items():
                setattr(self.amounts, name, max(low, getattr(self.amounts, name) // 2))
        most = max(self.amounts.warmup, self.amounts.finetune, 1)
        while share() > MOST_WATCHING and self.amounts.sample_every < most and not self._by_hand("sample_every"):
            self.amounts.sample_every *= 2

    def _smaller_batches(self, budget: float) -> None:
        """As much smaller as steps are too many, each by the square root of what is too much."""
        excess = max(1.0, self.total() / budget)
        for name in ("generator_batch", "student_batch"):
            batch = getattr(self.amounts, name)
            if not self._by_hand(name):
                smaller = int(batch / excess**0.5) // 8 * 8
                setattr(self.amounts, name, max(min(SMALLEST_BATCH, batch), min(batch, smaller)))

    def _calibrate_less(self, budget: float, warmup: int, finetune: int) -> None:
        """Even without a single step that can be left out there is too much to do."""
        samples = self.amounts.calibration
        while samples > 64 and not self._by_hand("calibration_samples") and self.total(
                warmup=warmup, finetune=finetune, calibration=samples) > budget:
            samples //= 2
        images = self.amounts.procedural = self.case.procedural if self.schedule.canvas_share else 0
        while images > FEWEST_IMAGES and self.total(
                warmup=warmup, finetune=finetune, calibration=samples, procedural=images) > budget:
            images -= 8
        self.amounts.calibration, self.amounts.procedural = samples, images

    def _divide(
        self, free: float, by_hand: dict[str, bool], wanted: tuple[int, int], budget: float
    ) -> None:
        """Give the free seconds to the generator and to fine-tuning, in the ratio of what they were meant to take."""
        step = {"warmup": self._rate("warmup"), "finetune": self._rate("finetune")}
        fewest = fewest_generator_steps(self.case.classes)
        warmup, finetune = wanted
        # Neither a generator that is reused, nor one whose samples nothing can stand in for, is left out.
        can_do_without = self.amounts.procedural > 0 and not by_hand["warmup_steps"] and self.amounts.warmup > 0 and (
            not self.schedule.generator_every)
        if not by_hand["warmup_steps"] and self.amounts.warmup > 0:
            other = 0.0 if by_hand["finetune_steps"] else finetune * step["finetune"]
            share = warmup * step["warmup"] / (warmup * step["warmup"] + other)
            warmup = min(warmup, max(0, int(free * share / step["warmup"])))
            if warmup < fewest and min(wanted[0], int(0.7 * free / step["warmup"])) >= fewest:
                warmup = fewest
            if warmup < min(fewest, wanted[0] if not can_do_without else fewest):
                if can_do_without:
                    return self._without_generator(free, by_hand, step, fewest, budget)
                warmup = max(1, warmup)
                self.notes.append(
                    f"The generator has {warmup} steps; below {fewest} it hardly learns {self.case.classes:,} classes.")
            free -= warmup * step["warmup"]
        self._fine_tune(free, by_hand, step)
        if not self.amounts.finetune and not by_hand["warmup_steps"] and finetune:
            warmup = min(wanted[0], warmup + max(0, int(free / step["warmup"])))
        if warmup < wanted[0]:
            self.notes.append(f"The generator has {warmup} of {wanted[0]} warm-up steps.")
        self.amounts.warmup = warmup
        return None

    def _without_generator(
        self, free: float, by_hand: dict[str, bool], step: dict[str, float], fewest: int, budget: float
    ) -> None:
        """Leave the warm-up out: images first, since calibration needs them, then fine-tuning."""
        could = max(0, int(free / step["warmup"]))
        self.notes.append(
            f"The generator is skipped: it needs about {fewest} steps to learn {self.case.classes:,} classes, and "
            f"there is time for {could}.")
        self.amounts.warmup, self.amounts.generator = 0, False
        finetune = self.amounts.finetune if by_hand["finetune_steps"] else 0
        if self._bank(budget, finetune):
            self.notes.append(
                f"{self.amounts.bank_images} images are optimized directly in its place, {self.amounts.bank_rounds} "
                "steps each.")
            self.without_fine_tuning()
        else:
            self.notes.append("Refined procedural images stand in for its samples.")
            self._calibrate_less(budget, 0, finetune)  # there is more time for it now
        self._fine_tune(budget - self.total(finetune=finetune), by_hand, step)

    def without_fine_tuning(self) -> None:
        """So few images teach a student themselves: it came nearer to the teacher on all that is synthetic, and on
        photographs it went away from it (docs/decisions/0021), which no judge without photographs can see."""
        if self._by_hand("finetune_steps") or not self.amounts.finetune:
            return
        self.amounts.finetune = 0
        self.notes.append(
            f"Fine-tuning is skipped: on {self.amounts.bank_images} fixed images it fits the quantized model to these, "
            "and photographs suffered. To fine-tune all the same, set its steps.")

    def _bank(self, budget: float, finetune: int) -> bool:
        """As many images, with as many steps each, as there is time for; whether that is enough to be of use."""
        images = self.case.procedural
        while images >= FEWEST_IMAGES:
            def takes(rounds: int, images: int = images) -> float:
                return self.total(finetune=finetune, bank_images=images, bank_rounds=rounds)

            # Of rounds that all cost the same, as many as fit between none and one more.
            each = takes(2) - takes(1)
            rounds = min(MOST_ROUNDS, int((budget - takes(1)) / each) + 1)
            if rounds >= FEWEST_ROUNDS:
                self.amounts.bank_images, self.amounts.bank_rounds = images, rounds
                return True
            images -= 8
        return False

    def _fine_tune(self, free: float, by_hand: dict[str, bool], step: dict[str, float]) -> None:
        wanted = self.amounts.finetune
        if by_hand["finetune_steps"] or not wanted:
            return
        steps = min(wanted, max(0, int(free / step["finetune"])))
        if steps < min(FEWEST_FINETUNE_STEPS, wanted):
            self.notes.append(
                f"Fine-tuning is skipped: fewer than {FEWEST_FINETUNE_STEPS} steps do not help, and there is time for "
                f"{steps}.")
            steps = 0
        elif steps < wanted:
            self.notes.append(f"Fine-tuning has {steps} of {wanted} steps.")
        self.amounts.finetune = steps

    def _rate(self, phase: str) -> float:
        """Seconds that one more step of a phase costs, what belongs to it included."""
        many = 1000
        with_steps = replace(self.amounts, **{"warmup": 0, "finetune": 0, phase: many})  # type: ignore[arg-type]
        without = replace(self.amounts, warmup=0, finetune=0)
        return max(1e-9, sum(phase_seconds(with_steps, self.costs, self.case).values())
                   - sum(phase_seconds(without, self.costs, self.case).values())) / many

    def _by_hand(self, name: str) -> bool:
        """Whether a value was chosen and is to stay."""
        return name in self.kept or chosen_by_hand(self.schedule, name)

    # --- the result ------------------------------------------------------------------------------

    def plan(self, minutes: float | None) -> RunPlan:
        """What came of it."""
        amounts, total = self.amounts, self.total()
        seconds = phase_seconds(amounts, self.costs, self.case)
        batches = {"warmup": amounts.generator_batch, "calibrate": amounts.generator_batch,
                   "finetune": amounts.student_batch}
        steps = {"warmup": amounts.warmup, "finetune": amounts.finetune}
        rates = {"warmup": self.costs.generator_step + amounts.generator_batch * self.costs.generator_sample,
                 "finetune": self.costs.student_step + amounts.student_batch * self.costs.student_sample}
        wanted = (self.schedule.generator_batch, self.schedule.student_batch)
        if amounts.procedural < self.case.procedural and self.schedule.canvas_share and not amounts.bank_images:
            self.notes.append(
                f"{amounts.procedural} of {self.case.procedural} procedural images are used: refining one takes "
                f"{IMAGE_STEPS * self.costs.pixel_sample:.1f} s.")
        # Where time has made a batch smaller still, memory is no reason any more.
        reasons = [why for name, (batch, why) in self._short_of_memory.items() if batch == getattr(amounts, name)]
        self.notes += reasons
        if wanted != (amounts.generator_batch, amounts.student_batch) and len(reasons) < 2 and (
                amounts.warmup or amounts.finetune):
            self.notes.append(f"Batch sizes are {amounts.generator_batch} (generator) and {amounts.student_batch} "
                              f"(student) instead of {wanted[0]} and {wanted[1]}.")
        if self.reduced and minutes is not None and total > CLEAR_OVERRUN * 60 * minutes:
            self.notes.append(
                f"The run takes longer than the {minutes:g} min that were set: what can't be skipped takes about "
                f"{_minutes(total)}.")
        if self.case.bank_images:
            steps["warmup"] = self.case.bank_steps
            self.notes.append(f"{self.case.bank_images} images that another run optimized are reused.")
        if amounts.bank_rounds:
            steps["warmup"] = bank_steps(amounts)
            rates["warmup"] = amounts.generator_batch * bank_sample(self.costs)
        return RunPlan(
            minutes=minutes, seconds=round(total, 1),
            phases=tuple(
                PlannedPhase(name, steps.get(name, 0), batches.get(name, 0), round(value, 1),
                             round(rates[name], 4) if name in rates else None)
                for name, value in seconds.items()),
            samples="generator" if amounts.generator else "bank", calibration_samples=amounts.calibration,
            sample_every=amounts.sample_every, watch_samples=amounts.watch, interim_evaluations=amounts.interim,
            checked_images=amounts.checked,
            procedural_images=amounts.procedural if amounts.procedural < self.case.procedural and (
                self.schedule.canvas_share) else None,
            bank_images=amounts.bank_images,
            bank_steps=bank_steps(amounts) if amounts.bank_rounds else self.case.bank_steps,
            bank_seconds=round(seconds["warmup"], 1) if amounts.bank_rounds else 0.0,
            notes=tuple(self.notes), reduced=self.reduced, costs=self.costs, device=self.case.device,
            threads=self.case.threads,
            multiply_adds=self.case.multiply_adds, outputs=self.case.outputs,
        )


def _minutes(seconds: float) -> str:
    """"12 min", "40 s"."""
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"

