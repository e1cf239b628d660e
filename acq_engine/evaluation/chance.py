"""Whether an accuracy says that a model has learned anything (OURS)."""

from __future__ import annotations

import math

FEWEST_IMAGES = 50


def no_better_than_chance(top1: float, images: int, classes: int) -> bool:
    """Whether guessing would reach this top-1 (percent) too: up to two standard deviations above its mean."""
    if images < FEWEST_IMAGES or classes < 2:
        return False
    chance = 1 / classes
    return top1 <= 100 * (chance + 2 * math.sqrt(chance * (1 - chance) / images))


def chance_warning(model: str, top1: float, images: int, classes: int) -> str:
    """A sentence for the user; empty when all is well.

    Args:
        model: "float" or "quantized".
        top1: Percent.
        images: How many were measured.
        classes: How many the model tells apart.
    """
    if not no_better_than_chance(top1, images, classes):
        return ""
    if model == "float":
        return (f"The float model's top-1 of {top1:.1f} % is no better than chance. Check its weights, its "
                "preprocessing and the labels of the test images.")
    return (f"The quantized model's top-1 of {top1:.1f} % is no better than chance. Use more bits or more training "
            "steps.")
