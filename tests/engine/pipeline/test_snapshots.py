"""Which samples are looked at."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import torch

from acq_engine.pipeline.snapshots import PAIRS, snapshot_conditions


@pytest.mark.parametrize("classes", [2, 10, 15, 1000])
def test_each_class_that_is_shown_has_two_pairs_at_different_centres(classes: int) -> None:
    generator: Any = SimpleNamespace(num_classes=classes, noise_dim=4)
    conditions = snapshot_conditions(generator, 0.6, 0, torch.device("cpu"))
    assert len(conditions.labels) == 2 * PAIRS
    assert torch.equal(conditions.labels[0::2], conditions.labels[1::2])
    for label in conditions.labels.unique():
        centres = conditions.centres[conditions.labels == label]
        assert len(centres.unique(dim=0)) >= 2
