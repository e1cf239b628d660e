"""What stays in float is listed when the student is built, and the exported file is judged by the same list."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from acq_engine.errors import QuantizationError
from acq_engine.export.onnx.exporting import export_onnx
from acq_engine.export.verify.comparison import verify_onnx
from acq_engine.models.loaded import LoadedModel
from acq_engine.models.operators import TABLE
from acq_engine.quantization import quantize_model
from acq_engine.quantization.model import restored_student
from acq_engine.quantization.plan import plan_student
from acq_engine.settings import QuantizationConfig
from tests.engine.export.students import calibrated

SHAPE = (3, 8, 8)


class Net(nn.Module):
    """Convolution, batch norm, ReLU; what comes behind is the subclass's."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 8, 3, 2, 1, bias=False), nn.BatchNorm2d(8), nn.ReLU())
        self.fc = nn.Linear(8, 5)
        self.norm = nn.BatchNorm1d(5)
        self.attention = nn.Conv1d(1, 1, 3, padding=1, bias=False)
        self.up = nn.ConvTranspose2d(8, 8, 3, 2, 1, 1, groups=2)
        self.matrix = nn.Parameter(torch.randn(8, 5))
        for name, value in self.named_buffers():
            if "running" in name:
                nn.init.uniform_(value, 0.5, 1)


class NormLast(Net):
    """Batch norm behind the last layer."""

    def forward(self, x: Tensor) -> Tensor:
        return self.norm(self.fc(self.stem(x).mean((2, 3))))


class SoftmaxLast(Net):
    """Probabilities instead of logits."""

    def forward(self, x: Tensor) -> Tensor:
        return self.fc(self.stem(x).mean((2, 3))).softmax(1)


class SliceLast(Net):
    """Fewer answers than the last layer has."""

    def forward(self, x: Tensor) -> Tensor:
        return self.fc(self.stem(x).mean((2, 3)))[:, 1:]


class ChannelAttention(Net):
    """A 1-D convolution over channels, as in ECA."""

    def forward(self, x: Tensor) -> Tensor:
        x = self.stem(x)
        gate = self.attention(x.mean((2, 3)).unsqueeze(1)).squeeze(1).sigmoid()
        return self.fc((x * gate[:, :, None, None]).mean((2, 3)))


class Transposed(Net):
    """A transposed convolution in the middle."""

    def forward(self, x: Tensor) -> Tensor:
        return self.fc(F.relu(self.up(self.stem(x))).mean((2, 3)))


class Product(Net):
    """A product with a parameter instead of a linear layer."""

    def forward(self, x: Tensor) -> Tensor:
        return self.stem(x).mean((2, 3)) @ self.matrix


class Attention(Net):
    """Every pixel looks at all others."""

    def forward(self, x: Tensor) -> Tensor:
        tokens = self.stem(x).flatten(2).transpose(1, 2)
        seen = (tokens @ tokens.transpose(1, 2)).softmax(-1) @ tokens
        return self.fc(seen.mean(1))


class BlurredPool(Net):
    """A maximum, then a fixed filter over a mirrored border, in steps of two pixels."""

    def __init__(self) -> None:
        super().__init__()
        self.blur = nn.Parameter(torch.full((8, 1, 3, 3), 1 / 9))

    def forward(self, x: Tensor) -> Tensor:
        x = F.pad(F.max_pool2d(self.stem(x), 2, 1), (1, 1, 1, 1), mode="reflect")
        blurred = F.conv2d(x, self.blur, stride=2, groups=8)
        return self.fc(blurred.mean((2, 3)))


class Guarded(Net):
    """A sum that is divided by, which may be 0: a small number is added to it, as in linear attention."""

    def forward(self, x: Tensor) -> Tensor:
        x = self.stem(x)
        return self.fc((x / (x.sum(1, keepdim=True) + 1e-6)).mean((2, 3)))


EXACT = [NormLast, SliceLast, ChannelAttention, Transposed, Product, BlurredPool]


