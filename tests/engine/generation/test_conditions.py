"""Drawing samples to look at them changes nothing of what is drawn later."""

from __future__ import annotations

import pytest
import torch

from acq_engine.generation.conditions import ConditionSource, sampling_without_trace
from acq_engine.generation.networks import make_generator
from acq_engine.settings import GeneratorConfig


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("fails", [True, False])
def test_sampling_leaves_neither_statistics_nor_mode_behind(*, training: bool, fails: bool) -> None:
    generator = make_generator(3, 1, 16, GeneratorConfig(width=8, noise_dim=4)).train(training)
    before = {name: value.clone() for name, value in generator.state_dict().items()}
    conditions = ConditionSource(generator, 0.5, torch.Generator().manual_seed(0)).draw(4)

    def drawn() -> torch.Tensor:
        with torch.no_grad(), sampling_without_trace(generator):
            samples = conditions.sample(generator)
            assert generator.training, "batches have statistics of their own, as in training"
            if fails:
                raise ValueError
            return samples

    if fails:
        with pytest.raises(ValueError):  # noqa: PT011 - its own
            drawn()
    else:
        assert torch.equal(drawn(), drawn())
    assert generator.training == training
    assert all(torch.equal(value, before[name]) for name, value in generator.state_dict().items())


def test_conditions_are_divided_into_batches_in_their_order() -> None:
    generator = make_generator(3, 1, 16, GeneratorConfig(width=8, noise_dim=4))
    conditions = ConditionSource(generator, 0.5, torch.Generator().manual_seed(0)).draw(5)
    parts = list(conditions.split(2))
    assert [len(part) for part in parts] == [2, 2, 1]
    for name in ("noise", "labels", "centres"):
        assert torch.equal(torch.cat([getattr(part, name) for part in parts]), getattr(conditions, name))
