"""What ONNX Runtime makes of exported graphs: as few nodes as it can, for the quantized file and for the float one."""

from __future__ import annotations

from pathlib import Path

import onnx
import pytest
import torch
import torch.nn.functional as F
from onnx import TensorProto
from torch import Tensor, nn

from acq_engine.export.onnx.exporting import export_onnx
from acq_engine.export.onnx.float_model import export_float_onnx
from acq_engine.export.verify import comparison
from acq_engine.export.verify.comparison import verify_onnx
from acq_engine.export.verify.latency import Latency
from acq_engine.export.verify.proof import prove
from acq_engine.export.verify.sessions import open_session, optimised_operators, predict
from acq_engine.models import LoadedModel
from tests.engine.export.students import calibrated, small


class Mobile(nn.Module):
    """Convolutions without bias behind borders of another width on each side, batch norm, ReLU6, a depthwise layer."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.first, self.first_norm = nn.Conv2d(1, 8, 3, stride=2, bias=False), nn.BatchNorm2d(8)
        self.second, self.second_norm = nn.Conv2d(8, 8, 3, stride=2, padding=1, groups=8, bias=False), nn.BatchNorm2d(8)
        self.head = nn.Linear(8, 4)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu6(self.first_norm(self.first(F.pad(x, (0, 1, 0, 1)))))
        x = F.relu6(self.second_norm(self.second(F.pad(x, (1, 0, 0, 2)))))
        return self.head(F.adaptive_avg_pool2d(x, 1).flatten(1))


def mobile() -> tuple[nn.Module, Tensor]:
    net = Mobile()
    images = torch.randn(64, 1, 16, 16, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        net.train()(images)  # statistics that are not 0 and 1
    return net.eval(), images


@pytest.mark.parametrize("bits", [4, 7, 8])
def test_borders_of_zeros_are_a_part_of_the_convolution(tmp_path: Path, bits: int) -> None:
    net, images = mobile()
    student, path = calibrated(net, images, weight_bits=bits, activation_bits=bits), tmp_path / "model.onnx"
    export_onnx(student, small(net), path)
    found = verify_onnx(path, student, images, measure_latency=False)
    assert found.exact_rows == 100.0 and found.integer_convolutions == 2
    assert "Pad" not in found.operators and found.operators.get("QuantizeLinear") == 1
    pads = {tuple(item.ints) for node in onnx.load(path).graph.node if node.op_type == "Conv"
            for item in node.attribute if item.name == "pads"}
    assert pads == {(0, 0, 1, 1), (1, 2, 3, 1)}


class PooledTwice(nn.Module):
    """A pool that is read by a convolution and by its skip connection."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.first, self.second = nn.Conv2d(1, 8, 3, padding=1), nn.Conv2d(8, 8, 3, padding=1)
        self.head = nn.Linear(8, 4)

    def forward(self, x: Tensor) -> Tensor:
        x = F.max_pool2d(F.relu(self.first(x)), 3, 2, 1)
        x = F.relu(self.second(x) + x)
        return self.head(F.adaptive_avg_pool2d(x, 1).flatten(1))


def test_a_pool_that_is_read_twice_is_computed_in_integers(tmp_path: Path) -> None:
    net = PooledTwice().eval()
    images = torch.randn(64, 1, 16, 16, generator=torch.Generator().manual_seed(1))
    student, path = calibrated(net, images), tmp_path / "model.onnx"
    export_onnx(student, small(net), path)
    found = verify_onnx(path, student, images, measure_latency=False)
    assert found.exact_rows == 100.0 and found.operators.get("QLinearAdd") == 1
    assert not {"MaxPool", "Add", "ReorderInput"} & set(found.operators)


def test_the_float_file_is_as_fast_as_the_runtime_can_make_it(
    sample: LoadedModel, images: Tensor, tmp_path: Path
) -> None:
    """Else everything would look fast next to it."""
    net, noise = mobile()
    for module, loaded, pictures in ((sample.module, sample, images[:32]), (net, small(net), noise)):
        path = tmp_path / "float.onnx"
        export_float_onnx(module, loaded, path)
        slow = {"BatchNormalization", "Cast", "CastLike", "Expand", "Shape", "Clip", "Relu"}
        assert not slow & set(optimised_operators(path))
        with torch.no_grad():
            assert torch.allclose(torch.from_numpy(predict(open_session(path), pictures)), module(pictures), atol=1e-4)


def test_eight_bit_weights_are_signed_where_sums_of_two_products_fit_16_bits(tmp_path: Path) -> None:
    net, images = mobile()
    path, types = tmp_path / "model.onnx", []
    for activations in (7, 8):
        student = calibrated(net, images, weight_bits=8, activation_bits=activations, first_output_bits=activations)
        export_onnx(student, small(net), path)
        assert verify_onnx(path, student, images, measure_latency=False).exact_rows == 100.0
        weights = [value for value in onnx.load(path).graph.initializer if len(value.dims) == 4]
        types.append([value.data_type == TensorProto.INT8 for value in weights])
    assert types == [[False, True], [False, False]]  # the image always has 8 bits


@pytest.mark.parametrize(("bits", "milliseconds", "told"), [(8, 2.0, True), (8, 0.5, False), (4, 2.0, False)])
def test_why_a_file_is_slower_than_the_float_model_is_told(
    sample: LoadedModel, images: Tensor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bits: int,
    milliseconds: float, told: bool,
) -> None:
    monkeypatch.setattr(comparison, "latency", lambda *_args, **_settings: Latency(milliseconds, 1.0, 1, 1))
    student, path = calibrated(sample.module, images[:64], weight_bits=bits, activation_bits=bits), tmp_path / "m.onnx"
    export_onnx(student, sample, path)
    found = prove(path, student, sample, images[:16], "test")
    assert found.passed and ("7 bits of weights" in found.detail) == told
