"""Fine-tuning the quantized network against the frozen teacher."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from acq_engine.distributed import average_gradients, ranks, share_of, shared, sharing
from acq_engine.quantization import QuantizedModel
from acq_engine.settings import QuantizationConfig, RunConfig
from acq_engine.teacher import losses
from acq_engine.teacher.autocast import MOST_BITS, bfloat16
from acq_engine.teacher.model import Teacher, TeacherPass
from acq_engine.training.cuda_graphs import StepRunner
from acq_engine.training.rates import cosine, quarters

LAYER_GRADIENT_LIMIT = 2.0  # OURS: the norm of each parameter's gradient; a guard against single wild batches


@torch.no_grad()
def guard(parameters: Sequence[Tensor], limit: float) -> None:
    """Shorten each parameter's gradient to norm `limit`, so that no layer's wild batch spoils the others (OURS).

    Nothing is read back from the device.
    """
    gradients = [p.grad for p in parameters if p.grad is not None]
    if gradients:
        norms = torch.stack(torch._foreach_norm(gradients))
        torch._foreach_mul_(gradients, list((limit / norms.clamp_min(limit)).unbind()))


@torch.no_grad()
def weight_units(student: QuantizedModel, config: QuantizationConfig) -> list[Tensor]:
    """What "one step of the grid" is for each of the student's weight parameters, as they are now (OURS).

    Folded weights of one network differ by orders of magnitude, and so do grids of 3 and of 8 bits: one rate for all
    moves some weights over many steps of their grid at once, and others never. The grid meant is that of the network's
    bits, for weights and activations the smaller number, so that a first layer of 8 bits may adapt as others do.

    Args:
        student: Calibrated.
        config: Its bits.

    Returns:
        Tensors that broadcast over the parameters of `student.weight_parameters()`, in that order: a step for each
        channel of a layer's weight and bias; for others (batch norms that stayed) a step of a grid over twice their
        deviation either way.
    """
    bits = min(config.weight_bits, config.common_activation_bits())
    units: dict[int, Tensor] = {}
    for layer in student.layers():
        scale, _ = layer.weight_quantizer.parameters_for(layer.weight)
        step = scale.detach() * 2.0 ** (layer.bits - bits)
        units[id(layer.weight)] = step.view(-1, *([1] * (layer.weight.dim() - 1)))
        if layer.bias is not None:
            units[id(layer.bias)] = step
    return [
        units[id(p)] if id(p) in units else p.detach().square().mean().sqrt() * 2.0 ** (2 - bits)
        for p in student.weight_parameters()
    ]


class StudentTrainer:
    """Fine-tunes the quantized network to imitate the teacher on synthetic samples.

    Args:
        teacher: With the student's taps.
        student: Calibrated, in mode "quantized".
        config: Loss weights and rates.
        steps: Length of the schedule, for the learning rate.
        stream: Random stream for mixing and mirroring.
        pixel_range: Normalised values of black and of white, (C,) each; a second look stays between them.
        runs: How a step's passes run.
        reduced: Compute layers in bfloat16, if activations have few enough bits (see `teacher.autocast`).
    """

    def __init__(
        self, teacher: Teacher, student: QuantizedModel, config: RunConfig, steps: int, stream: torch.Generator,
        pixel_range: tuple[Tensor, Tensor] | None = None, runs: StepRunner | None = None, *, reduced: bool = False,
    ) -> None:
        self.teacher, self.student, self.config, self.steps = teacher, student, config, steps
        self.stream, self._runs = stream, runs or StepRunner()
        self.reduced = reduced and config.quantization.common_activation_bits() <= MOST_BITS
        self._pixel_range = None if pixel_range is None else tuple(
            value.view(1, -1, 1, 1).to(stream.device) for value in pixel_range
        )
        schedule = config.schedule
        # With AdamW the rate is in steps of the grid: see `weight_units`.
        self._units = weight_units(student, config.quantization) if schedule.optimizer == "adamw" else None
        groups: list[dict[str, Any]] = [{"params": student.weight_parameters(), "rate": schedule.student_lr}]
        if student.scale_parameters():
            # Scales are learned as logarithms: Adam's bounded steps then bound their relative change (no divergence).
            groups.append({"params": student.scale_parameters(), "rate": schedule.scale_lr, "weight_decay": 0.0})
        if schedule.optimizer == "sgd":
            self.optimizer: torch.optim.Optimizer = torch.optim.SGD(
                groups, lr=schedule.student_lr, momentum=0.9, nesterov=True, weight_decay=1e-4
            )
        else:
            self.optimizer = torch.optim.AdamW(groups, lr=schedule.student_lr, weight_decay=0.0)
        self.done = 0
        self._trained = [parameter for group in groups for parameter in group["params"]]
        self._buffers = list(student.buffers())
        self._averages: list[Tensor] | None = None
        self._hard: tuple[Tensor, Tensor] | None = None  # the last batch, moved, and its classes

    @property
    def asks_only_for_logits(self) -> bool:
        """Whether the teacher's logits of unchanged samples do: nothing is augmented, no feature is compared."""
        schedule = self.config.schedule
        return not (schedule.flip or schedule.mixup or schedule.second_look or self.config.losses.feature)

    def step(self, samples: Tensor, labels: Tensor, answers: Tensor | None = None) -> dict[str, Tensor]:
        """Update the student on one batch; returns the detached losses by metric key.

        Args:
            samples: (N, C, H, W), normalised.
            labels: (N,) the classes asked for.
            answers: (N, classes), the teacher's logits, if they are known and `asks_only_for_logits`.
        """
        samples, reach = self._augment(samples), self.config.schedule.second_look
        values = self._update(samples, labels, answers, with_gradient=reach > 0)
        gradient = values.pop("gradient", None)
        if gradient is not None:
            # It came with the update and costs next to nothing.
            size = gradient.square().mean((1, 2, 3), keepdim=True).sqrt().clamp_min(1e-12)
            moved = torch.addcdiv(samples, gradient, size, value=reach)
            if self._pixel_range is not None:
                moved = torch.maximum(torch.minimum(moved, self._pixel_range[1]), self._pixel_range[0])
            self._hard = (moved, labels)
        return values

    @property
    def has_replay(self) -> bool:
        """Whether `look_again` is due instead of a step on new images."""
        return self._hard is not None

    def replay(self) -> dict[str, Tensor]:
        """Update the student on the last batch, moved towards what it got wrong; as `step` (OURS).

        Images that are hard for the student say more than as many new ones. HAST (CVPR 2023) makes such samples
        in its generator; here the student's own gradient finds them, and the teacher judges what came of it.
        """
        assert self._hard is not None
        samples, labels = self._hard
        self._hard = None
        return self._update(samples, labels)

    def _update(
        self, samples: Tensor, labels: Tensor, answers: Tensor | None = None, *, with_gradient: bool = False
    ) -> dict[str, Tensor]:
        """One step of the optimizer; returns the detached losses by metric key, and "gradient", the samples' own."""
        ramp = max(1, self.steps // 20)
        if self.config.schedule.decay == "cosine":
            factor = cosine(self.done, self.steps, ramp=ramp, floor=0.01)
        else:
            factor = quarters(self.done, self.steps, ramp=ramp)
        for group in self.optimizer.param_groups:
            group["lr"] = group["rate"] * factor

        def passes(samples: Tensor, labels: Tensor, *answers: Tensor) -> dict[str, Tensor]:
            return self._passes(samples, labels, *answers, with_gradient=with_gradient)

        share = share_of(len(samples))
        inputs = tuple(map(share.mine, (samples, labels) if answers is None else (samples, labels, answers)))
        with shared(share):
            values = self._runs.run(("student", with_gradient), passes, inputs, self._trained, self._buffers)
        if "gradient" in values:
            values["gradient"] = share.joined(values["gradient"])
        if any(parameter.grad is not None for parameter in self._trained):
            self._move()
            self._average()
        self.done += 1
        return values

    def _passes(
        self, samples: Tensor, labels: Tensor, answers: Tensor | None = None, *, with_gradient: bool
    ) -> dict[str, Tensor]:
        """Forward and backward."""
        weights = self.config.losses
        if answers is not None:
            expected = TeacherPass(answers, None, {})
        else:
            with torch.no_grad():
                expected = self.teacher(samples, "eval", reduced=self.reduced)
        if with_gradient:
            samples = samples.detach().requires_grad_()
        with bfloat16(samples.device.type, self.reduced):
            logits, features = self.student.forward_with_taps(samples)
        logits, features = logits.float(), {name: value.float() for name, value in features.items()}
        values: dict[str, Tensor] = {}
        total = samples.new_zeros(())
        if weights.distillation > 0:
            distil = losses.gdfq_distillation_loss if self.config.method == "gdfq" else losses.distillation_loss
            values["student/distillation"] = distil(logits, expected.logits, weights.temperature)
            total = total + weights.distillation * values["student/distillation"]
        if weights.feature > 0 and features:
            wanted = {name: expected.features[name] for name in features}
            values["student/feature"] = losses.feature_loss(features, wanted)
            total = total + weights.feature * values["student/feature"]
        if weights.student_class > 0:
            values["student/class"] = losses.class_loss(logits, labels)
            total = total + weights.student_class * values["student/class"]
        values["student/total"] = total
        self.optimizer.zero_grad(set_to_none=True)
        if total.requires_grad:
            total.backward()
            average_gradients(self._trained)
            guard(self._trained, LAYER_GRADIENT_LIMIT)
        values = {key: value.detach() for key, value in values.items()}
        if with_gradient and samples.grad is not None:
            values["gradient"] = samples.grad / ranks() if sharing() else samples.grad  # of one batch, not of each
        return values

    @torch.no_grad()
    def _move(self) -> None:
        """The optimizer's step, its part of the weights in their units."""
        if self._units is None:
            self.optimizer.step()
            return
        weights = self.optimizer.param_groups[0]["params"]
        before = [weight.clone() for weight in weights]
        self.optimizer.step()
        torch._foreach_sub_(weights, before)
        torch._foreach_mul_(weights, self._units)
        torch._foreach_add_(weights, before)

    @torch.no_grad()
    def _average(self) -> None:
        if self.config.schedule.averaging == 0:
            return
        if self._averages is None:
            self._averages = [parameter.detach().clone() for parameter in self._trained]
        # Early on the average is shorter, so that it does not remember the start.
        old = min(self.config.schedule.averaging, (1 + self.done) / (10 + self.done))
        torch._foreach_lerp_(self._averages, [parameter.detach() for parameter in self._trained], 1 - old)

    @torch.no_grad()
    def finish(self) -> None:
        """Give the student the average of its weights, where the settings want one."""
        if self._averages is not None:
            for parameter, average in zip(self._trained, self._averages, strict=True):
                parameter.copy_(average)

    def _augment(self, x: Tensor) -> Tensor:
        """Mirror and mix samples, as the settings say (OURS). The teacher judges the result, so no label lies."""
        if self.config.schedule.flip:
            chosen = self._random(len(x), 1, 1, 1) < 0.5
            x = torch.where(chosen, x.flip(3), x)
        if self.config.schedule.mixup:
            other = x[torch.randperm(len(x), generator=self.stream, device=x.device)]
            share = self._random(len(x), 1, 1, 1)
            blended = share * x + (1 - share) * other
            pasted = torch.where(self._boxes(x), other, x)
            # A third blended, a third with a part of another sample, a third as it is: that is what calibration saw.
            kind = self._random(len(x), 1, 1, 1)
            x = torch.where(kind < 1 / 3, blended, torch.where(kind < 2 / 3, pasted, x))
        return x

    def _boxes(self, x: Tensor) -> Tensor:
        """One random rectangle a sample, (N, 1, H, W) booleans; a quarter of the image on average."""
        n, _, height, width = x.shape
        low, size = self._random(n, 2), self._random(n, 2) * 0.5 + 0.25
        rows = torch.arange(height, device=x.device)[None] / height
        columns = torch.arange(width, device=x.device)[None] / width
        start = low * (1 - size)
        inside_y = (rows >= start[:, :1]) & (rows < (start + size)[:, :1])
        inside_x = (columns >= start[:, 1:]) & (columns < (start + size)[:, 1:])
        return (inside_y[:, :, None] & inside_x[:, None, :])[:, None]

    def _random(self, *shape: int) -> Tensor:
        return torch.rand(*shape, generator=self.stream, device=self.stream.device)

    def state_dict(self) -> dict[str, Any]:
        """Everything that a resumed run needs."""
        return {
            "student": self.student.state_dict(), "optimizer": self.optimizer.state_dict(), "done": self.done,
            "averages": self._averages, "units": self._units, "hard": None if self._hard is None else list(self._hard),
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        self.student.load_state_dict(state["student"])
        rates = [group["rate"] for group in self.optimizer.param_groups]
        self.optimizer.load_state_dict(state["optimizer"])
        for group, rate in zip(self.optimizer.param_groups, rates, strict=True):
            group["rate"] = rate  # the settings' own: a run may be taken up with lower ones
        self.done = state["done"]
        averages = state.get("averages")
        if averages is not None:
            self._averages = [a.to(p.device) for a, p in zip(averages, self._trained, strict=True)]
        units, hard, device = state.get("units"), state.get("hard"), self.stream.device
        if units is not None and self._units is not None:
            self._units = [unit.to(device) for unit in units]
        self._hard = None if hard is None else (hard[0].to(device), hard[1].to(device))
