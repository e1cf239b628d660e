"""Start from another run's generator, or images in its place: learned once for any number of bits (OURS).

Learning them is a large part of a run, and neither depends on the student: a sweep over bits, or a second try with
another student rate, can start where an earlier run of the same model had its generator ready.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from acq_engine.errors import ConfigError
from acq_engine.events import RunPlan
from acq_engine.models import LoadedModel, load_teacher
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore

_CHOOSE = "Choose a run of the same model with the same generator settings, or train the generator from scratch."


def warm_start_state(config: RunConfig, loaded: LoadedModel) -> dict[str, Any] | None:
    """What `TrainingSession.start_warm` takes, of the run that `config.generator.start` names; None if it names none.

    Raises:
        StorageError: there is no run in that folder.
        ConfigError: its model or generator is another one, or its generator had not learned to the end.
    """
    folder = config.generator.start
    if folder is None:
        return None
    with RunStore.open(Path(folder)) as store:
        if store.info.teacher_sha256 != loaded.sha256:
            raise ConfigError(
                "The generator can't be reused: that run had another model.", cause=str(folder), hint=_CHOOSE
            )
        theirs, ours = (one.generator.model_copy(update={"start": None}) for one in (store.config, config))
        if theirs != ours:
            names = [name for name in type(ours).model_fields if getattr(theirs, name) != getattr(ours, name)]
            raise ConfigError(
                "The generator can't be reused: that run had other generator settings.",
                cause=f"{folder}: {', '.join(names)}", hint=_CHOOSE,
            )
        other = load_teacher(store.path)
        seen, wanted = ((*one.input_shape, *one.mean, *one.std) for one in (other, loaded))
        if seen != wanted:
            raise ConfigError(
                "The generator can't be reused: that run had another preprocessing.",
                cause=f"{folder}: input {_input(other)}; now {_input(loaded)}.", hint=_CHOOSE,
            )
        shared = ("canvas_limit", "generator_batch")
        same_canvases = store.config.seed == config.seed and config.schedule.canvas_share > 0 and all(
            getattr(store.config.schedule, name) == getattr(config.schedule, name) for name in shared)
        saved, plan, seed = store.load_checkpoint(), store.info.plan, store.config.seed
        if plan is not None and plan.bank_steps:
            return _bank(saved, plan, folder, same_seed=seed == config.seed)
        theirs_learned = store.config.schedule.warmup_steps or store.config.schedule.generator_every or (
            store.config.generator.start is not None)
        if not theirs_learned:
            raise ConfigError(
                "The generator can't be reused: that run left it out.", cause=str(folder), hint=_CHOOSE
            )
        steps = store.config.schedule.warmup_steps
    if saved is None or (saved[1]["phase"] == "warmup" and saved[1]["step"] < steps):
        raise ConfigError(
            "The generator can't be reused: that run has no checkpoint with a fully trained one.",
            cause=str(folder), hint=_CHOOSE,
        )
    state: dict[str, Any] = saved[1]["bench"]
    return {"generator": state["generator"], "canvases": state.get("canvases") if same_canvases else None}


def _bank(saved: tuple[int, dict[str, Any]] | None, plan: RunPlan, folder: Path, *, same_seed: bool) -> dict[str, Any]:
    """Images that were optimized in the generator's place; which classes and centres they have, the seed says."""
    if not same_seed:
        raise ConfigError(
            "The images can't be reused: that run had another seed.", cause=str(folder),
            hint="Use its seed, or reuse none: then new images are optimized.",
        )
    bank = None if saved is None else saved[1]["bench"].get("bank")
    if saved is None or bank is None or (saved[1]["phase"] == "warmup" and saved[1]["step"] < plan.bank_steps):
        raise ConfigError(
            "The images can't be reused: that run has no checkpoint with finished ones.", cause=str(folder),
            hint=_CHOOSE,
        )
    return {"generator": saved[1]["bench"]["generator"], "bank": bank, "bank_steps": plan.bank_steps}


def _input(loaded: LoadedModel) -> str:
    numbers = [", ".join(f"{value:g}" for value in values) for values in (loaded.mean, loaded.std)]
    return f"{'×'.join(map(str, loaded.input_shape))}, mean {numbers[0]}, standard deviation {numbers[1]}"
