"""Snapshots: the same samples seen again and again through a run, and what they say about its health.

Noise, classes and centres are fixed at the start, in pairs that differ only in their noise, so that a
person sees the generator learn, and sees at once when it ignores its noise.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from acq_engine.events import F32, AttentionReady, Event, SamplesReady
from acq_engine.generation.conditions import Conditions, sampling_without_trace
from acq_engine.generation.networks import Generator
from acq_engine.models import LoadedModel
from acq_engine.pipeline.feature_map import FeatureMap
from acq_engine.quantization import QuantizedModel
from acq_engine.settings import RunConfig
from acq_engine.teacher import attention
from acq_engine.teacher.losses import pair_loss
from acq_engine.teacher.model import Teacher
from acq_engine.test_sets.test_set import TestSet
from acq_engine.training.image_bank import ImageBank

MOST_PIXELS = 32  # a side of a map that is only looked at
PAIRS = 20  # 40 samples: enough to see variety, few enough to be cheap


def snapshot_conditions(
    generator: Generator, reach: float, seed: int, device: torch.device, watched: Sequence[int] = ()
) -> Conditions:
    """PAIRS pairs, neighbours (2i, 2i+1) of one class and centre; the classes take turns.

    Drawn on the CPU, so that every device looks at the same samples.

    Args:
        generator: Tells the number of classes and the noise's length.
        reach: How far from the middle centres may lie, 0..1.
        seed: The run's.
        device: Where the conditions are used.
        watched: Classes to show; none: chosen here.
    """
    stream = torch.Generator().manual_seed(seed)
    classes = torch.arange(PAIRS) % generator.num_classes
    if generator.num_classes > PAIRS // 2:
        # Two pairs of each class, so that attention can be compared within a class, at more than one centre.
        few = torch.randperm(generator.num_classes, generator=stream)[: PAIRS // 2].sort().values
        classes = few[torch.arange(PAIRS) % len(few)]
    if watched:
        classes = torch.tensor(watched)[torch.arange(PAIRS) % len(watched)].sort().values
    centres = (torch.rand(PAIRS, 2, generator=stream) * 2 - 1) * reach
    noise = torch.randn(2 * PAIRS, generator.noise_dim, generator=stream)
    return Conditions(
        noise.to(device), classes.repeat_interleave(2).to(device), centres.repeat_interleave(2, 0).to(device)
    )


class Snapshots:
    """Watches a fixed set of samples.

    Args:
        teacher: With taps that include `attention_layer` and `feature_layers`.
        generator: The generator as it is at each snapshot.
        loaded: For turning samples into images.
        config: Reach and sharpness of centres, seed.
        attention_layer: The layer whose attention is shown.
        feature_layers: The layers in which diversity is measured.
        device: Where to compute.
        map_layer: The layer whose features the feature map shows; empty for the attention layer.
    """

    def __init__(
        self, teacher: Teacher, generator: Generator, loaded: LoadedModel, config: RunConfig,
        attention_layer: str, feature_layers: tuple[str, ...], device: torch.device, map_layer: str = "",
    ) -> None:
        self.teacher, self.generator, self.loaded, self.config = teacher, generator, loaded, config
        self.attention_layer, self.feature_layers = attention_layer, feature_layers
        self.conditions = snapshot_conditions(
            generator, config.generator.centre_reach, config.seed, device, config.schedule.watched())
        self.map, self.device = FeatureMap(map_layer or attention_layer), device
        self.bank: ImageBank | None = None  # its first images are watched where there is one

    def compare_with(self, images: TestSet) -> None:
        """Show authentic images on the feature map too; they only measure."""
        self.map.show_authentic(images, self.teacher, self.loaded, self.device)

    @torch.no_grad()
    def take(
        self, step: int, student: QuantizedModel | None
    ) -> tuple[list[Event], dict[str, float]]:
        """The samples as they are now.

        Args:
            step: Global step, for the events.
            student: Also ask the student, once it is calibrated.

        Returns:
            The events, samples first, and the health figures by metric key.
        """
        conditions, samples = self._watched()
        in_eval = self.teacher(samples, "eval")
        in_train = self.teacher(samples, "train")
        maps = [
            attention.normalised(attention.attention_map(one.features[self.attention_layer]))
            for one in (in_eval, in_train)
        ]
        measured = attention.centre(maps[0], self.config.generator.centre_power)
        similarity = attention.similarity(maps[0], maps[1])
        features = {name: in_eval.features[name] for name in self.feature_layers}
        pairs = pair_loss({k: v[0::2] for k, v in features.items()}, {k: v[1::2] for k, v in features.items()})
        seen = in_eval.logits.argmax(1)
        health = {
            "health/class": 100 * _number((seen == conditions.labels).float().mean()),
            "health/diversity": 1 - _number(pairs),
        }
        if not self.loaded.measured:  # without batch norm both modes are one: that they agree says nothing
            health["health/modes"] = _number(similarity.mean())
        spread = attention.class_spread(maps[0], conditions.labels)
        if spread is not None:
            health["health/attention"] = spread
        target = conditions.centres if self.generator.has_centre else None
        if target is not None:
            health["health/centre_error"] = _number((measured - target).norm(dim=1).mean())
        answers = student(samples) if student is not None else None
        images = SamplesReady(
            step=step,
            images=self.loaded.to_display(samples),
            labels=conditions.labels.cpu().numpy(),
            asked=None if target is None else target.cpu().numpy(),
            measured=measured.cpu().numpy(),
            teacher_class=seen.cpu().numpy(),
            teacher_confidence=_confidence(in_eval.logits, conditions.labels),
            student_class=None if answers is None else answers.argmax(1).cpu().numpy(),
            student_confidence=None if answers is None else _confidence(answers, conditions.labels),
        )
        attention_maps = AttentionReady(
            step=step, layer=self.attention_layer, eval_maps=maps[0].cpu().numpy(), train_maps=maps[1].cpu().numpy(),
            similarity=similarity.cpu().numpy(), centres=measured.cpu().numpy(),
        )
        others = [
            other_attention(step, layer, in_eval.features[layer], in_train.features[layer],
                            self.config.generator.centre_power)
            for layer in self.feature_layers if layer != self.attention_layer
        ]
        features_seen = self.map.see(step, in_eval.features[self.map.layer], conditions.labels)
        return [images, attention_maps, *others, features_seen], health

    def _watched(self) -> tuple[Conditions, Tensor]:
        if self.bank is not None:
            samples, asked = self.bank.images[: 2 * PAIRS], self.bank.conditions
            few = len(samples)
            return Conditions(asked.noise[:few], asked.labels[:few], asked.centres[:few]), samples
        with sampling_without_trace(self.generator):
            return self.conditions, self.conditions.sample(self.generator)


def other_attention(step: int, layer: str, in_eval: Tensor, in_train: Tensor, power: float) -> AttentionReady:
    """The event for a layer that is only looked at. Similarity and centres are those of the whole maps.

    Args:
        step: Global step.
        layer: Its path in the teacher.
        in_eval: Its features in eval mode, (N, C, H, W).
        in_train: In train mode.
        power: Of the map before its centroid is taken.
    """
    maps = [attention.normalised(attention.attention_map(features)) for features in (in_eval, in_train)]
    small = [attention.normalised(_shrunk(one)).cpu().numpy() for one in maps]
    return AttentionReady(
        step=step, layer=layer, eval_maps=small[0], train_maps=small[1],
        similarity=attention.similarity(*maps).cpu().numpy(), corrected=False,
        centres=attention.centre(maps[0], power).cpu().numpy(),
    )


def _shrunk(maps: Tensor) -> Tensor:
    """Maps (N, H, W) averaged down to MOST_PIXELS or less a side: they are kept for every snapshot."""
    factor = -(-max(maps.shape[-2:]) // MOST_PIXELS)
    return maps if factor == 1 else F.avg_pool2d(maps[:, None], factor, ceil_mode=True, count_include_pad=False)[:, 0]


def _number(value: Tensor) -> float:
    return float(value.item())


def _confidence(logits: Tensor, labels: Tensor) -> F32:
    """Probability of the class asked for, (N,)."""
    values: F32 = logits.softmax(1).gather(1, labels[:, None])[:, 0].float().cpu().numpy()
    return values
