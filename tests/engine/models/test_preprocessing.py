"""How pictures are prepared: by the weights, by a name, by typed figures; and ONNX files, which can't be teachers."""

from __future__ import annotations

from pathlib import Path

import onnx
import pytest
from onnx import TensorProto, helper

from acq_engine.errors import ModelError, ModelFileError, NoBatchNormError
from acq_engine.models import load_model
from acq_engine.settings import ModelConfig


def test_a_name_stands_for_mean_and_deviation_and_typed_figures_go_first() -> None:
    own = load_model(ModelConfig())
    named = load_model(ModelConfig(preprocessing="imagenet"))  # a grey model: the mean over the colours
    assert own.mean == (0.219,) and named.mean == pytest.approx((0.449,)) and named.std == pytest.approx((0.226,))
    assert named.input_shape == own.input_shape and named.resize == own.resize
    typed = load_model(ModelConfig(preprocessing="-1..1", mean=(0.25,)))
    assert (typed.mean, typed.std) == ((0.25,), (0.5,))


def onnx_file(path: Path, *operators: str) -> Path:
    shape: list[str | int | None] = ["n", 4, 8, 8]
    nodes, last = [], "image"
    for index, name in enumerate(operators):
        extra = ["scale", "scale", "scale", "scale"] if name == "BatchNormalization" else []
        nodes.append(helper.make_node(name, [last, *extra], [f"x{index}"]))
        last = f"x{index}"
    graph = helper.make_graph(
        nodes, "g", [helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(last, TensorProto.FLOAT, shape)],
        [helper.make_tensor("scale", TensorProto.FLOAT, [4], [1.0] * 4)],
    )
    onnx.save(helper.make_model(graph), str(path))
    return path


def refused(path: Path) -> ModelError:
    with pytest.raises(ModelError) as caught:
        load_model(ModelConfig(source="checkpoint", path=path))
    return caught.value


def test_an_onnx_file_is_refused_for_what_it_is(tmp_path: Path) -> None:
    folded = refused(onnx_file(tmp_path / "folded.onnx", "Relu", "Sigmoid"))
    assert isinstance(folded, NoBatchNormError) and "folded into the convolutions" in folded.message
    kept = refused(onnx_file(tmp_path / "kept.onnx", "BatchNormalization", "Relu"))
    assert isinstance(kept, ModelFileError) and "still has its batch-norm layers" in kept.message
    assert "1 of them in 2 operators" in kept.cause and "checkpoint" in kept.hint and ".pt2" in kept.hint


@pytest.mark.parametrize("content", [b"\x08\x07\x12\x07pytorch", b"hello", b"\xff" * 400])
def test_a_damaged_onnx_file_is_refused_too(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "net.onnx"
    path.write_bytes(content)
    assert "damaged or incomplete" in refused(path).message
