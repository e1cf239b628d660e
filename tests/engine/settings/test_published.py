"""The paper's figures stand next to runs of the paper's network, scheme and bits, and next to no others."""

from __future__ import annotations

import pytest

from acq_engine.settings import RunConfig
from acq_engine.settings.presets import with_method
from acq_engine.settings.published import published

SHAPE = (3, 224, 224)


def config(**quantization: object) -> RunConfig:
    return RunConfig.from_data({"quantization": {"convention": "A", **quantization}})


def test_the_abstract_has_two_figures() -> None:
    for arch, top1 in (("resnet18", 67.55), ("resnet50", 72.23)):
        found = published(config(), arch, 1000, SHAPE)
        assert found is not None and (found.top1, found.bits) == (top1, 4)


@pytest.mark.parametrize("changed", [
    {"convention": "B"}, {"weight_bits": 3}, {"activation_bits": 8}, {"allocation": "sensitivity"},
    {"mean_bits": 4.0}, {"edge_bits": 8}, {"layer_bits": {"fc": 8}}, {"first_output_bits": 8},
])
def test_other_bits_are_another_experiment(changed: dict[str, object]) -> None:
    assert published(config(**changed), "resnet18", 1000, SHAPE) is None


def test_so_are_another_method_network_or_data_set() -> None:
    assert published(with_method(config(), "gdfq"), "resnet18", 1000, SHAPE) is None
    assert published(config(), "resnet34", 1000, SHAPE) is None
    assert published(config(), "cifar_resnet20", 10, (3, 32, 32)) is None, "the abstract says nothing of CIFAR"
    assert published(config(), "resnet18", 100, SHAPE) is None
    assert published(config(), "resnet18", 1000, (3, 64, 64)) is None
