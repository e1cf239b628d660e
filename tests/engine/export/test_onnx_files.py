"""The packed ONNX file, opsets, and preprocessing within the graph."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from acq_engine.errors import ExportError
from acq_engine.export.info import ExportOptions, facts
from acq_engine.export.onnx.exporting import export_onnx
from acq_engine.export.onnx.int4 import export_onnx_int4
from acq_engine.export.verify.comparison import open_session, predict, verify_onnx
from acq_engine.models import LoadedModel
from acq_engine.quantization import QuantizedModel
from acq_engine.settings import TestSetConfig
from acq_engine.test_sets.loading import load_test_set
from tests.engine.export.students import calibrated, small
from tests.engine.quantization.networks import Mobile, settle


@pytest.fixture(scope="module")
def packed(sample: LoadedModel, student: QuantizedModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("packed") / "model.int4.onnx"
    export_onnx_int4(student, sample, path)
    return path


def test_the_packed_file_is_small_exact_and_runs_in_whole_numbers(
    sample: LoadedModel, student: QuantizedModel, images: Tensor, packed: Path
) -> None:
    assert packed.stat().st_size < facts(sample).float_bytes / 6.5
    result = verify_onnx(packed, student, images, measure_latency=False)
    assert result.passed and result.exact_rows == 100.0
    assert result.float_convolutions == 0
    assert result.integer_convolutions == sum(layer.kind == "conv2d" for layer in student.layers())


def test_the_packed_file_holds_every_layer_of_four_bits_as_uint4(student: QuantizedModel, packed: Path) -> None:
    model = onnx.load(str(packed))
    onnx.checker.check_model(model, full_check=True)
    assert model.opset_import[0].version == 21
    weights = [value for value in model.graph.initializer if len(value.dims) in (2, 4) and max(value.dims) > 1]
    four = [list(layer.weight.shape) for layer in student.layers() if layer.bits <= 4]
    stored = [list(value.dims) for value in weights if value.data_type == onnx.TensorProto.UINT4
              and np.prod(value.dims[1:]) > 1]
    assert sorted(stored) == sorted(four) and len(four) < len(student.layers())


class Twice(nn.Module):
    """Two layers with the same weights, which share their codes in a file."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.again = nn.Conv2d(1, 8, 3, padding=1), nn.Conv2d(8, 8, 3, padding=1)
        self.fc = nn.Linear(8, 4)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.first(x))
        return self.fc(F.relu(self.again(F.relu(self.again(x)))).mean((2, 3)))


def test_layers_with_equal_codes_share_them_in_the_packed_file(tmp_path: Path) -> None:
    net = Twice().eval()
    x = torch.randn(96, 1, 16, 16)
    student = calibrated(net, x, weight_bits=4, activation_bits=4)
    export_onnx_int4(student, small(net), tmp_path / "model.onnx")
    assert verify_onnx(tmp_path / "model.onnx", student, x, measure_latency=False).exact_rows == 100.0


@pytest.mark.parametrize("bits", [3, 6])
def test_mixed_and_larger_bits_are_exact_in_the_packed_file(bits: int, tmp_path: Path) -> None:
    net = settle(Mobile())
    x = torch.randn(96, 1, 16, 16) * 1.5 + 0.3
    student = calibrated(net, x, weight_bits=bits, activation_bits=bits)
    export_onnx_int4(student, small(net), tmp_path / "model.onnx")
    assert verify_onnx(tmp_path / "model.onnx", student, x, measure_latency=False).exact_rows == 100.0
    types = {value.data_type for value in onnx.load(str(tmp_path / "model.onnx")).graph.initializer}
    assert (onnx.TensorProto.UINT4 in types) == (bits <= 4)


def test_the_opset_is_the_oldest_that_does_and_can_be_chosen(
    sample: LoadedModel, student: QuantizedModel, images: Tensor, tmp_path: Path
) -> None:
    path = tmp_path / "model.onnx"
    answers = []
    for chosen, expected in ((None, 14), (17, 17)):
        export_onnx(student, sample, path, ExportOptions(opset=chosen))
        assert onnx.load(str(path)).opset_import[0].version == expected
        answers.append(predict(open_session(path), images[:16]))
    assert np.array_equal(answers[0], answers[1])
    before = path.read_bytes()
    for wrong in (12, 22, 13):  # 13: known, but older than what the network needs
        with pytest.raises(ExportError, match=f"opset {wrong}") as caught:
            export_onnx(student, sample, path, ExportOptions(opset=wrong))
        assert "opset" in caught.value.hint
    with pytest.raises(ExportError, match="opset 18"):
        export_onnx_int4(student, sample, path, ExportOptions(opset=18))
    assert path.read_bytes() == before and [entry.name for entry in tmp_path.iterdir()] == ["model.onnx"]


def test_pixels_are_normalised_in_the_graph(
    sample: LoadedModel, student: QuantizedModel, images: Tensor, tmp_path: Path
) -> None:
    path = tmp_path / "model.onnx"
    export_onnx(student, sample, path, ExportOptions(with_preprocessing=True))
    test_set = load_test_set(TestSetConfig(), sample)
    assert test_set is not None
    session = open_session(path)
    entry = session.get_inputs()[0]
    assert (entry.name, entry.type, entry.shape[1:]) == ("pixels", "tensor(uint8)", [32, 32, 1])
    logits = session.run(None, {"pixels": test_set.images[:64]})[0]
    plain = tmp_path / "plain.onnx"
    export_onnx(student, sample, plain)
    assert np.array_equal(logits, predict(open_session(plain), images[:64]))
