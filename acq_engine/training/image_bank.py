"""A bank of images that learn themselves: ACQ's losses on their pixels, where a generator has no time to learn (OURS).

A generator of 1,000 classes at 224 px learns nothing in the few hundred steps that a laptop has time for. Images that
are optimized directly are recognised within forty steps each, and their attention goes where it is asked to: the losses
are the generator's, class, batch norm, attention centre, pair and the two modes, and so are the views. What is lost is
what a generator is for: new samples at no cost. Fixed images are enough for calibration.

Batch-norm statistics are those of a step's batch. Those of the whole bank (every image's own kept, the gradient through
the batch) came nearer to the training's and made no better students: docs/decisions/0021.

As in DeepInversion (Yin et al., CVPR 2020) pixels are the variables, and small shifts and mirroring keep single pixels
from doing the work. Images begin as refined procedural ones, which keeps them as plain and as clear-edged as
photographs are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from acq_engine.distributed import over_ranks, ranks, share_of_neighbours, shared
from acq_engine.generation.conditions import Conditions
from acq_engine.settings import RunConfig
from acq_engine.teacher import attention, losses
from acq_engine.teacher.model import Teacher, TeacherPass
from acq_engine.training.rates import cosine

RATE = 0.05  # the largest change of a pixel in one step, in normalised units
MEMORY, SQUARES = 0.5, 0.99  # Adam's; every image has its own step count, as each step moves a part of the bank
LARGEST_SHIFT = 1 / 56  # of the image's side
# Weights relative to the generator's. Measured at 224 px on photographs that are no test images: what keeps an image
# natural counts more than how sure the teacher is of its class, which it is soon anyway (docs/decisions/0021).
CLASS_SHARE, BN_SHARE, CENTRE_SHARE, OTHER_SHARE = 0.3, 16.0, 0.125, 0.1
WRONG_SHARE = 9.0  # how much more the class of an image counts while the teacher sees another one in it
MODES_EVERY = 2  # times less often than for the generator are both modes compared
HELD_OUT = 8  # every so many images one is kept from the student, to judge it by


class ImageBank:
    """Images, the classes and attention centres that they are asked for, and their optimizer.

    Args:
        teacher: With taps that include `attention_layer` and `feature_layers`.
        config: Loss weights, and the generator's batch as that of a step.
        conditions: Of all images; neighbours (2i, 2i+1) of one class and centre are pairs that must differ.
        images: What they begin as, (N, C, H, W) in normalised units on the teacher's device.
        pixel_range: Normalised values of black and of white, (C,) each.
        attention_layer: The layer whose attention is corrected.
        feature_layers: The layers in which pairs are told apart.
        steps: Length of the schedule, for the learning rate.
        stream: Random stream on the CPU.
        has_centre: Whether attention centres are asked for.
        reduced: Compute layers in bfloat16 (see `teacher.autocast`).
    """

    def __init__(
        self, teacher: Teacher, config: RunConfig, conditions: Conditions, images: Tensor,
        pixel_range: tuple[Tensor, Tensor], attention_layer: str, feature_layers: Sequence[str], steps: int,
        stream: torch.Generator, *, has_centre: bool = True, reduced: bool = False,
    ) -> None:
        self.teacher, self.config, self.conditions = teacher, config, conditions
        self.images = images.float().clone()
        self._low, self._high = (value.view(1, -1, 1, 1).to(images.device) for value in pixel_range)
        self.attention_layer, self.feature_layers, self.steps = attention_layer, tuple(feature_layers), steps
        self.stream, self.has_centre, self.reduced = stream, has_centre, reduced
        self.done = 0
        self._mean, self._square = torch.zeros_like(self.images), torch.zeros_like(self.images)
        self._moved = torch.zeros(len(images), device=images.device)  # steps that each image has had
        self._turns = torch.zeros(0, dtype=torch.int64)  # images whose turn is still to come in this round

    def __len__(self) -> int:
        return len(self.images)

    def step(self) -> dict[str, Tensor]:
        """Move the next images; returns the detached losses by the generator's metric keys."""
        index = self._next().to(self.images.device)
        share = share_of_neighbours(len(index))
        if share is None:
            values, gradient = self._passes(index, index)
        else:  # each process moves its own images' pixels by the losses of the whole batch
            with shared(share):
                values, gradient = self._passes(index, share.mine(index))
            gradient = share.joined(gradient / ranks())
        self._move(index, gradient)
        self.done += 1
        return {key: value.detach() for key, value in values.items()}

    def _passes(self, batch: Tensor, index: Tensor) -> tuple[dict[str, Tensor], Tensor]:
        """The losses of a batch, and their gradient by the pixels of the images `index`, a part of it or all."""
        pixels = self.images[index].requires_grad_()
        values = self._losses(pixels, self._asked(index), paired=bool(self._pairs(self._asked(batch)).any()))
        # Adam divides by the gradient's size; its floor must not count, however many pixels share a loss.
        (values["generator/total"] * len(batch)).backward()
        assert pixels.grad is not None
        return values, pixels.grad

    def _next(self) -> Tensor:
        """Whole pairs, each image once in a round."""
        if not len(self._turns):
            pairs = torch.randperm(-(-len(self) // 2), generator=self.stream)
            turns = (2 * pairs[:, None] + torch.arange(2)).flatten()
            self._turns = turns[turns < len(self)]
        batch = max(2, self.config.schedule.generator_batch // 2 * 2)
        index, self._turns = self._turns[:batch], self._turns[batch:]
        return index

    def _asked(self, index: Tensor) -> Conditions:
        asked = self.conditions
        return Conditions(asked.noise[index], asked.labels[index], asked.centres[index])

    def _losses(self, pixels: Tensor, asked: Conditions, *, paired: bool) -> dict[str, Tensor]:
        """The losses by metric key. `paired`: whether there are pairs in the whole batch."""
        weights = self.config.losses
        reach = max(1, round(LARGEST_SHIFT * pixels.shape[-1]))
        down, right = torch.randint(-reach, reach + 1, (2,), generator=self.stream).tolist()
        seen, centres = torch.roll(pixels, (down, right), (2, 3)), asked.centres
        if self.config.schedule.flip and torch.rand((), generator=self.stream) < 0.5:
            seen, centres = seen.flip(3), centres * centres.new_tensor([-1.0, 1.0])
        in_eval = self.teacher(seen, "eval", statistics=weights.bn > 0, reduced=self.reduced)
        stored = self.teacher.stored_statistics()
        terms: list[tuple[float, str, Tensor]] = []
        hidden: list[tuple[float, Tensor]] = []
        if weights.class_ > 0:
            value = losses.class_loss(in_eval.logits, asked.labels, weights.label_smoothing)
            wrong = in_eval.logits.argmax(1) != asked.labels
            of_wrong = losses.class_loss(
                in_eval.logits, asked.labels.masked_fill(~wrong, losses.NO_CLASS), weights.label_smoothing)
            terms.append((CLASS_SHARE * weights.class_, "class", value))
            extra = CLASS_SHARE * WRONG_SHARE * weights.class_ * float(over_ranks(wrong.float().mean()))
            hidden.append((extra, of_wrong))
        if in_eval.statistics is not None:
            terms.append((BN_SHARE * weights.bn, "bn", losses.bn_loss(in_eval.statistics, stored)))
        if weights.centre > 0 and self.has_centre:
            measured = attention.centre(self._map(in_eval), self.config.generator.centre_power)
            weight = CENTRE_SHARE * weights.centre
            terms.append((weight, "centre", losses.centre_loss(measured, centres)))
        if weights.pair > 0 and paired:
            terms.append((OTHER_SHARE * weights.pair, "pair", self._pair_loss(in_eval, asked)))
        if (weights.modes_bn or weights.modes_output or weights.modes_attention) and (
                self.done % (MODES_EVERY * weights.modes_every) == 0):
            terms += self._mode_terms(seen, in_eval)
        values: dict[str, Tensor] = {f"generator/{name}": value for _, name, value in terms}
        total = sum((weight * value for weight, _, value in terms), pixels.sum() * 0)
        values["generator/total"] = sum((weight * value for weight, value in hidden), total)
        return values

    def _mode_terms(self, seen: Tensor, in_eval: TeacherPass) -> list[tuple[float, str, Tensor]]:
        """How far the teacher's train mode answers differently (paper's consistency)."""
        weights, stored = self.config.losses, self.teacher.stored_statistics()
        share = OTHER_SHARE * MODES_EVERY * weights.modes_every
        in_train = self.teacher(seen, "train", statistics=weights.modes_bn > 0, reduced=self.reduced)
        terms: list[tuple[float, str, Tensor]] = []
        if in_train.statistics is not None:
            terms.append((share * weights.modes_bn, "modes_bn", losses.bn_loss(in_train.statistics, stored)))
        if weights.modes_output > 0:
            value = losses.mode_output_loss(in_eval.logits, in_train.logits)
            terms.append((share * weights.modes_output, "modes_output", value))
        if weights.modes_attention > 0:
            maps = [attention.normalised(self._map(one)) for one in (in_eval, in_train)]
            terms.append((share * weights.modes_attention, "modes_attention", losses.mode_attention_loss(*maps)))
        return terms

    @staticmethod
    def _pairs(asked: Conditions) -> Tensor:
        """Which neighbours are asked for the same, (N / 2,) of bool."""
        count = len(asked) // 2 * 2
        return (asked.labels[0:count:2] == asked.labels[1:count:2]) & (
            asked.centres[0:count:2] == asked.centres[1:count:2]).all(1)

    def _pair_loss(self, seen: TeacherPass, asked: Conditions) -> Tensor:
        count, same = len(asked) // 2 * 2, self._pairs(asked)
        features = {name: seen.features[name] for name in self.feature_layers}
        first, second = ({name: value[start:count:2][same] for name, value in features.items()} for start in (0, 1))
        return losses.pair_loss(first, second)

    def _map(self, seen: TeacherPass) -> Tensor:
        return attention.attention_map(seen.features[self.attention_layer])

    @torch.no_grad()
    def _move(self, index: Tensor, gradient: Tensor) -> None:
        """Adam's step for the images that had a turn."""
        rate = RATE * cosine(self.done, self.steps, floor=0.0)
        self._moved[index] += 1
        self._mean[index] = MEMORY * self._mean[index] + (1 - MEMORY) * gradient
        self._square[index] = SQUARES * self._square[index] + (1 - SQUARES) * gradient.square()
        count = self._moved[index].view(-1, 1, 1, 1)
        size = (self._square[index] / (1 - SQUARES**count)).sqrt() + 1e-8
        change = rate * self._mean[index] / (1 - MEMORY**count) / size
        self.images[index] = torch.maximum(torch.minimum(self.images[index] - change, self._high), self._low)

    # --- for the student -------------------------------------------------------------------------

    def held_out(self) -> Tensor:
        """Indices of images that the student never learns from, (n,)."""
        return torch.arange(HELD_OUT - 1, len(self), HELD_OUT)

    def for_learning(self) -> Tensor:
        """Indices of all others."""
        return torch.tensor([i for i in range(len(self)) if i % HELD_OUT != HELD_OUT - 1], dtype=torch.int64)

    # --- state -----------------------------------------------------------------------------------

    def state_dict(self) -> dict[str, Any]:
        """Everything that a resumed run needs."""
        return {
            "images": self.images, "mean": self._mean, "square": self._square, "moved": self._moved,
            "turns": self._turns, "done": self.done, "stream": self.stream.get_state(),
        }

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        device = self.images.device
        self.images, self._mean, self._square, self._moved = (
            state[name].to(device, copy=True) for name in ("images", "mean", "square", "moved"))
        self._turns, self.done = state["turns"].cpu(), int(state["done"])
        self.stream.set_state(state["stream"].cpu())


def bank_conditions(watched: Conditions, count: int, classes: int, reach: float, stream: torch.Generator) -> Conditions:
    """What a bank of `count` images is asked for: first what snapshots watch, then one image of a class after another.

    Args:
        watched: The first ones, in pairs; cut off where there are more than `count`.
        count: N.
        classes: Of the teacher; those that are not watched come first.
        reach: Centres are drawn uniformly from [-reach, reach] in both directions.
        stream: Random stream on the CPU.
    """
    device, few = watched.labels.device, watched.labels[:count]
    missing = count - len(few)
    order = torch.randperm(classes, generator=stream)
    known = torch.isin(order, few.cpu())
    order = torch.cat((order[~known], order[known]))
    labels = order.repeat(math.ceil(missing / classes) if missing else 1)[:missing].to(device)
    centres = ((torch.rand(missing, 2, generator=stream) * 2 - 1) * reach).to(device)
    noise = torch.zeros(missing, watched.noise.shape[1], device=device)
    return Conditions(torch.cat((watched.noise[:count], noise)), torch.cat((few, labels)),
                      torch.cat((watched.centres[:count], centres)))
