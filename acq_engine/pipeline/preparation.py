"""What a run needs before it begins: everything is checked and loaded while the disk is still as it was."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from acq_engine.distributed import apart
from acq_engine.errors import ConfigError, DataError, StorageError
from acq_engine.events import RunPlan
from acq_engine.models import LoadedModel, Progress, load_model, load_teacher
from acq_engine.models.range_check import refuse_no_numbers
from acq_engine.pipeline.device import choose_device
from acq_engine.pipeline.plan import apply_plan, make_plan
from acq_engine.pipeline.plan_measure import LARGEST_SHARE, MOST_SECONDS, describe_case, measure_costs
from acq_engine.pipeline.questions import Ask, load_and_ask
from acq_engine.pipeline.smaller_batches import attempt
from acq_engine.pipeline.warm_start import warm_start_state
from acq_engine.quantization.plan import plan_notes
from acq_engine.settings import RunConfig
from acq_engine.settings.presets import budget_minutes
from acq_engine.store import RunStore
from acq_engine.test_sets.loading import load_test_set
from acq_engine.test_sets.pictures import Pictures, load_pictures
from acq_engine.test_sets.test_set import TestSet

# Seconds of measuring where steps stay as they are, whatever is found: a small network with a preset's own time.
ONLY_AN_ESTIMATE = 3.0


@dataclass
class Prepared:
    """What a run works with.

    Attributes:
        config: The settings, with the plan's steps and batch sizes.
        loaded: The float model.
        test_set: Labelled images, or None.
        device: Where to compute.
        checkpoint: What to go on from; None begins anew.
        warm_start: Another run's generator (see `warm_start_state`); None learns one.
        plan: How the time is divided; None where it has no limit.
        seconds: What preparing took.
        pictures: Images of the user's own, or None.
    """

    config: RunConfig
    loaded: LoadedModel
    test_set: TestSet | None
    device: torch.device
    checkpoint: dict[str, Any] | None = None
    warm_start: dict[str, Any] | None = None
    plan: RunPlan | None = None
    seconds: float = 0.0
    pictures: Pictures | None = None


def prepare(
    config: RunConfig, *, progress: Progress | None, stop: Callable[[], bool], plan: RunPlan | None = None,
    kept: Collection[str] = (), measuring: Callable[[], None] | None = None, ask: Ask | None = None,
) -> Prepared:
    """For a new run.

    Args:
        config: The settings.
        progress: Told how far a download is.
        stop: True breaks a download off, and the measuring of steps.
        kept: Names of settings of the schedule that no plan may change (see `make_plan`).
        measuring: Called before steps are timed.
        plan: Of another run, to be followed; None: one is made on this machine if the time has a limit.
        ask: Answers what is not certain; the answers become settings. None: what is likeliest is used, and said.

    Raises:
        AcqError: a typed error for anything that can't work.
    """
    config = with_whole_paths(config)
    device = choose_device(config.device)

    def load(chosen: RunConfig) -> tuple[LoadedModel, TestSet | None]:
        model = load_model(chosen.model, progress=progress, stop=stop)
        refuse_no_numbers(model, always=True)
        return model, load_test_set(chosen.test_set, model)

    config, loaded, test_set = load_and_ask(config, load, ask)
    layer = config.generator.attention_layer
    if layer and layer not in loaded.attention_layers():
        raise ConfigError(
            f"The model has no layer {layer!r} whose attention can be corrected.",
            hint="Choose one of: " + ", ".join(loaded.attention_layers()[:8]),
        )
    missing = [label for label in config.schedule.watched() if label >= loaded.num_classes]
    if missing:
        raise ConfigError(
            f"The model has no class {missing[0]} to watch.",
            cause=f"Its {loaded.num_classes:,} classes have the numbers 0 to {loaded.num_classes - 1}.",
            hint="Change the classes to watch, or leave the setting empty.",
        )
    config = _without_modes(config, loaded)
    if test_set is not None and test_set.class_names and not loaded.class_names:
        loaded.class_names = test_set.class_names  # a checkpoint seldom knows what its classes are called
    loaded.notes = (*loaded.notes, *plan_notes(loaded, config.quantization))
    pictures = load_pictures(config.pictures, loaded, stop)
    warm_start = warm_start_state(config, loaded)
    ready = time.monotonic()
    if plan is None:
        plan = _planned(config, loaded, test_set, device, stop, kept, measuring, _size_of_bank(warm_start))
    _check_bank(warm_start, plan)
    if plan is not None:
        config = config.model_copy(update={"schedule": apply_plan(config.schedule, plan)})
    # A download is nobody's time to plan with; what follows it is.
    return Prepared(config, loaded, test_set, device, warm_start=warm_start, plan=plan,
                    seconds=time.monotonic() - ready, pictures=pictures)


def _without_modes(config: RunConfig, loaded: LoadedModel) -> RunConfig:
    """The eval/train losses compare two ways to use a batch norm; a model without one has no second way."""
    if not loaded.measured:
        return config
    none = {"modes_bn": 0.0, "modes_output": 0.0, "modes_attention": 0.0}
    return config.model_copy(update={"losses": config.losses.model_copy(update=none)})


def _planned(
    config: RunConfig, loaded: LoadedModel, test_set: TestSet | None, device: torch.device, stop: Callable[[], bool],
    kept: Collection[str], measuring: Callable[[], None] | None, bank: tuple[int, int],
) -> RunPlan | None:
    """The plan for the minutes that the settings give; None where they give none: then nothing has to be known."""
    minutes = budget_minutes(config.schedule)
    if minutes is None:
        return None
    if config.threads is not None:
        torch.set_num_threads(config.threads)  # as the run will
    seconds = min(MOST_SECONDS, 60 * minutes * LARGEST_SHARE)
    case = describe_case(config, loaded, test_set, device, bank)
    if case.is_small and config.schedule.minutes is None:
        seconds = min(seconds, ONLY_AN_ESTIMATE)
    if measuring is not None:
        measuring()
    with apart():  # one rank plans for all
        costs = attempt(lambda: measure_costs(config, loaded, device, seconds, stop=stop))
    if isinstance(costs, BaseException):  # the run itself halves its batches where it has to
        loaded.notes = (*loaded.notes, "The run has no plan: memory ran out while its steps were timed.")
        return None
    return make_plan(config.schedule, costs, case, kept)


def _size_of_bank(warm_start: dict[str, Any] | None) -> tuple[int, int]:
    if warm_start is None or "bank" not in warm_start:
        return 0, 0
    return len(warm_start["bank"]["images"]), warm_start["bank_steps"]


def _check_bank(warm_start: dict[str, Any] | None, plan: RunPlan | None) -> None:
    """Images are reused where the plan says so alone, as a resumed run has to know of them."""
    images, _ = _size_of_bank(warm_start)
    if images and (plan is None or plan.bank_images != images):
        raise ConfigError(
            "The images of that run can't be reused with this plan." if plan is not None
            else "The images of that run can be reused only where the run has a time: it optimized them in the "
            "generator's place.",
            hint="Start without the plan." if plan is not None else "Choose a preset, or set the minutes: --minutes.")


def prepare_again(store: RunStore) -> Prepared:
    """For a run that is resumed, from its last checkpoint or from its beginning if it has none.

    Raises:
        StorageError: the run is finished.
        AcqError: its model can't be read any more. Without its test images it goes on, and says so.
    """
    if store.state == "succeeded":
        raise StorageError("This run has finished; there is nothing to resume.", cause=str(store.path))
    config, plan = store.config, store.info.plan  # never made anew: the run goes on as it began
    loaded = load_teacher(store.path)
    try:
        test_set = load_test_set(config.test_set, loaded)
    except DataError as error:  # they only measure: a run does not end for want of them
        test_set = None
        loaded.notes = (*loaded.notes, f"The run goes on without its test images. {error.message} {error.cause}")
    skipped: list[str] = []
    saved = store.load_checkpoint(skipped)
    if skipped:
        said = (f"{len(skipped)} checkpoint(s) can't be read; the run goes on from an older one." if saved is not None
                else "No checkpoint can be read; the run starts again from its beginning.")
        loaded.notes = (*loaded.notes, said)
    device, pictures = choose_device(config.device), load_pictures(config.pictures, loaded)
    if saved is not None:
        return Prepared(config, loaded, test_set, device, checkpoint=saved[1], plan=plan, pictures=pictures)
    return Prepared(config, loaded, test_set, device, warm_start=warm_start_state(config, loaded), plan=plan,
                    pictures=pictures)


def with_whole_paths(config: RunConfig) -> RunConfig:
    """Paths that mean the same wherever the run is resumed."""
    whole = config.model_copy(deep=True)
    for section, name in ((whole.model, "path"), (whole.test_set, "path"), (whole.generator, "start"),
                          (whole.pictures, "path")):
        path = getattr(section, name)
        if path is not None:
            setattr(section, name, Path(path).absolute())
    return whole
