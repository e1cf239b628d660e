"""A transformer's file: linear layers of integers, float between them, and the proof of both."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from acq_engine.events import Verified, matrix_products
from acq_engine.export.onnx.exporting import export_onnx
from acq_engine.export.verify.comparison import verify_onnx
from acq_engine.models import LoadedModel
from acq_engine.models.measured_statistics import with_measured_statistics
from acq_engine.quantization.model import quantize_model
from acq_engine.quantization.plan import plan_of
from acq_engine.settings import QuantizationConfig
from tests.engine.export.students import calibrated
from tests.engine.nets import small_vit

SHAPE = (3, 16, 16)


@pytest.mark.parametrize("bits", [8, 4])
@pytest.mark.parametrize("fused", [True, False])
def test_a_small_transformer_is_exported_and_verified(bits: int, fused: bool, tmp_path: Path) -> None:
    net = with_measured_statistics(small_vit(fused=fused), SHAPE, (0.5,) * 3, (0.25,) * 3).network
    x = torch.randn(64, *SHAPE, generator=torch.Generator().manual_seed(1))
    student = calibrated(net, x, weight_bits=bits, activation_bits=8)
    assert len(student.layers()) == 10  # patches, four in each block, head: every layer with weights
    said = " ".join(plan_of(student).notes())
    assert "layer_norm" in said and ("scaled_dot_product_attention" in said or "softmax" in said)
    export_onnx(student, LoadedModel(net, "v", "v", 5, SHAPE, (0.5,) * 3, (0.25,) * 3), tmp_path / "v.onnx")
    found = verify_onnx(tmp_path / "v.onnx", student, x, measure_latency=False)
    assert found.passed, found.detail
    assert found.integer_convolutions == 1 and found.float_convolutions == 0
    # Nine linear layers; products with values are float, those of queries and keys where attention is one operator.
    assert matrix_products(found.operators) == ((9, 4) if fused else (11, 2))
    with torch.no_grad():
        agreement = float((student(x).argmax(1) == net(x).argmax(1)).float().mean())
    assert agreement > (0.95 if bits == 8 else 0.8)


def test_features_of_tokens_can_be_compared_though_no_answer_depends_on_them() -> None:
    net = with_measured_statistics(small_vit(), SHAPE, (0.5,) * 3, (0.25,) * 3).network
    x = torch.randn(8, *SHAPE)
    student = quantize_model(net, x, QuantizationConfig(), ["token_map"])
    logits, features = student.forward_with_taps(x)
    assert features["token_map"].shape == (8, 16, 4, 4)
    with torch.no_grad():
        assert torch.allclose(logits, net(x), atol=1e-4)
    assert "token" not in student.logits_network().code


@pytest.mark.parametrize(("runtime", "told"), [
    ("ONNX Runtime 1.32.0", (1, 12)), ("", (1, 12)), ("OpenVINO 2026.4.1", (0, 0)),
])
def test_matrix_products_are_counted_where_operators_tell_how_they_compute(
    runtime: str, told: tuple[int, int]
) -> None:
    """OpenVINO's linear layers are called otherwise, and compute in integers under the same name."""
    found = Verified("v", True, 1, "test", 100.0, 100.0, 1, 0, runtime=runtime, operators={"QGemm": 1, "MatMul": 12})
    assert found.products == told
