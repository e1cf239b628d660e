"""Does the model give numbers for the pixels that it will be shown? A logarithm takes none below 0 (OURS)."""

from __future__ import annotations

from dataclasses import replace

import torch

from acq_engine.errors import ModelError
from acq_engine.models.loaded import LoadedModel
from acq_engine.models.preprocessing import PRESETS
from acq_engine.models.statistics_check import noise_images

IMAGES = 2


def refuse_no_numbers(loaded: LoadedModel, *, always: bool) -> None:
    """Look at a few images with the settings' mean and deviation, all black and all white ones among them.

    Args:
        loaded: On the CPU.
        always: Refuse also where no known preprocessing helps, since the weights are to blame.

    Raises:
        ModelError: answers are NaN or infinite; the hint names a preprocessing with which they are not, if any.
    """
    pixels = torch.cat([noise_images(IMAGES, loaded.input_shape), torch.zeros(1, *loaded.input_shape),
                        torch.ones(1, *loaded.input_shape)])
    if _finite(loaded, pixels):
        return
    low, high = loaded.input_range()
    channels = loaded.input_shape[0]
    fitting = [name for name, (mean, std) in PRESETS.items() if channels == 3 and _finite(
        replace(loaded, mean=mean, std=std), pixels)]
    if not fitting and not always:
        return
    raise ModelError(
        "The model's outputs are NaN or infinite.",
        cause=f"This is so for images whose pixels lie between {low:.3g} and {high:.3g} after preprocessing.",
        hint=f"With the preprocessing {fitting[0]} they are numbers; set the one that the model was trained with."
        if fitting else "Check that the trained weights are loaded, and that mean and standard deviation are those of "
        "the training.",
    )


def _finite(loaded: LoadedModel, pixels: torch.Tensor) -> bool:
    mean, std = loaded.normalisation()
    with torch.inference_mode():
        return bool(loaded.module((pixels - mean) / std).isfinite().all())
