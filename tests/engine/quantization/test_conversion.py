"""Graph conversion: what is quantized, with which bits, under which name; and that nothing else changes."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import Tensor, nn

from acq_engine.errors import QuantizationError
from acq_engine.quantization import QuantizedModel, quantize_model
from acq_engine.settings import QuantizationConfig
from tests.engine.quantization.networks import Gated, InPlaceTrap, Mobile, Residual, settle

NETWORKS: list[type[nn.Module]] = [Residual, InPlaceTrap, Mobile, Gated]
EXAMPLE = torch.zeros(1, 1, 16, 16)


def student_of(net: nn.Module, **settings: object) -> QuantizedModel:
    return quantize_model(net, EXAMPLE, QuantizationConfig(**settings))


def quantizer_bits(student: QuantizedModel) -> dict[str, int]:
    return {quantizer.name: quantizer.bits for quantizer in student.activation_quantizers()}


@pytest.mark.parametrize("kind", NETWORKS)
@pytest.mark.parametrize("convention", ["A", "B"])
def test_float_mode_is_the_teacher_and_the_teacher_is_not_touched(kind: type[nn.Module], convention: str) -> None:
    net = settle(kind())
    before = copy.deepcopy(net.state_dict())
    student = student_of(net, convention=convention)
    x = torch.randn(5, 1, 16, 16)
    with torch.no_grad():
        expected = net(x)
        assert torch.allclose(student(x), expected, atol=1e-4)
    assert expected.std() > 1e-3
    for name, value in net.state_dict().items():
        assert torch.equal(value, before[name]), name
    student.layers()[0].weight.data.zero_()
    assert all(torch.equal(value, before[name]) for name, value in net.state_dict().items())


def test_convention_b_quantizes_what_a_runtime_executes() -> None:
    student = student_of(settle(Residual()), weight_bits=3, activation_bits=4)
    assert [layer.name for layer in student.layers()] == ["conv1", "conv2", "shared", "shared@1", "fc"]
    assert [layer.bits for layer in student.layers()] == [8, 3, 3, 3, 8]
    # input, the shortcut and what conv2 reads of it, the addition's other side, then ReLUs; the mean's and the mean
    assert list(quantizer_bits(student).values()) == [8, 8, 4, 8, 4, 4, 8, 8]
    assert all(layer.input_quantizer is not None for layer in student.layers())
    first, second = student.layers()[2:4]
    assert first.weight is not second.weight and torch.equal(first.weight, second.weight)
    assert not [node for node in student.network.graph.nodes if "dropout" in str(node.target)]


@pytest.mark.parametrize(("settings", "last"), [
    ({}, 4), ({"weight_bits": 2}, 4), ({"weight_bits": 6}, 6), ({"edge_bits": 8}, 8), ({"layer_bits": {"3": 7}}, 7),
    ({"convention": "A", "weight_bits": 2}, 2),
])
def test_a_last_layer_with_most_of_the_weights_has_the_bits_of_the_others(
    settings: dict[str, object], last: int
) -> None:
    net = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.Flatten(), nn.Linear(8 * 14 * 14, 100)).eval()
    small = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.Flatten(), nn.Linear(8 * 14 * 14, 4)).eval()
    student = student_of(net, **settings)
    assert [layer.weight.numel() for layer in student.layers()] == [72, 156_800]
    assert student.layers()[-1].bits == last
    if not settings:
        assert student.layers()[0].bits == 8 and student_of(small).layers()[-1].bits == 8


@pytest.mark.parametrize(("settings", "depthwise", "bits"), [
    ({}, True, [8, 4]), ({}, False, [4, 4]), ({"convention": "A"}, True, [4, 4]),
    ({"activation_bits": 2}, True, [8, 2]),
    ({"first_output_bits": 4}, True, [4, 4]), ({"first_output_bits": 7, "convention": "A"}, False, [7, 4]),
])
def test_the_first_output_has_eight_bits_where_a_depthwise_convolution_reads_it(
    settings: dict[str, object], depthwise: bool, bits: list[int]
) -> None:
    net = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU6(), nn.Conv2d(8, 8, 3, groups=8 if depthwise else 1), nn.ReLU6(),
                        nn.Flatten(), nn.Linear(8 * 12 * 12, 4)).eval()
    quantizers = student_of(net, **settings).activation_quantizers()
    assert [one.bits for one in quantizers if one.activation == "relu6"] == bits
    assert [one.is_first_output for one in quantizers if one.activation == "relu6"] == [True, False]


def test_convention_a_quantizes_activation_functions_alone() -> None:
    student = student_of(settle(Residual()), convention="A", weight_bits=3, activation_bits=4)
    assert [layer.bits for layer in student.layers()] == [3] * 5
    assert list(quantizer_bits(student).values()) == [4] * 4
    assert [layer.input_quantizer is None for layer in student.layers()] == [True, False, False, False, True]


def test_gates_pools_joins_and_loose_inputs_have_their_bits() -> None:
    bits = quantizer_bits(student_of(settle(Gated()), activation_bits=4))
    # input, convolution, silu, pool, relu, convolution, sigmoid, product, the half of it that a layer reads, relu,
    # concatenation, the batch norm's relu, the mean
    assert list(bits.values()) == [8, 8, 8, 8, 4, 8, 8, 8, 4, 8, 8, 8, 8]
    mobile = quantizer_bits(student_of(settle(Mobile()), activation_bits=5))
    assert list(mobile.values()) == [8, 8, 5, 8, 5, 8, 8, 8], "a depthwise convolution reads the first output"


@pytest.mark.parametrize("kind", NETWORKS)
@pytest.mark.parametrize("shortcut_bits", [2, 4])
def test_shortcuts_may_have_the_bits_of_activations_but_no_fewer(kind: type[nn.Module], shortcut_bits: int) -> None:
    student = student_of(settle(kind()), activation_bits=4, shortcut_bits=shortcut_bits)
    expected = {
        Residual: [8, 4, 8, 4, 4, 4, 8], Gated: [8, 8, 4, 8, 4, 8, 8, 4, 4, 4, 4, 8], Mobile: [8, 8, 4, 8, 4, 8, 4, 8],
        InPlaceTrap: [8, 4, 4, 4, 8],
    }
    assert list(quantizer_bits(student).values()) == expected[kind]


@pytest.mark.parametrize("kind", NETWORKS)
def test_layers_read_few_bits_whatever_shortcuts_have(kind: type[nn.Module]) -> None:
    def read(shortcut_bits: int) -> list[int]:
        layers = student_of(settle(kind()), activation_bits=3, shortcut_bits=shortcut_bits).layers()
        return [layer.input_quantizer.bits for layer in layers if layer.input_quantizer is not None]

    assert read(8) == read(6) == read(3)


def test_a_layer_reads_the_shortcut_rounded_once_more() -> None:
    student = student_of(settle(Residual()), activation_bits=3)
    quantizers = student.activation_quantizers()
    reader = student.layers()[1].input_quantizer
    assert reader is quantizers[2] and (quantizers[1].name, reader.name) == ("relu", "relu#2")
    assert (quantizers[1].activation, reader.activation) == ("relu", "none")


def test_bits_of_single_layers() -> None:
    student = student_of(settle(Residual()), layer_bits={"conv2": 6, "fc": 2}, edge_bits=5)
    assert [layer.bits for layer in student.layers()] == [5, 6, 4, 4, 2]
    with pytest.raises(QuantizationError) as caught:
        student_of(settle(Residual()), layer_bits={"conv9": 4})
    assert "conv9" in caught.value.cause and "conv1" in caught.value.hint


def test_taps_return_the_features_as_the_next_layer_sees_them() -> None:
    net = settle(Residual())
    student = quantize_model(net, EXAMPLE, QuantizationConfig(), taps=["bn1", "pool", "relu"])
    x = torch.randn(3, 1, 16, 16)
    seen: dict[str, Tensor] = {}
    net.get_submodule("pool").register_forward_hook(lambda _m, _i, output: seen.update(pool=output))
    with torch.no_grad():
        expected = net(x)
        logits, features = student.forward_with_taps(x)
    assert torch.equal(logits, student(x))
    assert torch.allclose(logits, expected, atol=1e-4)
    assert list(features) == ["bn1", "pool", "relu"]
    assert torch.allclose(features["pool"], seen["pool"], atol=1e-4)
    assert features["relu"].shape == (3, 8, 8, 8)  # the module's last call
    student.activation_quantizers()[3].set_range(0.0, 2.0)
    student.set_mode("quantized")
    assert student.forward_with_taps(x)[1]["pool"].unique().numel() <= 16


@pytest.mark.parametrize(("tap", "word"), [
    ("nowhere", "no such layer"), ("fc", "not a feature map"), ("conv1", "folded"),
])
def test_taps_that_can_not_be(tap: str, word: str) -> None:
    with pytest.raises(QuantizationError) as caught:
        quantize_model(settle(Residual()), EXAMPLE, QuantizationConfig(), taps=[tap])
    assert word in caught.value.cause


class _Clamping(nn.Module):
    """What its second layer reads comes from the same module as the ReLU, and is no activation function."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second, self.fc = nn.Conv2d(1, 8, 3), nn.Conv2d(8, 8, 3), nn.Linear(8, 4)

    def forward(self, x: Tensor) -> Tensor:
        x = torch.clamp(torch.relu(self.first(x)), -0.5, 0.3)
        return self.fc(torch.relu(self.second(x)).mean((2, 3)))


def test_quantizers_of_one_module_do_not_take_each_others_place() -> None:
    net = _Clamping().eval()
    student = student_of(net)
    names = [quantizer.name for quantizer in student.activation_quantizers()]
    assert len(set(names)) == len(names) == len(set(map(id, student.activation_quantizers()))) == 5
    x = torch.randn(4, 1, 16, 16)
    with torch.no_grad():
        assert torch.allclose(student(x), net(x), atol=1e-5)


class _Choosy(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x.flatten(1) if x.sum() > 0 else -x.flatten(1)


class _Pair(nn.Module):
    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        return x.flatten(1), x


class _Map(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 2, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(x)


class _NoLayer(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x.mean((2, 3))


@pytest.mark.parametrize(
    ("net", "message"),
    [(_Choosy(), "graph"), (_Pair(), "one logit"), (_Map(), "one logit"), (_NoLayer(), "no convolution")],
)
def test_what_is_no_classifier_is_refused_in_plain_words(net: nn.Module, message: str) -> None:
    with pytest.raises(QuantizationError) as caught:
        quantize_model(net, EXAMPLE, QuantizationConfig())
    assert message in caught.value.message
    assert "Traceback" not in str(caught.value)
