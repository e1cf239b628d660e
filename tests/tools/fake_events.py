"""The single events of a made-up run: curves, samples, attention and reports as real ones would be, no torch."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from acq_engine.events import (
    AttentionReady,
    Evaluated,
    FeaturesReady,
    Finished,
    LayerInfo,
    LayerReport,
    ModelSummary,
    Phase,
    PredictionsCompared,
    SamplesReady,
)
from acq_engine.settings import RunConfig

CLASSES = ("T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot")
SAMPLES = 36
SIZE = 32
MAP = 8

SUMMARY = ModelSummary(
    name="Fashion sample", arch="fashion_resnet", parameters=78_042, bn_layers=9, num_classes=10,
    input_shape=(3, SIZE, SIZE), float_bytes=4 * 78_042, class_names=CLASSES,
    attention_layers=("layer3", "layer2", "layer1"), attention_layer="layer3",
)


def grid_of(size: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """x and y of every pixel's middle, in [-1, 1]; both (size, size)."""
    axis = ((np.arange(size) + 0.5) / size * 2 - 1).astype(np.float32)
    x, y = np.meshgrid(axis, axis)
    return x, y


def shape_mask(kind: int, x: NDArray[np.float32], y: NDArray[np.float32]) -> NDArray[np.bool_]:
    """One of ten shapes about the origin, about 0.4 wide."""
    r = np.hypot(x, y)
    masks = (
        r < 0.36,
        (abs(x) < 0.32) & (abs(y) < 0.32),
        (y < 0.3) & (y > abs(x) * 1.8 - 0.42),
        ((abs(x) < 0.12) | (abs(y) < 0.12)) & (r < 0.42),
        (r < 0.4) & (r > 0.22),
        (abs(y) < 0.14) & (abs(x) < 0.44),
        (abs(x) < 0.14) & (abs(y) < 0.44),
        abs(x) + abs(y) < 0.4,
        (r < 0.42) & (np.cos(5 * np.arctan2(y, x)) > -0.2 + r),
        (np.hypot(abs(x) - 0.22, abs(y) - 0.22) < 0.16),
    )
    return masks[kind % len(masks)]


def blobs(centres: NDArray[np.float32], width: float = 0.3, size: int = MAP) -> NDArray[np.float32]:
    """Gaussian maps (N, size, size) at the centres, each summing to 1."""
    x, y = grid_of(size)
    distance = (x[None] - centres[:, 0, None, None]) ** 2 + (y[None] - centres[:, 1, None, None]) ** 2
    maps = np.exp(-distance / (2 * width**2)) + 0.01
    return (maps / maps.sum((1, 2), keepdims=True)).astype(np.float32)


