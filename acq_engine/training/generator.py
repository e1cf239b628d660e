"""Training the generator against the frozen teacher."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn.modules.batchnorm import _BatchNorm

from acq_engine.distributed import Share, average_gradients, share_of, shared
from acq_engine.distributed.batch_norm import synchronised
from acq_engine.generation.conditions import Conditions, ConditionSource
from acq_engine.generation.networks import Generator
from acq_engine.settings import RunConfig
from acq_engine.teacher import attention, losses
from acq_engine.teacher.autocast import bfloat16
from acq_engine.teacher.model import Teacher, TeacherPass, batch_statistics
from acq_engine.training.cuda_graphs import StepRunner
from acq_engine.training.rates import cosine

GENERATOR_GRADIENT_LIMIT = 5.0  # OURS: norm of a step's gradient; a guard against single wild batches


class GeneratorTrainer:
    """Trains the generator against the frozen teacher (paper, section on the generator; weights OURS).

    Args:
        teacher: With taps that include `attention_layer` and `feature_layers`.
        generator: Trained in place.
        source: Where conditions come from.
        config: Loss weights, rates, method.
        attention_layer: The layer whose attention is corrected.
        feature_layers: The layers in which pairs are told apart.
        steps: Length of the schedule, for the learning rate.
        runs: How a step's passes run.
        reduced: Compute layers in bfloat16 (see `teacher.autocast`).
    """

    def __init__(
        self, teacher: Teacher, generator: Generator, source: ConditionSource, config: RunConfig,
        attention_layer: str, feature_layers: Sequence[str], steps: int, runs: StepRunner | None = None, *,
        reduced: bool = False,
    ) -> None:
        self.teacher, self.generator, self.source, self.config = teacher, generator, source, config
        self.attention_layer, self.feature_layers, self.steps = attention_layer, tuple(feature_layers), steps
        self.optimizer = torch.optim.Adam(
            generator.parameters(), lr=config.schedule.generator_lr, betas=(0.5, 0.999)
        )
        self.done = 0
        # The last step's samples, classes and teacher's logits, of this rank's part of the batch.
        self._latest: tuple[Share, Tensor, Tensor, Tensor] | None = None
        self._runs = runs or StepRunner()
        self._trained, self._buffers = list(generator.parameters()), list(generator.buffers())
        self._norms = [module for module in generator.modules() if isinstance(module, _BatchNorm)]
        self.reduced = reduced

    def latest(self) -> tuple[Tensor, Tensor, Tensor]:
        """The last step's samples (N, C, H, W), their classes (N,) and the teacher's logits (N, classes)."""
        assert self._latest is not None
        share, samples, labels, answers = self._latest
        return share.joined(samples), labels, share.joined(answers)

    def step(self) -> dict[str, Tensor]:
        """Draw a batch, update the generator, return the detached losses by metric key.

        Every rank draws the whole batch and computes its part of it.
        """
        weights, batch = self.config.losses, self.config.schedule.generator_batch
        paired = weights.pair > 0
        conditions = self.source.draw_pairs(batch - batch % 2) if paired else self.source.draw(batch)
        for group in self.optimizer.param_groups:
            group["lr"] = self.config.schedule.generator_lr * cosine(self.done, self.steps, floor=0.1)
        # Left out now and then (OURS): a second pass costs a third of a step. What is seen less often counts more.
        both_modes = weights.modes_bn > 0 or weights.modes_output > 0 or weights.modes_attention > 0
        both_modes = both_modes and self.done % weights.modes_every == 0
        self.generator.train()

        def passes(noise: Tensor, labels: Tensor, centres: Tensor) -> dict[str, Tensor]:
            return self._passes(Conditions(noise, labels, centres), both_modes=both_modes)

        share = share_of(len(conditions), paired=paired)
        inputs = tuple(map(share.mine, (conditions.noise, conditions.labels, conditions.centres)))
        with shared(share), synchronised(self._norms, batch_statistics):
            values = self._runs.run(("generator", both_modes), passes, inputs, self._trained, self._buffers)
        self._latest = (share, values.pop("samples"), conditions.labels, values.pop("answers"))
        self.optimizer.step()
        self.done += 1
        return values

    def _passes(self, conditions: Conditions, *, both_modes: bool) -> dict[str, Tensor]:
        """Forward and backward; returns the detached losses by metric key, "samples" and the teacher's "answers"."""
        with bfloat16(conditions.noise.device.type, self.reduced):
            samples = conditions.sample(self.generator)
        samples = samples.float()
        in_eval = self.teacher(samples, "eval", statistics=self.config.losses.bn > 0, reduced=self.reduced)
        values = self._losses(samples, in_eval, conditions, both_modes=both_modes)
        self.optimizer.zero_grad(set_to_none=True)
        values["generator/total"].backward()
        average_gradients(self._trained)
        torch.nn.utils.clip_grad_norm_(self._trained, GENERATOR_GRADIENT_LIMIT)
        values |= {"samples": samples, "answers": in_eval.logits}
        return {key: value.detach() for key, value in values.items()}

    def _losses(
        self, samples: Tensor, in_eval: TeacherPass, conditions: Conditions, *, both_modes: bool
    ) -> dict[str, Tensor]:
        weights = self.config.losses
        baseline = self.config.method == "gdfq"
        stored = self.teacher.stored_statistics()
        terms: list[tuple[float, str, Tensor]] = []
        if weights.class_ > 0:
            value = losses.class_loss(in_eval.logits, conditions.labels, weights.label_smoothing)
            terms.append((weights.class_, "class", value))
        if in_eval.statistics is not None:
            match = losses.gdfq_bn_loss if baseline else losses.bn_loss
            terms.append((weights.bn, "bn", match(in_eval.statistics, stored)))
        if weights.centre > 0 and self.generator.has_centre:
            measured = attention.centre(self._map(in_eval), self.config.generator.centre_power)
            terms.append((weights.centre, "centre", losses.centre_loss(measured, conditions.centres)))
        if weights.pair > 0:
            half = len(samples) // 2
            features = [in_eval.features[name] for name in self.feature_layers]
            first = {name: f[:half] for name, f in zip(self.feature_layers, features, strict=True)}
            second = {name: f[half:] for name, f in zip(self.feature_layers, features, strict=True)}
            terms.append((weights.pair, "pair", losses.pair_loss(first, second)))
        if both_modes:
            in_train = self.teacher(samples, "train", statistics=weights.modes_bn > 0, reduced=self.reduced)
            if in_train.statistics is not None:
                terms.append((
                    weights.modes_every * weights.modes_bn, "modes_bn", losses.bn_loss(in_train.statistics, stored)
                ))
            if weights.modes_output > 0:
                value = losses.mode_output_loss(in_eval.logits, in_train.logits)
                terms.append((weights.modes_every * weights.modes_output, "modes_output", value))
            if weights.modes_attention > 0:
                maps = [attention.normalised(self._map(one)) for one in (in_eval, in_train)]
                value = losses.mode_attention_loss(*maps)
                terms.append((weights.modes_every * weights.modes_attention, "modes_attention", value))
        total = samples.new_zeros(())
        values: dict[str, Tensor] = {}
        for weight, name, value in terms:
            total = total + weight * value
            values[f"generator/{name}"] = value
        values["generator/total"] = total
        return values

    def _map(self, seen: TeacherPass) -> Tensor:
        return attention.attention_map(seen.features[self.attention_layer])

    def state_dict(self) -> dict[str, Any]:
        """Everything that a resumed run needs."""
        return {"generator": self.generator.state_dict(), "optimizer": self.optimizer.state_dict(), "done": self.done}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        self.generator.load_state_dict(state["generator"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.done = state["done"]
