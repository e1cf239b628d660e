"""Fitted rounding: answers stay nearer to the teacher's, and every weight lies on its grid."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from acq_engine.models import LoadedModel, load_model
from acq_engine.quantization import QuantizedModel, calibrate, quantize_model
from acq_engine.quantization.gptq import columns, output_count
from acq_engine.quantization.layers import QuantizedConv2d
from acq_engine.settings import ModelConfig, QuantizationConfig, TestSetConfig
from acq_engine.test_sets.loading import load_test_set


@pytest.fixture(scope="module")
def sample() -> LoadedModel:
    return load_model(ModelConfig())


@pytest.fixture(scope="module")
def images(sample: LoadedModel) -> Tensor:
    found = load_test_set(TestSetConfig(limit=256), sample)
    assert found is not None
    return sample.to_model_input(found.images)


def calibrated(sample: LoadedModel, pictures: Tensor, rounding: str) -> QuantizedModel:
    config = QuantizationConfig(weight_bits=2, activation_bits=8, rounding=rounding)
    student = quantize_model(sample.module, pictures[:2], config)
    calibrate(student, pictures.split(32), config)
    return student


def test_answers_stay_nearer_to_the_teachers_on_other_pictures(sample: LoadedModel, images: Tensor) -> None:
    with torch.no_grad():
        wanted = sample.module(images[128:]).softmax(1)
        distances = {
            rounding: float(F.kl_div(
                calibrated(sample, images[:128], rounding)(images[128:]).log_softmax(1), wanted, reduction="batchmean"
            ))
            for rounding in ("reconstruct", "nearest")
        }
    assert distances["reconstruct"] < 0.5 * distances["nearest"]


def test_fitted_weights_lie_on_their_grid(sample: LoadedModel, images: Tensor) -> None:
    student = calibrated(sample, images[:64], "reconstruct")
    with torch.no_grad():
        for layer in student.layers()[1:-1]:
            assert torch.allclose(layer.weight_quantizer(layer.weight), layer.weight, atol=1e-6)


@pytest.mark.parametrize(
    ("groups", "stride", "padding", "dilation"),
    [(1, (1, 1), (1, 1), (1, 1)), (4, (2, 1), (0, 2), (1, 2)), (2, (1, 1), "same", (1, 1)),
     (8, (2, 2), "valid", (1, 1))],
)
def test_a_convolution_is_its_weight_times_its_columns(
    groups: int, stride: tuple[int, int], padding: tuple[int, int] | str, dilation: tuple[int, int]
) -> None:
    torch.manual_seed(0)
    weight = torch.randn(16, 8 // groups, 3, 5)
    layer = QuantizedConv2d("layer", weight, None, 4, "mse", stride=stride, padding=padding, dilation=dilation,
                            groups=groups)
    x = torch.randn(1, 8, 9, 10)
    wanted = layer.compute(x, weight, None)[0].flatten(1)
    assert output_count(layer, x[0]) == wanted.shape[1]
    chosen = torch.arange(1, wanted.shape[1])
    made = (weight.view(groups, -1, weight[0].numel()) @ columns(layer, x[0], chosen)).reshape(16, -1)
    assert torch.allclose(made, wanted[:, chosen], atol=1e-5)
