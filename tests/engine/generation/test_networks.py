"""The generators."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional as F

from acq_engine.generation.networks import CentreGenerator, GdfqGenerator, UpsampleConv, bump, make_generator, stages
from acq_engine.settings import GeneratorConfig


def test_the_fast_upsampling_convolution_equals_upsampling_then_convolving() -> None:
    layer = UpsampleConv(6, 4)
    torch.nn.init.normal_(layer.bias)
    x = torch.randn(3, 6, 5, 7, requires_grad=True)
    plain = F.conv2d(F.interpolate(x, scale_factor=2), layer.weight, layer.bias, padding=1)
    torch.testing.assert_close(layer(x), plain, atol=1e-5, rtol=1e-5)
    probe = torch.randn_like(plain)
    expected = torch.autograd.grad(plain, [x, layer.weight], probe)
    torch.testing.assert_close(torch.autograd.grad(layer(x), [x, layer.weight], probe), expected, atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("kind", ["centre", "gdfq"])
@pytest.mark.parametrize(("size", "channels"), [(28, 1), (32, 3), (75, 3)])
def test_samples_have_the_teachers_shape_and_normalised_values(kind: str, size: int, channels: int) -> None:
    generator = make_generator(5, channels, size, GeneratorConfig(kind=kind, noise_dim=8, width=16))
    samples = generator(torch.randn(6, 8), torch.arange(6) % 5, torch.rand(6, 2))
    assert samples.shape == (6, channels, size, size)
    assert samples.mean().abs() < 0.05
    assert abs(samples.std() - 1) < 0.1


@pytest.mark.parametrize("what", ["noise", "labels", "centres"])
def test_every_condition_changes_the_sample(what: str) -> None:
    generator = CentreGenerator(4, 1, 16, GeneratorConfig(noise_dim=8, width=16)).eval()
    one = {"noise": torch.randn(1, 8), "labels": torch.tensor([0]), "centres": torch.tensor([[0.5, 0.5]])}
    other = dict(one) | {
        "noise": {"noise": torch.randn(1, 8)}, "labels": {"labels": torch.tensor([2])},
        "centres": {"centres": torch.tensor([[-0.5, 0.0]])},
    }[what]
    assert (generator(**one) - generator(**other)).abs().max() > 1e-3


def test_the_bump_peaks_where_it_was_asked_for() -> None:
    hill = bump(torch.tensor([[0.75, -0.25]]), 8)[0, 0]
    row, column = divmod(int(hill.argmax()), 8)
    assert (column, row) in {(6, 2), (6, 3), (7, 2), (7, 3)}


@pytest.mark.parametrize("size", [8, 28, 32, 75, 224, 299])
def test_stages_cover_the_picture_from_a_small_first_map(size: int) -> None:
    first, doublings = stages(size)
    assert size <= first * 2**doublings < 2 * size
    assert first <= 8


def test_the_baseline_generator_has_the_published_size() -> None:
    generator = GdfqGenerator(10, 3, 32, GeneratorConfig(kind="gdfq", noise_dim=100, width=128))
    assert round(sum(parameter.numel() for parameter in generator.parameters()) / 1e6, 2) == 1.05
