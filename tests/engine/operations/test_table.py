"""Each row of the table of operators, tried: loaded as data, built as a student, exported, and checked."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from acq_engine.export.onnx.exporting import export_onnx
from acq_engine.export.verify.comparison import verify_onnx
from acq_engine.models.exporting import convert_module
from acq_engine.models.graph import OPERATIONS
from acq_engine.models.loaded import LoadedModel
from acq_engine.models.operators import TABLE, names
from acq_engine.quantization import quantize_model
from acq_engine.quantization.plan import plan_of
from acq_engine.settings import QuantizationConfig
from tests.engine.export.students import calibrated
from tests.engine.matrix.subjects import enliven
from tests.engine.operations.examples import EXAMPLES, SIDE, Example

SHAPE = (3, SIDE, SIDE)


def test_every_operator_that_a_file_may_name_has_an_example() -> None:
    tried = names(loader=("layer", "step", "erased"))
    assert set(EXAMPLES) == tried
    assert set(TABLE) >= OPERATIONS


@pytest.mark.parametrize("name", ["softmax", "conv1d", "where", "logical_and", "mm", "pixel_shuffle"])
def test_a_row_does_what_the_table_says(name: str, tmp_path: Path) -> None:
    tried(name, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_every_row_does_what_the_table_says(name: str, tmp_path: Path) -> None:
    tried(name, tmp_path)


def tried(name: str, folder: Path) -> None:
    torch.manual_seed(0)
    net = enliven(Example(name), SIDE)
    pictures = torch.randn(64, *SHAPE)
    convert_module(net, SHAPE)
    fresh = quantize_model(net, pictures[:2], QuantizationConfig())
    assert torch.allclose(fresh(pictures), net(pictures), rtol=1e-3, atol=1e-4)
    plan_of(fresh)
    student = calibrated(net, pictures)
    loaded = LoadedModel(net, name, name, 5, SHAPE, (0.5,) * 3, (0.5,) * 3)
    export_onnx(student, loaded, folder / "m.onnx")
    result = verify_onnx(folder / "m.onnx", student, pictures, measure_latency=False)
    assert result.passed, result.detail
    if not any(part.sums for part in student.float_parts):
        assert result.exact_rows == 100.0, result.detail
