"""How far two networks' predictions for the same images are the same: counts, shares and an interval. No torch."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

import numpy as np

from acq_engine.events import PredictionsCompared

NORMAL_95 = 1.959964  # the normal distribution's 97.5 % point


class ClassMatch(NamedTuple):
    """A class: how many images each network takes for it, and the share of the float one's that agree, in percent."""

    label: int
    plain: int
    quantized: int
    percent: float | None  # None where the float network takes none for it


def interval(same: int, images: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (Wilson, 1927), in percent, of `same` among `images`, which is above 0."""
    share, z = same / images, NORMAL_95
    middle = (share + z * z / (2 * images)) / (1 + z * z / images)
    half = z / (1 + z * z / images) * sqrt(share * (1 - share) / images + z * z / (4 * images * images))
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def same_predictions(found: PredictionsCompared) -> int:
    """How many images have the same top-1 prediction in both."""
    return int((found.float_classes == found.quantized_classes).sum())


def by_class(found: PredictionsCompared) -> list[ClassMatch]:
    """Every class that one of them predicts; the least agreed first, last those that the float one never predicts."""
    plain, other = found.float_classes, found.quantized_classes
    rows = []
    for label in np.union1d(plain, other).tolist():
        mine = plain == label
        share = float(100 * (other[mine] == label).mean()) if mine.any() else None
        rows.append(ClassMatch(label, int(mine.sum()), int((other == label).sum()), share))
    return sorted(rows, key=lambda row: 101.0 if row.percent is None else row.percent)


def pairs(found: PredictionsCompared) -> list[tuple[int, int, int]]:
    """Float prediction, another quantized prediction, and how many images; the most frequent first."""
    plain, other = found.float_classes, found.quantized_classes
    apart = plain != other
    kinds, counts = np.unique(np.stack([plain[apart], other[apart]]), axis=1, return_counts=True)
    order = np.argsort(-counts, kind="stable").tolist()
    return [(int(kinds[0, place]), int(kinds[1, place]), int(counts[place])) for place in order]
