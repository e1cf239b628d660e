"""Many samples of a generator, as the teacher sees them in both modes."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from acq_engine.errors import TrainingError
from acq_engine.generation.conditions import Conditions, ConditionSource, sampling_without_trace
from acq_engine.pipeline.session import TrainingSession
from acq_engine.teacher import attention, losses
from acq_engine.training.streams import EXPERIMENTS, seeded

GROUP = 4  # samples of one class in a group: two of one centre, two of other centres


@dataclass(frozen=True)
class Observed:
    """N samples.

    Attributes:
        labels: (N,) the classes asked for.
        asked: (N, 2) the centres asked for; None where the generator takes none.
        measured: (N, 2) the centres measured in eval mode.
        logits: (N, K) in eval mode.
        features: By stage (N, D): pooled to 4x4 at most, as the pair loss has them, and flattened.
        pooled: (N, C) the attention layer's output, averaged over the image.
        similarity: (N,) of the attention maps in both modes, 0..1.
        same_answer: (N,) whether both modes see the same class.
        bn_eval: Distance from the stored batch-norm statistics, as the BN loss has it, mean over batches.
        bn_train: The same in train mode.
        output_difference: KL divergence between the modes' outputs, mean over batches.
    """

    labels: Tensor
    target: Tensor | None
    measured: Tensor
    logits: Tensor
    features: dict[str, Tensor]
    pooled: Tensor
    similarity: Tensor
    same_answer: Tensor
    bn_eval: float
    bn_train: float
    output_difference: float

    @property
    def class_accuracy(self) -> float:
        """Percentage of samples in which the teacher sees the class asked for."""
        return 100 * float((self.logits.argmax(1) == self.labels).float().mean())

    @property
    def centre_error(self) -> float | None:
        """Mean distance of measured and asked-for centre; the image is 2 wide."""
        return None if self.target is None else float((self.measured - self.target).norm(dim=1).mean())


@torch.no_grad()
def observe(session: TrainingSession, count: int, *, grouped: bool = False) -> Observed:
    """Observe `count` samples (whole groups of them); they are drawn in batches of the generator's size.

    Args:
        session: Its generator and streams stay as they are.
        count: How many.
        grouped: GROUP neighbours share a class; the first two of them share the centre as well.
    """
    if session.bank is not None:
        raise TrainingError(
            "This experiment draws new samples, and the run has no generator.",
            cause="Images were optimized in its place, as there was no time for it to learn.",
            hint="Choose a run with a generator, or give a run more time.")
    generator, config = session.generator, session.config
    stream = seeded(config.seed, EXPERIMENTS, session.device)
    source = ConditionSource(generator, config.generator.centre_reach, stream)
    batch = max(GROUP, config.schedule.generator_batch // GROUP * GROUP)
    parts: list[Observed] = []
    with sampling_without_trace(generator):
        for _ in range(-(-count // batch)):
            conditions = _groups(source, batch) if grouped else source.draw(batch)
            parts.append(_observe(session, conditions, conditions.sample(generator)))
    return _joined(parts, -(-count // GROUP) * GROUP if grouped else count)


def _groups(source: ConditionSource, batch: int) -> Conditions:
    drawn = source.draw(batch)
    labels = drawn.labels[::GROUP].repeat_interleave(GROUP)
    centres = drawn.centres.clone()
    centres[1::GROUP] = centres[0::GROUP]
    return Conditions(drawn.noise, labels, centres)


def _observe(session: TrainingSession, conditions: Conditions, samples: Tensor) -> Observed:
    teacher = session.teacher
    in_eval = teacher(samples, "eval", statistics=True)
    stored = teacher.stored_statistics()
    in_train = teacher(samples, "train", statistics=True)
    assert in_eval.statistics is not None and in_train.statistics is not None
    maps = [attention.normalised(attention.attention_map(one.features[session.attention_layer]))
            for one in (in_eval, in_train)]
    return Observed(
        labels=conditions.labels,
        target=conditions.centres if session.generator.has_centre else None,
        measured=attention.centre(maps[0], session.config.generator.centre_power),
        logits=in_eval.logits,
        features={name: pooled(in_eval.features[name]) for name in session.stages},
        pooled=in_eval.features[session.feature_layer].mean((2, 3)),
        similarity=attention.similarity(*maps),
        same_answer=in_eval.logits.argmax(1) == in_train.logits.argmax(1),
        bn_eval=float(losses.bn_loss(in_eval.statistics, stored)),
        bn_train=float(losses.bn_loss(in_train.statistics, stored)),
        output_difference=float(losses.mode_output_loss(in_eval.logits, in_train.logits)),
    )


def pooled(features: Tensor) -> Tensor:
    """(N, C, H, W) to (N, C * 16 at most): what the pair loss compares."""
    return F.adaptive_avg_pool2d(features, min(4, features.shape[-1])).flatten(1)


def _joined(parts: list[Observed], count: int) -> Observed:
    def join(name: str) -> Tensor:
        return torch.cat([getattr(part, name) for part in parts])[:count].cpu()

    def average(name: str) -> float:
        return float(sum(getattr(part, name) for part in parts) / len(parts))

    return Observed(
        join("labels"), None if parts[0].target is None else join("target"), join("measured"), join("logits"),
        {stage: torch.cat([part.features[stage] for part in parts])[:count].cpu() for stage in parts[0].features},
        join("pooled"), join("similarity"), join("same_answer"), average("bn_eval"), average("bn_train"),
        average("output_difference"),
    )
