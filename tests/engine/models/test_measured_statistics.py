"""Networks that keep no statistics get measured ones, and answer as before."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import nn

from acq_engine.models import load_model
from acq_engine.models.drawn_images import draw_procedural_images
from acq_engine.models.graph import MeasuredStatistics
from acq_engine.models.input_check import check_input
from acq_engine.models.inspect import inspect_model
from acq_engine.models.measured_statistics import needs_measured_statistics, with_measured_statistics
from acq_engine.models.registry import architecture
from acq_engine.models.saved import load_teacher, save_teacher
from acq_engine.settings import ModelConfig, QuantizationConfig

SHAPE, MEAN, STD = (3, 16, 16), (0.5,) * 3, (0.25,) * 3


class Plain(nn.Module):
    """Three convolutions, one of which runs twice."""

    def __init__(self) -> None:
        super().__init__()
        self.stem, self.body, self.wide = nn.Conv2d(3, 8, 3), nn.Conv2d(8, 8, 3, padding=1), nn.Conv2d(8, 12, 3)
        self.fc = nn.Linear(12, 4)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.stem(x).relu()
        x = self.body(self.body(x).relu()).relu()
        return self.fc(self.wide(x).relu().mean((2, 3)))


def test_answers_stay_and_statistics_are_those_of_drawn_images() -> None:
    torch.manual_seed(0)
    net = Plain().eval()
    measured = with_measured_statistics(net, SHAPE, MEAN, STD)
    x = torch.randn(5, *SHAPE)
    with torch.no_grad():
        assert torch.allclose(measured.network(x), net(x), atol=1e-5)
        low, high = torch.tensor([-2.0] * 3), torch.tensor([2.0] * 3)
        drawn = draw_procedural_images(64, SHAPE, low, high, torch.Generator().manual_seed(0))
        seen = net.stem(drawn)
    layer = measured.network.get_submodule("stem_statistics")
    assert isinstance(layer, MeasuredStatistics) and isinstance(layer.running_mean, torch.Tensor)
    assert torch.allclose(layer.running_mean, seen.mean((0, 2, 3)), atol=1e-4)
    variance = layer.running_var
    assert isinstance(variance, torch.Tensor) and torch.allclose(variance, seen.var((0, 2, 3)), rtol=1e-2)
    layer.train()  # no second way to compute: in train mode it does the same
    with torch.no_grad():
        assert torch.allclose(measured.network(x), net(x), atol=1e-5)
    assert sum(isinstance(child, MeasuredStatistics) for child in measured.network.modules()) == 3
    parameters = sum(value.numel() for value in measured.network.parameters())
    assert parameters == sum(value.numel() for value in net.parameters())


def test_a_few_batch_norms_that_an_exporter_left_are_not_enough() -> None:
    net = nn.Sequential(*[nn.Conv2d(3, 3, 3, padding=1) for _ in range(9)], nn.BatchNorm2d(3), nn.AdaptiveAvgPool2d(1),
                        nn.Flatten()).eval()
    assert needs_measured_statistics(net)
    measured = with_measured_statistics(net, SHAPE, MEAN, STD)
    assert measured.notes[0].startswith("Only 1 of this model's 9 convolutions")
    assert "behind 8 convolutions" in measured.notes[1]
    assert not needs_measured_statistics(nn.Sequential(nn.Conv2d(3, 3, 1), nn.BatchNorm2d(3)))


def test_a_checkpoint_without_batch_norm_is_loaded_saved_and_inspected(tmp_path: Path) -> None:
    torch.manual_seed(0)
    net = architecture("squeezenet1_1").build(5, 3)
    save_file(net.state_dict(), tmp_path / "net.safetensors")
    loaded = load_model(ModelConfig(source="checkpoint", path=tmp_path / "net.safetensors", input_size=64))
    assert loaded.measured and loaded.summary().bn_layers == 0 and loaded.arch == "squeezenet1_1"
    said = " ".join(loaded.notes)
    assert "no batch norm" in said and "eval/train" in said
    assert check_input(loaded, torch.randn(16, 3, 64, 64)) is None  # nothing of the training to compare with
    assert not any("statistics" in name for name in loaded.attention_layers())
    found = inspect_model(loaded, QuantizationConfig())
    assert found.batch_norms == 0 and any("measured on drawn images" in row.note for row in found.rows)
    save_teacher(loaded, tmp_path / "run")
    again = load_teacher(tmp_path / "run")
    x = torch.randn(2, 3, 64, 64)
    with torch.no_grad():
        assert again.measured and torch.equal(again.module(x), loaded.module(x))


class Standardised(nn.Module):
    """As in NFNets and BiT: weights are standardised, sums scaled, and no layer norms what it sees, or groups do."""

    def __init__(self, *, groups: bool) -> None:
        super().__init__()
        self.stem, self.body = nn.Conv2d(3, 8, 3, stride=2, padding=1), nn.Conv2d(8, 8, 3, padding=1)
        self.gain, self.fc = nn.Parameter(torch.rand(8, 1, 1, 1) + 0.5), nn.Linear(8, 4)
        self.norm = nn.GroupNorm(2, 8) if groups else nn.Identity()
        for layer in (self.stem, self.body):
            nn.init.normal_(layer.weight, 0.3)

    def standardised(self) -> torch.Tensor:
        weight = self.body.weight
        variance, mean = torch.var_mean(weight, (1, 2, 3), keepdim=True, unbiased=False)
        return (weight - mean) * torch.rsqrt(variance * 72 + 1e-4) * self.gain

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.gelu(self.norm(self.stem(x))) * 1.7
        x = x * 0.9 + 0.2 * F.conv2d(x, self.standardised(), self.body.bias, padding=1)
        return self.fc(F.gelu(x).mean((2, 3)))


@pytest.mark.parametrize("groups", [False, True])
def test_standardised_weights_become_weights_and_statistics_are_those_behind_them(groups: bool) -> None:
    torch.manual_seed(0)
    net = Standardised(groups=groups).eval()
    measured = with_measured_statistics(net, SHAPE, MEAN, STD)
    x = torch.randn(5, *SHAPE)
    with torch.no_grad():
        assert torch.allclose(measured.network(x), net(x), atol=1e-5)
        body = measured.network.get_submodule("body")
        assert isinstance(body, nn.Conv2d) and torch.allclose(body.weight, net.standardised(), atol=1e-6)
    assert sum(isinstance(child, MeasuredStatistics) for child in measured.network.modules()) == 2
