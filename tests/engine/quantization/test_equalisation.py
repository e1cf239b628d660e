"""Channels of very different size: the same function, rescaled at a ReLU, must quantize as well as before."""

from __future__ import annotations

import copy

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from acq_engine.quantization import QuantizedModel, calibrate, quantize_model
from acq_engine.quantization.equalisation import equalise
from acq_engine.settings import QuantizationConfig

CONFIG = QuantizationConfig(weight_bits=4, activation_bits=4, rounding="nearest")


class Net(nn.Module):
    """Three convolutions, one of them depthwise, a residual sum, a classifier."""

    def __init__(self) -> None:
        super().__init__()
        self.a = nn.Conv2d(3, 16, 3, padding=1)
        self.norm = nn.BatchNorm2d(16)
        self.deep = nn.Conv2d(16, 16, 3, padding=1, groups=16)
        self.b = nn.Conv2d(16, 8, 1)
        self.c = nn.Conv2d(8, 8, 3, padding=1)
        self.fc = nn.Linear(8, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.b(F.relu(self.deep(F.relu(self.norm(self.a(x)))))))
        x = F.relu(x + self.c(x))
        return self.fc(x.mean((2, 3)))


@torch.no_grad()
def rescaled(net: Net, most: float) -> Net:
    """The same function: channels behind the first ReLU between 1 and `most` times as large."""
    scale = torch.logspace(0, torch.tensor(most).log10().item(), 16)[torch.randperm(16)]
    other = copy.deepcopy(net)
    other.norm.weight.mul_(scale)
    other.norm.bias.mul_(scale)
    other.deep.weight.div_(scale.view(-1, 1, 1, 1))
    return other


def built(net: nn.Module, images: Tensor, *, equalised: bool) -> QuantizedModel:
    student = quantize_model(net, images[:2], CONFIG)
    if equalised:
        equalise(student)
    calibrate(student, [images], CONFIG)
    return student.eval()


@pytest.fixture
def nets() -> tuple[Net, Net, Tensor]:
    torch.manual_seed(0)
    net, images = Net(), torch.randn(128, 3, 8, 8)
    net.train()(images)
    return net.eval(), rescaled(net, 1000.0).eval(), images


def test_a_network_rescaled_a_thousand_fold_quantizes_like_the_original(nets: tuple[Net, Net, Tensor]) -> None:
    net, wild, images = nets
    with torch.no_grad():
        logits = net(images)

    def error(student: QuantizedModel) -> float:
        with torch.no_grad():
            return float((student(images) - logits).square().mean() / logits.var())

    plain, before = error(built(net, images, equalised=True)), error(built(wild, images, equalised=False))
    after = error(built(wild, images, equalised=True))
    assert before > 3 * plain
    assert after < 1.5 * plain


def test_it_changes_no_answer_by_a_single_bit(nets: tuple[Net, Net, Tensor]) -> None:
    _, wild, images = nets
    student = quantize_model(wild, images[:2], CONFIG)
    with torch.no_grad():
        before = student(images)
        assert equalise(student) == ("a",)
        assert torch.equal(student(images), before)


def test_a_network_with_channels_alike_is_left_as_it_is(nets: tuple[Net, Net, Tensor]) -> None:
    net, _, images = nets
    student = quantize_model(net, images[:2], CONFIG)
    before = {name: value.clone() for name, value in student.state_dict().items()}
    assert equalise(student) == ()
    after = student.state_dict()
    assert all(torch.allclose(value, before[name], rtol=0, atol=0, equal_nan=True) for name, value in after.items())


def test_channels_that_something_else_reads_as_well_are_not_touched() -> None:
    class Forked(Net):
        def forward(self, x: Tensor) -> Tensor:
            y = F.relu(self.norm(self.a(x)))
            return self.fc((F.relu(self.b(F.relu(self.deep(y)))) + y[:, :8]).mean((2, 3)))

    torch.manual_seed(0)
    net = Forked()
    wild = rescaled(net, 1000.0).eval()
    assert "a" not in equalise(quantize_model(wild, torch.randn(2, 3, 8, 8), CONFIG))
