"""Where the looked-at samples lie in the teacher's feature space, beside authentic images where there are some (OURS).

Features are the attention layer's output, averaged over the image: what the classifier decides by. The map is their
principal plane. Authentic images only measure: nothing is chosen by them.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from acq_engine.evaluation.measures import class_spread, frechet_distance, principal_axes
from acq_engine.events import FeaturesReady
from acq_engine.models import LoadedModel
from acq_engine.teacher.model import Teacher
from acq_engine.test_sets.test_set import TestSet

MOST_IMAGES = 200  # authentic ones on the map: enough to see where each class lies
_BATCH_PIXELS = 100 * 32 * 32


class FeatureMap:
    """Places samples on a plane that stays as still as it can.

    Args:
        layer: The teacher's tap whose features are placed.
    """

    def __init__(self, layer: str) -> None:
        self.layer = layer
        self._axes: Tensor | None = None  # (C, 2)
        self._authentic: tuple[Tensor, Tensor] | None = None  # features (M, C), classes (M,)

    @torch.no_grad()
    def show_authentic(self, images: TestSet, teacher: Teacher, loaded: LoadedModel, device: torch.device) -> None:
        """Also show authentic images: their main axes are the map from now on.

        Args:
            images: Up to MOST_IMAGES of them are taken, always the same ones.
            teacher: With a tap at the layer.
            loaded: For turning images into input.
            device: Where the teacher is.
        """
        order = torch.randperm(len(images), generator=torch.Generator().manual_seed(0))[:MOST_IMAGES].numpy()
        chosen = TestSet(images.images[order], images.labels[order])
        _, height, width = loaded.input_shape
        parts = [
            (self.pooled(teacher(x.to(device)).features[self.layer]), labels)
            for x, labels in chosen.batches(loaded, max(1, _BATCH_PIXELS // (height * width)))
        ]
        features, labels = (torch.cat(part) for part in zip(*parts, strict=True))
        if len(features) > 2:
            self._authentic = (features, labels)
            self._axes = principal_axes(features)[1]

    @staticmethod
    def pooled(features: Tensor) -> Tensor:
        """Features (N, C, H, W) averaged over the image, (N, C) on the CPU.

        What is no number becomes one: the losses say it better than an axis that can't be found.
        """
        return features.mean((2, 3)).float().cpu().nan_to_num(0.0, 1e6, -1e6)

    def see(self, step: int, features: Tensor, labels: Tensor) -> FeaturesReady:
        """The event for samples as they are now.

        Args:
            step: Global step.
            features: (N, C, H, W) at the layer.
            labels: (N,) the classes asked for.
        """
        pooled, labels = self.pooled(features), labels.cpu()
        middle = pooled.double().mean(0)
        if self._authentic is None:
            self._axes = _turned(principal_axes(pooled)[1], self._axes)
        else:
            middle = self._authentic[0].double().mean(0)
        assert self._axes is not None
        own = pooled.double() - pooled.double().mean(0)
        whole = float(own.square().sum())
        event = {
            "step": step, "layer": self.layer, "points": self._place(pooled, middle), "labels": labels.numpy(),
            "shown": min(1.0, float((own @ self._axes).square().sum()) / whole) if whole > 0 else 0.0,
            "spread": class_spread(pooled, labels),
        }
        if self._authentic is not None:
            images, classes = self._authentic
            event |= {"authentic": self._place(images, middle), "authentic_labels": classes.numpy(),
                      "authentic_spread": class_spread(images, classes)}
            count = len(pooled)
            if len(images) >= 2 * count:  # the distance depends on the number: as many of each
                event |= {"distance": frechet_distance(pooled, images[:count]),
                          "authentic_distance": frechet_distance(images[count : 2 * count], images[:count])}
        return FeaturesReady(**event)  # type: ignore[arg-type]

    def _place(self, features: Tensor, middle: Tensor) -> object:
        assert self._axes is not None
        placed = ((features.double() - middle) @ self._axes).float()
        return F.pad(placed, (0, 2 - placed.shape[1])).numpy()  # a layer may have a single channel

    def state_dict(self) -> dict[str, Tensor | None]:
        """The plane, so that it does not turn over when a run is taken up again."""
        return {"axes": self._axes}

    def load_state_dict(self, state: dict[str, Tensor | None]) -> None:
        if self._authentic is None:
            self._axes = state["axes"]


def _turned(axes: Tensor, before: Tensor | None) -> Tensor:
    """Axes (C, 2) of the same plane, turned and mirrored to be as near as possible to the ones before."""
    if before is None or before.shape != axes.shape:
        return axes
    left, _, right = torch.linalg.svd(axes.T @ before)
    return axes.mm(left.mm(right))