@pytest.mark.parametrize("kind", [*EXACT, SoftmaxLast, Attention, Guarded])
def test_the_file_passes_by_the_list_that_the_student_has(kind: type[Net], tmp_path: Path) -> None:
    torch.manual_seed(0)
    net = kind().eval()
    pictures = torch.randn(64, *SHAPE)
    assert torch.allclose(quantize_model(net, pictures[:2], QuantizationConfig())(pictures), net(pictures), atol=1e-5)
    student = calibrated(net, pictures)
    classes = net(pictures).shape[1]
    loaded = LoadedModel(net, "n", "n", classes, SHAPE, (0.5,) * 3, (0.5,) * 3)
    export_onnx(student, loaded, tmp_path / "m.onnx")
    found = verify_onnx(tmp_path / "m.onnx", student, pictures, measure_latency=False)
    assert found.passed, found.detail
    if kind in EXACT:
        assert found.exact_rows == 100
        assert found.float_convolutions == 0
        assert not [part for part in student.float_parts if part.weights]
    if kind is SoftmaxLast:
        assert [(part.operator, part.behind) for part in student.float_parts] == [("softmax", True)]


def test_a_tail_that_computes_something_else_does_not_pass(tmp_path: Path) -> None:
    torch.manual_seed(0)
    net, pictures = SoftmaxLast().eval(), torch.randn(64, *SHAPE)
    student = calibrated(net, pictures)
    loaded = LoadedModel(net, "n", "n", 5, SHAPE, (0.5,) * 3, (0.5,) * 3)
    export_onnx(student, loaded, tmp_path / "m.onnx")
    bias = student.layers()[-1].bias
    assert bias is not None
    bias.data += torch.tensor([0.02, 0, 0, 0, 0])
    found = verify_onnx(tmp_path / "m.onnx", student, pictures, measure_latency=False)
    assert not found.passed
    assert "softmax" in found.detail


def test_what_stays_in_float_is_said_before_training() -> None:
    plan = plan_student(Attention().eval(), SHAPE, QuantizationConfig())
    said = " ".join(plan.notes())
    assert "matmul" in said and "softmax" in said and "within a tolerance" in said
    assert plan_student(NormLast().eval(), SHAPE, QuantizationConfig()).notes() == ()


def test_an_operator_outside_the_table_is_refused_before_training() -> None:
    class Odd(Net):
        def forward(self, x: Tensor) -> Tensor:
            return self.fc(torch.special.i0(self.stem(x)).mean((2, 3)))

    assert "special_i0" not in TABLE
    with pytest.raises(QuantizationError, match="can't be exported") as caught:
        plan_student(Odd().eval(), SHAPE, QuantizationConfig())
    assert "special_i0" in caught.value.cause or "i0" in caught.value.cause


def test_students_of_version_0_1_still_open() -> None:
    """They kept batch norm behind linear layers, and 1-D convolutions in float."""
    for kind in (NormLast, ChannelAttention, Transposed, Product):
        net = kind().eval()
        x = torch.randn(4, *SHAPE)
        old = quantize_model(net, x, QuantizationConfig(), legacy=True)
        again = restored_student(net, x, QuantizationConfig(), old.state_dict())
        assert set(again.state_dict()) == set(old.state_dict())
        assert torch.allclose(again(x), net(x), atol=1e-5)


class LayerNormed(nn.Module):
    """A ConvNeXt's block: a depthwise convolution, layer norm, two linear layers with GELU between them."""

    def __init__(self) -> None:
        super().__init__()
        self.stem, self.deep = nn.Conv2d(SHAPE[0], 8, 2, 2), nn.Conv2d(8, 8, 3, padding=1, groups=8)
        self.norm, self.wide, self.back = nn.LayerNorm(8), nn.Linear(8, 16), nn.Linear(16, 8)
        self.head, self.last = nn.Linear(8, 4), nn.LayerNorm(8)

    def forward(self, x: Tensor) -> Tensor:
        x = self.stem(x)
        inner = self.norm(self.deep(x).permute(0, 2, 3, 1))
        x = x + self.back(nn.functional.gelu(self.wide(inner))).permute(0, 3, 1, 2)
        return self.head(self.last(x.mean((2, 3))))


def test_of_few_bits_in_a_network_of_layer_norms_it_is_said_where_they_are() -> None:
    def warnings(**settings: object) -> tuple[str, ...]:
        return plan_student(LayerNormed().eval(), SHAPE, QuantizationConfig(**settings)).warnings

    (said,) = warnings(activation_bits=4)
    assert "such as GELU have 4 bits" in said and "layer norms and sums" in said
    assert warnings(activation_bits=8) == warnings(activation_bits=4, convention="A") == ()
