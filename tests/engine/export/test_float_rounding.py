"""What float rounding alone does is measured, and neither excuses a wrong file nor fails a right one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import numpy_helper

from acq_engine.export.onnx.exporting import export_onnx
from acq_engine.export.verify import comparison
from acq_engine.export.verify.comparison import verify_onnx
from acq_engine.export.verify.float_rounding import FloatRounding, float_rounding
from acq_engine.export.verify.integer_reference import IntegerReference
from acq_engine.models import LoadedModel
from acq_engine.models.measured_statistics import with_measured_statistics
from acq_engine.quantization import QuantizedModel
from tests.engine.export.students import calibrated
from tests.engine.nets import small_vit

SHAPE, MEAN, STD = (3, 16, 16), (0.5,) * 3, (0.25,) * 3


def student_of(images: torch.Tensor) -> tuple[QuantizedModel, LoadedModel]:
    net = with_measured_statistics(small_vit(), SHAPE, MEAN, STD).network
    student = calibrated(net, images, weight_bits=8, activation_bits=8)
    return student, LoadedModel(net, "v", "v", 5, SHAPE, MEAN, STD)


def test_it_is_small_beside_the_outputs_and_sees_ties() -> None:
    x = torch.randn(64, *SHAPE, generator=torch.Generator().manual_seed(1))
    student, _ = student_of(x)
    reference = IntegerReference(student)(x)
    found = float_rounding(student, reference, x)
    assert found.rows.shape == (64,) and 0 <= found.mean < 0.02 * float(np.abs(reference).mean())
    scores = np.array([[1.0, 0.99, 0.0], [1.0, 0.5, 0.0]], np.float32)
    other = np.array([[0.9, 1.0, 0.0], [0.9, 1.0, 0.0]], np.float32)
    near = FloatRounding(0.01, np.array([0.01, 0.01], np.float32)).ties(scores, other)
    assert near.tolist() == [True, False]


def test_a_wrong_file_fails_and_ties_alone_do_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    x = torch.randn(64, *SHAPE, generator=torch.Generator().manual_seed(1))
    student, loaded = student_of(x)
    export_onnx(student, loaded, tmp_path / "v.onnx")
    model = onnx.load(tmp_path / "v.onnx")
    norms = [node for node in model.graph.node if node.op_type == "LayerNormalization"]
    tensor = next(one for one in model.graph.initializer if one.name == norms[1].input[1])
    tensor.CopyFrom(numpy_helper.from_array(np.flip(numpy_helper.to_array(tensor) * np.linspace(0.5, 1.5, 16)).astype(
        np.float32), tensor.name))
    onnx.save(model, tmp_path / "wrong.onnx")
    assert not verify_onnx(tmp_path / "wrong.onnx", student, x, measure_latency=False).passed

    honest = comparison.predict

    def swapped(*arguments: object) -> object:  # the two best classes of one image change places
        logits = honest(*arguments).copy()  # type: ignore[arg-type]
        best, second = logits[0].argsort()[::-1][:2]
        logits[0, [best, second]] = logits[0, [second, best]]
        return logits

    monkeypatch.setattr(comparison, "predict", swapped)
    assert not verify_onnx(tmp_path / "v.onnx", student, x, measure_latency=False).passed
    rows = np.full(64, 1e3, np.float32)
    monkeypatch.setattr(comparison, "float_rounding", lambda *_: FloatRounding(1.0, rows))
    found = verify_onnx(tmp_path / "v.onnx", student, x, measure_latency=False)
    assert found.passed and found.agreement < 99.5 and "as near to each other" in found.detail
