"""A bare state dict finds its architecture."""

from __future__ import annotations

import pytest
import torch

from acq_engine.errors import ArchitectureError
from acq_engine.models.recognition import choose, recognise
from acq_engine.models.registry import architectures, build_empty

NAMES = (
    "fashion_resnet", "cifar_resnet20", "cifar_resnet44_a", "efficientnet_lite0", "resnet18", "resnet50",
    "resnext50_32x4d", "wide_resnet50_2", "vgg11_bn", "mobilenet_v2", "mobilenet_v3_small", "shufflenet_v2_x1_0",
    "mnasnet1_0", "googlenet", "inception_v3",
)


@pytest.mark.parametrize("name", NAMES)
def test_architecture_classes_and_channels_are_found(name: str) -> None:
    channels = 1 if name == "fashion_resnet" else 3
    state = build_empty(architectures()[name], 17, channels).state_dict()
    found = recognise(state)
    assert found.best is not None
    assert (found.best.arch, found.best.num_classes, found.best.channels) == (name, 17, channels)
    assert found.also == () and found.confidence == 1


def test_auxiliary_heads_don_t_matter() -> None:
    import torchvision

    with torch.device("meta"):
        module = torchvision.models.googlenet(weights=None, num_classes=12, aux_logits=True, init_weights=False)
    entry, _ = choose(module.state_dict())
    assert entry.name == "googlenet"


def test_unknown_weights_name_the_three_nearest() -> None:
    state = build_empty(architectures()["resnet18"], 10, 3).state_dict()
    state["layer3.1.conv2.weight"] = torch.empty(256, 256, 5, 5, device="meta")
    state["layer9.weight"] = torch.empty(1, device="meta")
    with pytest.raises(ArchitectureError) as caught:
        choose(state)
    lines = caught.value.cause.splitlines()
    assert len(lines) == 4 and lines[1].startswith("resnet18 (98% alike)")
    assert "layer3.1.conv2.weight is 256 x 256 x 5 x 5 instead of 256 x 256 x 3 x 3" in lines[1]


def test_templates_equal_what_is_really_built() -> None:
    for name in ("fashion_resnet", "cifar_resnet20_a", "squeezenet1_1", "regnet_y_400mf", "mobilenet_v3_small"):
        entry = architectures()[name]
        built = entry.build(23, 4).state_dict()
        assert {key: value.shape for key, value in entry.template(23, 4).items()} == {
            key: value.shape for key, value in built.items()
        }