class FakeEvents:
    """Makes them; the same seed and the same order of calls give the same events.

    Args:
        seed: Decides pictures, noise and centres.
        config: Steps, bits and method are read from it.
        collapsed: The generator makes the same picture for every sample of a class, so health is bad.
        with_test_set: False: accuracies are None, as without test images.
        run_dir: What paths in events begin with.
    """

    def __init__(
        self, seed: int = 0, config: RunConfig | None = None, *, collapsed: bool = False, with_test_set: bool = True,
        run_dir: str = "runs/fashion-0001",
    ) -> None:
        self.seed = seed
        self.config = config or RunConfig()
        self._student_top1 = 55.0
        self.collapsed = collapsed
        self.with_test_set = with_test_set
        self.run_dir = run_dir
        rng = np.random.default_rng(seed)
        self._rng = rng
        self._labels = np.sort(np.arange(SAMPLES) % 10).astype(np.int64)
        reach = self.config.generator.centre_reach
        self._asked = rng.uniform(-reach, reach, (SAMPLES, 2)).astype(np.float32)
        self._offset = rng.normal(0, 1, (SAMPLES, 2)).astype(np.float32)
        self._hue = rng.uniform(0.35, 1.0, (SAMPLES, 3)).astype(np.float32)
        self._ground = rng.uniform(0.0, 0.35, (SAMPLES, 3)).astype(np.float32)
        if collapsed:
            self._asked_shown = np.zeros_like(self._asked)
            for label in range(10):
                members = self._labels == label
                self._hue[members] = self._hue[members][0]
                self._ground[members] = self._ground[members][0]
        else:
            self._asked_shown = self._asked
        self._noise = rng.normal(0, 1, (SAMPLES, SIZE, SIZE, 3)).astype(np.float32)

    def quality(self, global_step: int) -> float:
        """How far the made-up generator has come, 0..1."""
        return float(1 - np.exp(-global_step / 90))

    def values(self, phase: Phase, global_step: int) -> dict[str, float]:
        """The metrics of one report: decaying curves with noise; keys of METRICS."""
        q = self.quality(global_step)
        def noise(scale: float) -> float:
            return float(np.exp(self._rng.normal(0, scale)))

        values: dict[str, float] = {}
        if phase in ("warmup", "finetune"):
            parts = {
                "generator/class": 0.06 + 2.3 * (1 - q) * noise(0.12),
                "generator/bn": 0.31 + 3.4 * (1 - q) ** 1.4 * noise(0.08),
                "generator/centre": 0.006 + 0.21 * (1 - q) ** 1.8 * noise(0.2),
                "generator/pair": (0.96 if self.collapsed else 0.41 + 0.5 * (1 - q)) * noise(0.03),
                "generator/modes_bn": 0.28 + 2.9 * (1 - q) ** 1.5 * noise(0.08),
                "generator/modes_output": 0.02 + 0.7 * (1 - q) * noise(0.2),
                "generator/modes_attention": 0.03 + 0.3 * (1 - q) * noise(0.15),
            }
            values |= parts
            values["generator/total"] = sum(parts.values())
            values |= {
                "health/class": min(100.0, 12 + 88 * q * (1 - abs(self._rng.normal(0, 0.01)))),
                "health/centre_error": 0.05 + 0.55 * (1 - q) * noise(0.05),
                "health/diversity": 0.04 * noise(0.05) if self.collapsed else (0.14 + 0.32 * q) * noise(0.03),
                "health/attention": 0.02 * noise(0.05) if self.collapsed else (0.2 + 0.06 * q) * noise(0.03),
                "health/unrest": 0.05 * noise(0.2),
                "health/modes": 1 - (0.06 + 0.5 * (1 - q) * noise(0.05)),
            }
        if phase == "finetune":
            since = max(0, global_step - self.config.schedule.warmup_steps - 4)
            r = float(1 - np.exp(-since / 80))
            values |= {
                "student/distillation": 0.02 + 0.9 * (1 - r) * noise(0.1),
                "student/feature": 0.015 + 0.11 * (1 - r) * noise(0.06),
                "accuracy/agreement": 61 + 37.5 * r + float(self._rng.normal(0, 0.3)),
            }
            values["student/total"] = values["student/distillation"] + values["student/feature"]
            if self.with_test_set:
                values["accuracy/float"] = 91.9
                values["accuracy/agreement_test"] = 58 + 37.5 * r
                self._student_top1 = 55 + 35.4 * r + float(self._rng.normal(0, 0.25))
                values["accuracy/student"] = self._student_top1
        return values

    def measured(self, global_step: int) -> NDArray[np.float32]:
        """Measured centres, (N, 2): they close in on the asked-for ones."""
        spread = 0.03 + 0.45 * (1 - self.quality(global_step))
        shown = self._asked_shown + spread * self._offset * 0.7
        return np.clip(shown, -0.95, 0.95).astype(np.float32)

    def samples(self, global_step: int, *, with_student: bool = True) -> SamplesReady:
        """Coloured shapes at the measured centres; noisy at first."""
        q = self.quality(global_step)
        at = self.measured(global_step)
        x, y = grid_of(SIZE)
        images = np.empty((SAMPLES, SIZE, SIZE, 3), np.float32)
        for index in range(SAMPLES):
            inside = shape_mask(int(self._labels[index]), x - at[index, 0], y - at[index, 1])[..., None]
            images[index] = np.where(inside, self._hue[index], self._ground[index])
        images = q * images + (1 - q) * 0.4 + self._noise * (0.04 + 0.3 * (1 - q))
        right = self._rng.uniform(size=SAMPLES) < 0.3 + 0.7 * q
        teacher = np.where(right, self._labels, (self._labels + 3) % 10)
        agree = self._rng.uniform(size=SAMPLES) < 0.96
        confidence = np.clip(0.2 + 0.79 * q * right + self._rng.normal(0, 0.03, SAMPLES), 0.01, 0.999)
        student = np.where(agree, teacher, (teacher + 1) % 10)
        return SamplesReady(
            step=global_step,
            images=(np.clip(images, 0, 1) * 255).round().astype(np.uint8),
            labels=self._labels,
            asked=self._asked if self.config.method == "acq" else None,
            measured=at,
            teacher_class=teacher.astype(np.int64),
            teacher_confidence=confidence.astype(np.float32),
            student_class=student.astype(np.int64) if with_student else None,
            student_confidence=(confidence * 0.96).astype(np.float32) if with_student else None,
            path=f"{self.run_dir}/samples/{global_step:06d}.png",
        )

    def attention(self, global_step: int, layer: str = "layer3") -> AttentionReady:
        """Blobs at the centres; the train-mode ones drift towards the eval-mode ones. Finer in earlier layers."""
        at = self.measured(global_step)
        drift = 0.08 + 0.5 * (1 - self.quality(global_step))
        finer = {"layer3": 1, "layer2": 2, "layer1": 4}[layer]
        eval_maps = blobs(at, size=MAP * finer, width=0.3 / finer)
        train_at = np.clip(at - drift / finer * self._offset[:, ::-1] * 0.5, -1, 1).astype(np.float32)
        train_maps = blobs(train_at, size=MAP * finer, width=0.3 / finer)
        a, b = eval_maps.reshape(SAMPLES, -1), train_maps.reshape(SAMPLES, -1)
        cosine = (a * b).sum(1) / (np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1))
        path = f"{self.run_dir}/attention/{global_step:06d}.png" if finer == 1 else ""
        return AttentionReady(global_step, layer, eval_maps, train_maps, cosine.astype(np.float32), path,
                              corrected=finer == 1, centres=at)

    def features(self, global_step: int) -> FeaturesReady:
        """Classes on a ring; their clouds shrink to the width of the authentic ones."""
        q, reach = self.quality(global_step), 3.0
        angle = self._labels * 2 * np.pi / 10
        middle = reach * q * np.stack([1.4 * np.cos(angle), np.sin(angle)], 1)
        width = 0.03 if self.collapsed else 0.4 + 0.8 * (1 - q)
        points = (middle + width * self._offset).astype(np.float32)
        if not self.with_test_set:
            return FeaturesReady(global_step, "layer3", points, self._labels, 0.58, 1.25 * width)
        rng = np.random.default_rng(self.seed)
        labels = np.arange(150, dtype=np.int64) % 10
        ring = reach * np.stack([1.4 * np.cos(labels * np.pi / 5), np.sin(labels * np.pi / 5)], 1)
        authentic = (ring + rng.normal(0, 0.5, ring.shape)).astype(np.float32)
        return FeaturesReady(global_step, "layer3", points, self._labels, 0.58, 1.25 * width, authentic, labels, 0.63,
                             2.1 + 30 * (1 - q), 1.7)

    def predictions(self, on: Literal["synthetic", "procedural"], apart: float) -> PredictionsCompared:
        """Both networks on images without labels, of which a part gets another class by the quantized one."""
        rng, count = np.random.default_rng(self.seed + len(on)), 512 if on == "synthetic" else 256
        plain = rng.integers(0, 10, count) if on == "synthetic" else rng.choice([0, 3, 8, 8, 9, 4], count)
        flips = np.arange(count) < round(apart * count)
        rng.shuffle(flips)
        other = np.where(flips, (plain + rng.choice([2, 4, 6], count)) % 10, plain).astype(np.int64)
        sure = np.clip(rng.normal(0.95 if on == "synthetic" else 0.6, 0.1, count), 0.3, 0.999)
        sure[flips] = np.clip(sure[flips] * 0.6, 0.3, 0.6)
        divergence = np.where(flips, rng.uniform(0.1, 0.6, count), rng.exponential(0.01, count))
        places = np.lexsort((-divergence, ~flips))[:24].astype(np.int64)
        x, y = grid_of(SIZE)
        images = np.empty((24, SIZE, SIZE, 3))
        for at, place in enumerate(places.tolist()):
            hue = rng.uniform(0.2, 1, 3)
            images[at] = (np.where(shape_mask(int(plain[place]), x, y)[..., None], hue, 0.2) if on == "synthetic"
                          else 0.5 + 0.5 * np.sin(9 * (x * hue[0] + y * hue[1]))[..., None] * hue)
        return PredictionsCompared(
            on, plain.astype(np.int64), other, sure.astype(np.float32), (0.97 * sure).astype(np.float32),
            divergence.astype(np.float32), places, (255 * images.clip(0, 1)).astype(np.uint8))

    def layers(self) -> tuple[LayerInfo, ...]:
        """Ten layers; the first and the last at 8 bits, as convention B has it."""
        bits, out = self.config.quantization.weight_bits, self.config.quantization.activation_bits
        edge = self.config.quantization.first_last_bits()
        names = ("conv1", *(f"layer{stage}.{block}.conv{conv}" for stage in (1, 2) for block in (0, 1)
                            for conv in (1, 2)), "fc")
        rng = np.random.default_rng(self.seed + 1)
        layers = []
        for index, name in enumerate(names):
            last, first = name == "fc", index == 0
            width = 16 << (index // 4)
            own = edge if first or last else bits
            layers.append(LayerInfo(
                name=name, kind="linear" if last else "conv2d",
                weight_shape=(10, 64) if last else (width, 3 if first else width, 3, 3),
                weight_bits=own, activation_bits=None if last else out,
                weight_low=float(-rng.uniform(0.2, 0.9)), weight_high=float(rng.uniform(0.2, 0.9)),
                output_scale=None if last else float(rng.uniform(0.05, 0.3)), output_zero_point=None if last else 0,
                weight_error=float(rng.uniform(0.2, 1.6) * 4.0 ** -own), clipping_rate=float(rng.uniform(0, 0.02)),
                sensitivity=float(rng.uniform(0.01, 0.4)), weight_clipping=0.0 if own == 8 else 0.011,
            ))
        return tuple(layers)

    def layer_report(self) -> LayerReport:
        """The layers with bell-shaped histograms; half of the outputs are zeros, as behind a ReLU."""
        layers, rng = self.layers(), np.random.default_rng(self.seed + 2)
        bins, weights, outputs = 256, [], []
        weight_spans, output_spans = np.zeros((2, len(layers), 2), np.float32)
        for index, layer in enumerate(layers):
            top = 2**layer.weight_bits - 1
            cut = 0.04 * top * (layer.weight_bits < 8)
            codes = rng.normal(0.47 * top, (0.19 + 0.012 * index) * top, 9 * 16 * 16)
            weight_spans[index] = -0.5 - cut, top + 0.5 + cut
            weights.append(np.histogram(np.clip(codes, *weight_spans[index]), bins, weight_spans[index])[0])
            if layer.output_scale is None or layer.activation_bits is None:
                output_spans[index] = np.nan
                outputs.append(np.zeros(bins, np.int64))
                continue
            top = layer.output_scale * (2**layer.activation_bits - 1)
            output_spans[index] = -layer.output_scale / 2, top * 1.3
            values = np.abs(rng.normal(0, top * 0.38, 60_000))
            outputs.append(np.histogram(np.clip(values, *output_spans[index]), bins, output_spans[index])[0])
        zeros = np.where(np.isnan(output_spans[:, 0]), np.nan, 0.52).astype(np.float32)
        return LayerReport(layers, np.array(weights, np.int64), weight_spans, np.array(outputs, np.int64),
                           output_spans, zeros)

    def evaluated(self, subject: str, top1: float, *, final: bool) -> Evaluated:
        """Accuracy of one of the three models, with its confusion matrix."""
        rng = np.random.default_rng(self.seed + len(subject))
        if not self.with_test_set:
            agreement = None if subject == "float" else 97.6
            return Evaluated(subject, 512, "synthetic", agreement=agreement, final=final)  # type: ignore[arg-type]
        per_class = np.clip(top1 + rng.normal(0, 4, 10), 0, 100)
        per_class += top1 - per_class.mean()
        confusion = np.zeros((10, 10), np.int64)
        for truth in range(10):
            right = round(2 * min(float(per_class[truth]), 100.0))
            confusion[truth, truth] = right
            others = [k for k in range(10) if k != truth]
            for wrong in rng.choice(others, 200 - right):
                confusion[truth, wrong] += 1
        agreement = {"float": None, "student": 96.8, "exported": 96.8}[subject]
        return Evaluated(subject, 2000, "test", top1, 99.7, agreement, per_class.astype(np.float32), confusion,  # type: ignore[arg-type]
                         self.config.quantization.convention, final)

    def finished(self, state: str) -> Finished:
        """The last event of a run that did not fail."""
        if state == "stopped":
            return Finished("stopped", 91.9 if self.with_test_set else None, None, None, None, {}, 31.0)
        measured = self.with_test_set
        return Finished(
            "succeeded", 91.9 if measured else None, 90.4 if measured else None, 90.4 if measured else None, 99.9,
            {"onnx": f"{self.run_dir}/model.onnx"}, 74.2, verified=True, float_bytes=SUMMARY.float_bytes,
            exported_bytes=61_204,
        )
