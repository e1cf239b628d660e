"""Is the preprocessing the training's? The float model's accuracy under the usual ones tells (OURS).

Only a warning comes of it: nothing is chosen on test images.
"""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from acq_engine.errors import Question
from acq_engine.models.loaded import LoadedModel
from acq_engine.models.preprocessing import PRESETS
from acq_engine.test_sets.test_set import TestSet

IMAGES = 256
SMALL = 64 * 64  # px; for larger images it takes a while, so they are tried only where statistics speak against them
CERTAIN = 3.0  # standard deviations of the difference between two accuracies on the same images


def preprocessing_doubt(loaded: LoadedModel, test_set: TestSet, *, suspicious: bool) -> Question | None:
    """A question with the better preprocessing and what speaks for it; None where none is clearly better.

    Args:
        loaded: On the CPU.
        test_set: Labelled images.
        suspicious: The first batch norm's statistics don't match (`acq_engine.models.input_check`).
    """
    channels, height, width = loaded.input_shape
    small = height * width <= SMALL
    if channels not in (1, 3) or not (small or suspicious):
        return None
    some = test_set.some(IMAGES if small else IMAGES // 4)[0]
    labels = torch.from_numpy(some.labels.copy())
    own = _right(loaded, loaded.to_model_input(some.images), labels)
    best, gained = ("", "", "", 0.0), 0
    for setting, value, said, other, turned in _others(loaded):
        x = other.to_model_input(some.images)
        right = _right(loaded, x.flip(1) if turned else x, labels)
        more, fewer = int((right & ~own).sum()), int((own & ~right).sum())
        if more - fewer >= CERTAIN * max(1, more + fewer) ** 0.5 and more - fewer > gained:
            gained, best = more - fewer, (setting, value, said, 100 * float(right.float().mean()))
    setting, value, said, accuracy = best
    if not value:
        return None
    count, before = len(labels), 100 * float(own.float().mean())
    present = "rgb" if setting == "model.channel_order" else "own"
    return Question(
        f"The preprocessing is probably not the one of the training: on {count} test images the float model's "
        f"accuracy is {before:.1f} % as set, and {accuracy:.1f} % with {said}.", setting,
        ((present, f"As set: float accuracy {before:.1f} % on {count} images."),
         (value, f"Float accuracy {accuracy:.1f} % on {count} images.")), taken=present,
    )


def _others(loaded: LoadedModel) -> list[tuple[str, str, str, LoadedModel, bool]]:
    """Setting, its value, how it is said, the model with it, and whether channels are turned round."""
    channels = loaded.input_shape[0]
    found = []
    for name in ("imagenet", "cifar10", "0..1", "-1..1", "0..255"):
        mean, std = PRESETS[name] if channels == 3 else ((sum(part) / 3,) for part in PRESETS[name])
        if (mean, std) != (loaded.mean, loaded.std):
            found.append(("model.preprocessing", name, f"--preprocessing {name}",
                          replace(loaded, mean=mean, std=std), False))
    if channels == 3:
        found.append(("model.channel_order", "bgr", "the channels in the order blue, green, red (--channel-order bgr)",
                      loaded, True))
    return found


@torch.no_grad()
def _right(loaded: LoadedModel, x: Tensor, labels: Tensor) -> Tensor:
    """(N,) which images are classified as their labels say."""
    return torch.cat([loaded.module(part).argmax(1) for part in x.split(64)]) == labels
