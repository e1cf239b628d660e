"""A bare state dict finds its architecture."""

from __future__ import annotations

import pytest
import torch

from acq_engine.errors import ArchitectureError
from acq_engine.models.recognition import choose_part, recognise
from acq_engine.models.registry import architectures, build_empty

NAMES = (
    "fashion_resnet", "cifar_resnet20", "cifar_resnet44_a", "efficientnet_lite0", "resnet18", "resnet50",
    "resnext50_32x4d", "wide_resnet50_2", "vgg11_bn", "mobilenet_v3_small", "mnasnet1_0", "googlenet", "inception_v3",
    "cifar_vgg16_bn", "cifar_mobilenetv2_x0_5", "cifar_mobilenetv2_x1_4",
)

# Networks whose weights differ in nothing but the number of classes: strides leave no trace.
ALIKE = [("mobilenet_v2", "cifar_mobilenetv2_x1_0"), ("shufflenet_v2_x1_0", "cifar_shufflenetv2_x1_0")]


@pytest.mark.parametrize("name", NAMES)
def test_architecture_classes_and_channels_are_found(name: str) -> None:
    channels = 1 if name == "fashion_resnet" else 3
    state = build_empty(architectures()[name], 17, channels).state_dict()
    found = recognise(state)
    assert found.best is not None
    assert (found.best.arch, found.best.num_classes, found.best.channels) == (name, 17, channels)
    assert found.also == () and found.confidence == 1


@pytest.mark.parametrize(("large", "small"), ALIKE)
@pytest.mark.parametrize(("classes", "chosen"), [(1000, 0), (10, 1), (100, 1), (17, 0)])
def test_the_number_of_classes_decides_between_networks_with_the_same_weights(
    large: str, small: str, classes: int, chosen: int
) -> None:
    state = build_empty(architectures()[large], classes, 3).state_dict()
    found = recognise(state)
    names = (large, small)
    assert found.best is not None and found.best.arch == names[chosen]
    assert found.also == (names[1 - chosen],) and found.confidence == 0.5
    taken = choose_part(state)
    assert taken.entry.name == names[chosen] and [entry.name for entry, _ in taken.others] == [names[1 - chosen]]


@pytest.mark.parametrize(
    ("name", "pixels"), [("cifar_vgg11_bn", 0), ("cifar_mobilenetv2_x0_5", 4), ("cifar_shufflenetv2_x0_5", 4)]
)
def test_networks_for_small_pictures_keep_some_of_them(name: str, pixels: int) -> None:
    module = architectures()[name].build(10, 3).eval()
    seen: list[torch.Size] = []
    for child in module.modules():
        if isinstance(child, torch.nn.Conv2d):
            child.register_forward_hook(lambda _module, _inputs, output: seen.append(output.shape))
    with torch.no_grad():
        assert module(torch.zeros(2, 3, 32, 32)).shape == (2, 10)
    assert seen[0][2:] == (32, 32) and (not pixels or seen[-1][2:] == (pixels, pixels))


def test_auxiliary_heads_don_t_matter() -> None:
    import torchvision

    with torch.device("meta"):
        module = torchvision.models.googlenet(weights=None, num_classes=12, aux_logits=True, init_weights=False)
    entry = choose_part(module.state_dict()).entry
    assert entry.name == "googlenet"


def test_unknown_weights_name_the_three_nearest() -> None:
    state = build_empty(architectures()["resnet18"], 10, 3).state_dict()
    state["layer3.1.conv2.weight"] = torch.empty(256, 256, 5, 5, device="meta")
    state["layer9.weight"] = torch.empty(1, device="meta")
    with pytest.raises(ArchitectureError) as caught:
        choose_part(state)
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
