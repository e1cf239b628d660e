"""Which samples are looked at."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import torch
from pydantic import ValidationError

from acq_engine.errors import ConfigError
from acq_engine.generation.networks import make_generator
from acq_engine.pipeline.preparation import prepare
from acq_engine.pipeline.snapshots import PAIRS, snapshot_conditions
from acq_engine.settings import GeneratorConfig, RunConfig, ScheduleConfig


@pytest.mark.parametrize("classes", [2, 10, 15, 1000])
def test_each_class_that_is_shown_has_two_pairs_at_different_centres(classes: int) -> None:
    generator: Any = SimpleNamespace(num_classes=classes, noise_dim=4)
    conditions = snapshot_conditions(generator, 0.6, 0, torch.device("cpu"))
    assert len(conditions.labels) == 2 * PAIRS
    assert torch.equal(conditions.labels[0::2], conditions.labels[1::2])
    for label in conditions.labels.unique():
        centres = conditions.centres[conditions.labels == label]
        assert len(centres.unique(dim=0)) >= 2


def test_classes_to_watch_can_be_chosen() -> None:
    generator = make_generator(100, 3, 32, GeneratorConfig())
    schedule = ScheduleConfig(watched_classes="7, 90,7")
    conditions = snapshot_conditions(generator, 0.6, 0, torch.device("cpu"), schedule.watched())
    assert conditions.labels.unique().tolist() == [7, 90] and len(conditions.labels) == 2 * PAIRS
    for wrong in ("x", "1;2", "-1", ",".join(map(str, range(21)))):
        with pytest.raises(ValidationError):
            ScheduleConfig(watched_classes=wrong)


def test_a_class_that_the_model_does_not_have_is_refused_before_a_run() -> None:
    config = RunConfig.from_data({"schedule": {"watched_classes": "3, 10"}})
    with pytest.raises(ConfigError, match="no class 10"):
        prepare(config, progress=None, stop=lambda: False)
