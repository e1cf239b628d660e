"""A trained generator to look into: of a run folder, or trained here and now from a model (OURS)."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch

from acq_engine.errors import StorageError, TrainingError
from acq_engine.events import RunPlan
from acq_engine.models import LoadedModel, load_model, load_teacher
from acq_engine.pipeline.device import choose_device
from acq_engine.pipeline.session import TrainingSession
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore

Progress = Callable[[str, int, int], None]
"""Called with what is being done, steps done, and steps in all."""


@dataclass(frozen=True)
class Subject:
    """A model, settings, and how long its generator trains.

    Attributes:
        loaded: The float model; every session works on a copy of it.
        config: The settings.
        device: Where to compute.
        steps: Generator steps.
        generator_state: Of the run's generator; None where the subject is a model.
        source: The run folder; None where the subject is a model.
        plan: The run's; None where it had none.
        bank_state: Of the images that learned in the generator's place; None where it did.
    """

    loaded: LoadedModel
    config: RunConfig
    device: torch.device
    steps: int
    generator_state: dict[str, Any] | None = None
    source: Path | None = None
    plan: RunPlan | None = None
    bank_state: dict[str, Any] | None = None

    @classmethod
    def of_run(cls, folder: Path | str, device: str | None = None) -> Subject:
        """The generator in a run's last checkpoint.

        Args:
            folder: The run folder.
            device: Another device than the run's settings name.

        Raises:
            StorageError: there is no run, or no checkpoint of it yet.
            AcqError: its model can't be read.
        """
        store = RunStore.open(folder)
        saved = store.load_checkpoint()
        if saved is None:
            raise StorageError(
                "The run has no checkpoint, so there is no trained generator.", cause=f"{store.path} is {store.state}.",
                hint="Let the run reach its first checkpoint, or specify a model instead.",
            )
        state: dict[str, Any] = saved[1]["bench"]["generator"]
        plan, bank = store.info.plan, saved[1]["bench"].get("bank")
        steps = int(state["done"]) if bank is None or plan is None else plan.bank_steps
        loaded = load_teacher(store.path)
        return cls(loaded, store.config, choose_device(device or store.config.device), steps, state, store.path, plan,
                   bank)

    @classmethod
    def of_model(cls, config: RunConfig, steps: int | None = None) -> Subject:
        """A model whose generator is still to be trained.

        Args:
            config: The settings, model included.
            steps: Generator steps; None takes the settings' warm-up.

        Raises:
            AcqError: the model or the device can't be had.
        """
        schedule = config.schedule.model_copy(
            update={"warmup_steps": steps or config.schedule.warmup_steps, "generator_every": 0}
        )
        config = config.model_copy(update={"schedule": schedule})
        return cls(load_model(config.model), config, choose_device(config.device), schedule.warmup_steps)

    def session(
        self, losses: Mapping[str, float] | None = None, seed: int | None = None, *, title: str = "generator",
        progress: Progress | None = None,
    ) -> TrainingSession:
        """A session with a trained generator: the run's own where settings and seed are its own, else a new one.

        Args:
            losses: Loss weights to change, by name.
            seed: Another seed than the settings'.
            title: For `progress`.
            progress: Told how far the training is.

        Raises:
            TrainingError: the losses are no longer numbers.
        """
        weights = self.config.losses.model_copy(update=dict(losses or {}))
        config = self.config.model_copy(
            update={"losses": weights, "seed": self.config.seed if seed is None else seed}
        )
        # A copy: a teacher leaves its hooks on the module.
        session = TrainingSession(config, replace(self.loaded, module=copy.deepcopy(self.loaded.module)), self.device)
        if self.bank_state is not None:
            session.follow(self.plan)
        if self.generator_state is not None and config == self.config:
            session.generator_trainer.load_state_dict(self.generator_state)
            if session.bank is not None and self.bank_state is not None:
                session.bank.load_state_dict(self.bank_state)
            return session
        total = torch.zeros(())
        for step in range(1, self.steps + 1):
            total = session.sample_step()["generator/total"]
            if progress is not None:
                progress(title, step, self.steps)
        if not bool(torch.isfinite(total)):
            raise TrainingError(
                "The generator's losses became NaN.", cause=f"{title}, seed {config.seed}.",
                hint="Lower the learning rate or the largest loss weight.",
            )
        return session
