"""Layer sensitivity: grows with fewer bits, leaves the student as it was, and is what quantizing that layer does."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from acq_engine.quantization import QuantizedModel, quantize_model
from acq_engine.quantization.activation import ActivationQuantizer
from acq_engine.quantization.ranges import mse_range
from acq_engine.quantization.sensitivity import measure, measure_activations, sample_count, unasked_sample_count
from acq_engine.settings import QuantizationConfig
from tests.engine.quantization.networks import Residual, settle


@pytest.fixture
def student() -> QuantizedModel:
    return quantize_model(settle(Residual()), torch.zeros(2, 1, 16, 16), QuantizationConfig())


@pytest.fixture
def samples() -> torch.Tensor:
    return torch.randn(24, 1, 16, 16)


def test_fewer_bits_cost_more(student: QuantizedModel, samples: torch.Tensor) -> None:
    found = measure(student, samples, (2, 4, 6, 8))
    assert [one.name for one in found] == [layer.name for layer in student.layers()]
    for one in found:
        assert one.errors[2] > one.errors[4] > one.errors[6] > one.errors[8] > 0, one
        assert one.parameters == torch.Size(one.shape).numel()


def test_it_is_the_error_of_the_network_with_that_layer_rounded(samples: torch.Tensor) -> None:
    student = quantize_model(settle(Residual()), torch.zeros(2, 1, 16, 16), QuantizationConfig(weight_range="minmax"))
    found = measure(student, samples, (3,))
    centred = [student(samples)]
    for layer in student.layers():  # a layer by hand: rounded weights in its place
        weight = layer.weight.detach().clone()
        layer.weight_quantizer.set_bits(3)
        with torch.no_grad():
            layer.weight.copy_(layer.weight_quantizer(layer.weight))
            centred.append(student(samples))
            layer.weight.copy_(weight)
    centred = [logits - logits.mean(1, keepdim=True) for logits in centred]
    for one, logits in zip(found, centred[1:], strict=True):
        expected = (logits - centred[0]).square().sum() / centred[0].square().sum()
        assert one.errors[3] == pytest.approx(float(expected.detach()), rel=1e-3)


def test_that_of_an_activation_is_the_error_with_that_one_rounded(
    student: QuantizedModel, samples: torch.Tensor
) -> None:
    samples = samples[:2]  # few enough values for all of them to be searched
    chosen = [one for one in student.activation_quantizers() if one.bits == 4]
    found = measure_activations(student, samples, chosen, (2, 3, 8))
    assert [one.name for one in found] == [one.name for one in chosen] and len(found) > 1
    with torch.no_grad():
        float_logits = student(samples)
        for one, quantizer in zip(found, chosen, strict=True):
            assert one.errors[2] > one.errors[3] > one.errors[8] > 0
            quantizer.set_bits(3)
            values = _values(student, quantizer, samples)
            quantizer.set_range(*mse_range(values.flatten(), float(values.min()), float(values.max()), 3))
            assert one.parameters == values[0].numel()
            quantizer.mode = "quantized"
            logits = student.train()(samples)
            quantizer.mode = "float"
            first, second = (value - value.mean(1, keepdim=True) for value in (float_logits, logits))
            error = (second - first).square().sum() / first.square().sum()
            assert one.errors[3] == pytest.approx(float(error), rel=1e-3)


def _values(student: QuantizedModel, quantizer: ActivationQuantizer, samples: torch.Tensor) -> torch.Tensor:
    kept: list[torch.Tensor] = []
    with quantizer.register_forward_hook(lambda _module, _inputs, output: kept.append(output)):
        student(samples)
    return kept[0]


def test_measuring_activations_leaves_the_student_as_it_was(student: QuantizedModel, samples: torch.Tensor) -> None:
    before = {name: value.clone() for name, value in student.state_dict().items()}
    measure_activations(student, samples, student.activation_quantizers(), (2,))
    assert student.mode == "float" and all(one.observer is None for one in student.activation_quantizers())
    after = student.state_dict()
    assert all(torch.equal(value.nan_to_num(), after[name].nan_to_num()) for name, value in before.items())


def test_each_layer_at_its_own_bits(student: QuantizedModel, samples: torch.Tensor) -> None:
    for layer, one, other in zip(student.layers(), measure(student, samples, None), measure(student, samples),
                                 strict=True):
        assert one.errors == {layer.bits: other.errors[layer.bits]}


def test_the_student_stays_as_it_was(student: QuantizedModel, samples: torch.Tensor) -> None:
    before = {name: value.clone() for name, value in student.state_dict().items()}
    student.set_mode("quantized")
    measure(student, samples, (2,))
    assert student.mode == "quantized"
    student.set_mode("float")
    after = student.state_dict()
    assert all(torch.equal(value.nan_to_num(), after[name].nan_to_num()) for name, value in before.items())


def test_how_the_samples_are_split_does_not_matter(
    student: QuantizedModel, samples: torch.Tensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    student = quantize_model(settle(Residual()), torch.zeros(2, 1, 16, 16), QuantizationConfig(weight_range="minmax"))
    whole = measure(student, samples, (3,))
    monkeypatch.setattr("acq_engine.quantization.sensitivity.CHUNK_PIXELS", 5 * 16 * 16)
    for one, other in zip(whole, measure(student, samples, (3,)), strict=True):
        assert one.errors[3] == pytest.approx(other.errors[3], rel=1e-4)


def test_large_pictures_and_networks_get_fewer_samples_or_none() -> None:
    assert sample_count((3, 32, 32)) == 64 and sample_count((3, 224, 224)) == 8
    deep = nn.Sequential(*(nn.Conv2d(2, 2, 1) for _ in range(101)), nn.Flatten(), nn.Linear(32, 3))
    assert unasked_sample_count(quantize_model(deep, torch.zeros(2, 2, 4, 4), QuantizationConfig())) == 0
    wide = nn.Sequential(nn.Conv2d(1, 2048, 9), nn.ReLU(), nn.Conv2d(2048, 512, 3), nn.ReLU(),
                         nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 3))
    assert unasked_sample_count(quantize_model(wide, torch.zeros(2, 1, 64, 64), QuantizationConfig())) == 0


def test_chosen_bits_and_sensitivities_are_a_part_of_the_state(student: QuantizedModel) -> None:
    student.layers()[1].weight_quantizer.set_bits(7)
    student.layers()[1].weight_quantizer.sensitivity.fill_(0.25)
    student.activation_quantizers()[2].set_bits(6)
    state = student.state_dict()
    other = quantize_model(settle(Residual()), torch.zeros(2, 1, 16, 16), QuantizationConfig())
    other.load_state_dict(state)
    assert [info.weight_bits for info in other.report()] == [layer.bits for layer in student.layers()]
    assert [info.sensitivity for info in other.report()][:2] == [None, 0.25]
    assert [one.bits for one in other.activation_quantizers()] == [one.bits for one in student.activation_quantizers()]
    assert other.activation_quantizers()[2].qmax == 63


def test_a_state_from_before_bits_were_a_part_of_it_can_be_read(student: QuantizedModel) -> None:
    old = {name: value for name, value in student.state_dict().items()
           if not name.endswith(("bit_width", "sensitivity"))}
    student.load_state_dict(old)
    assert student.layers()[1].bits == 4


@pytest.mark.parametrize("kind", ["layers.", "quantizers."])
def test_bits_that_cannot_be_are_refused(student: QuantizedModel, kind: str) -> None:
    state = student.state_dict()
    name = next(name for name in state if kind in name and name.endswith("bit_width"))
    state[name] = torch.tensor(40, dtype=torch.int8)
    with pytest.raises(RuntimeError, match="not 2 to 8"):
        student.load_state_dict(state)
