"""Networks that people write: names, constants from weights, casts and orders that once kept them from loading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from acq_engine.errors import ArchitectureError
from acq_engine.models import load_model
from acq_engine.models.exporting import convert_module
from acq_engine.models.graph import build_network, read_structure
from acq_engine.models.untrusted import _input_shape
from acq_engine.quantization import quantize_model
from acq_engine.settings import ModelConfig, QuantizationConfig


class Net(nn.Module):
    """A stem, a middle, a head, and what is done before and after them."""

    def __init__(self, mid: nn.Module | None = None, before: Callable[[Tensor], Tensor] | None = None,
                 after: Callable[[Tensor], Tensor] | None = None) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 16, 3, 2, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU())
        self.mid = mid or nn.Identity()
        self.fc = nn.Linear(16, 10)
        self.before, self.after = before, after

    def forward(self, x: Tensor) -> Tensor:
        x = x if self.before is None else self.before(x)
        x = self.fc(self.mid(self.stem(x)).mean((2, 3)))
        return x if self.after is None else self.after(x)


class SpatialAttention(nn.Module):
    """CBAM's."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(2, 1, 7, padding=3, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return x * torch.sigmoid(self.conv(torch.cat([x.mean(1, keepdim=True), x.max(1, keepdim=True)[0]], 1)))


class Cosine(Net):
    """Features and weights of length 1."""

    def __init__(self) -> None:
        super().__init__()
        self.w = nn.Parameter(torch.randn(10, 16))

    def forward(self, x: Tensor) -> Tensor:
        return 16.0 * F.linear(F.normalize(self.stem(x).mean((2, 3))), F.normalize(self.w))


class Umlaut(Net):
    """A module's name may be any text."""

    def __init__(self) -> None:
        super().__init__()
        self.add_module("größe", nn.Conv2d(16, 16, 1))
        self.register_parameter("maß", nn.Parameter(torch.ones(1, 16, 1, 1) * 0.5))

    def forward(self, x: Tensor) -> Tensor:
        x = self.get_submodule("größe")(self.stem(x)) * self._parameters["maß"]
        result: Tensor = self.fc(x.mean((2, 3)))
        return result


@dataclass
class Answer:
    """What some networks return."""

    loss: Tensor | None
    logits: Tensor


class Prototypes(Net):
    """Classes are the vectors that features are alike to."""

    def __init__(self) -> None:
        super().__init__()
        self.vectors = nn.Parameter(torch.randn(10, 16))

    def forward(self, x: Tensor) -> Tensor:
        return F.cosine_similarity(self.stem(x).mean((2, 3))[:, None], self.vectors[None], dim=-1)


class FirstLater(nn.Module):
    """A convolution of 16 channels is registered before the stem."""

    def __init__(self) -> None:
        super().__init__()
        self.attention = nn.Conv2d(16, 16, 1)
        self.net = Net()

    def forward(self, x: Tensor) -> Tensor:
        x = self.net.stem(x)
        result: Tensor = self.net.fc((x * torch.sigmoid(self.attention(x))).mean((2, 3)))
        return result


def normed() -> nn.Module:
    return nn.Sequential(nn.utils.parametrizations.weight_norm(nn.Conv2d(16, 16, 3, padding=1)), nn.ReLU())


MAKE: dict[str, Callable[[], nn.Module]] = {
    "a cast that changes nothing": lambda: Net(after=lambda x: x.float()),
    "a cast and back": lambda: Net(after=lambda x: x.double().float()),
    "weight norm": lambda: Net(normed()),
    "maximum over channels": lambda: Net(SpatialAttention()),
    "cosine head": Cosine,
    "logarithm of pixels": lambda: Net(before=lambda x: torch.log(x + 1e-6)),
    "overwrites its input": lambda: Net(before=lambda x: x.clone().mul_(2)),
    "names outside ASCII": Umlaut,
    "channels turned round": lambda: Net(before=lambda x: x[:, [2, 1, 0]]),
    "grey three times": lambda: Net(before=lambda x: x.mean(1, keepdim=True).repeat(1, 3, 1, 1)),
    "a squeeze of all": lambda: Net(nn.AdaptiveAvgPool2d(1), after=lambda x: x[:, :, None, None].squeeze()),
    "an operator that torch writes as others": Prototypes,
}


@pytest.mark.parametrize("kind", MAKE)
def test_it_loads_exactly_and_can_be_quantized(kind: str) -> None:
    torch.manual_seed(0)
    module = MAKE[kind]().eval().requires_grad_(False)
    converted = convert_module(module, (3, 16, 16))
    network = build_network(read_structure(converted.structure.model_dump_json()), converted.state)
    x = torch.rand(4, 3, 16, 16)
    torch.testing.assert_close(network(x), module(x), rtol=1e-4, atol=1e-5)
    student = quantize_model(network, x, QuantizationConfig())
    torch.testing.assert_close(student(x), module(x), rtol=1e-3, atol=1e-3)


def test_answers_may_be_an_object() -> None:
    module = Net(after=lambda x: Answer(None, x)).eval()  # type: ignore[arg-type,return-value]
    converted = convert_module(module, (3, 16, 16))
    x = torch.rand(1, 3, 16, 16)
    torch.testing.assert_close(build_network(converted.structure, converted.state)(x), module(x).logits)


def test_weights_that_are_computed_from_weights_are_a_layer_s() -> None:
    converted = convert_module(Net(normed()).eval(), (3, 16, 16))
    network = build_network(converted.structure, converted.state)
    assert isinstance(network.get_submodule("mid.0"), nn.Conv2d)
    assert not any("original" in key for key in converted.state)


def test_outputs_that_are_not_numbers_are_called_so() -> None:
    with pytest.raises(ArchitectureError, match="NaN or infinite"):
        convert_module(Net(after=lambda x: x / (x - x)).eval(), (3, 16, 16))


def test_the_channels_are_those_of_what_runs_first() -> None:
    assert _input_shape(FirstLater().eval(), 16) == ((3, 16, 16), False)
    assert _input_shape(FirstLater().eval(), None)[0][0] == 3


def test_channels_can_be_given(tmp_path: Path) -> None:
    """A network that takes any number of channels has none that could be found."""
    source = tmp_path / "net.py"
    source.write_text(
        "import torch\nfrom torch import nn\n"
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.stem = nn.Sequential(nn.Conv2d(1, 8, 3), nn.BatchNorm2d(8), nn.ReLU())\n"
        "        self.fc = nn.Linear(8, 4)\n"
        "    def forward(self, x):\n"
        "        return self.fc(self.stem(x.mean(1, keepdim=True)).mean((2, 3)))\n"
        "def build():\n    return Net()\n", encoding="utf-8")
    config = ModelConfig(source="checkpoint", path=source, trust=True, input_size=16, channels=5)
    assert load_model(config).input_shape == (5, 16, 16)


def test_channels_that_contradict_the_weights_are_refused() -> None:
    with pytest.raises(ArchitectureError, match="1 channel"):
        load_model(ModelConfig(channels=3))


@pytest.mark.parametrize(("text", "side"), [("24", 24), ("24x24", 24), (" 24 X 24 ", 24)])
def test_an_input_size_can_be_height_by_width(text: str, side: int) -> None:
    assert ModelConfig.model_validate({"input_size": text}).input_size == side


def test_an_input_that_is_not_square_is_refused_with_the_reason() -> None:
    with pytest.raises(ValueError, match="samples are square"):
        ModelConfig.model_validate({"input_size": "24x32"})
