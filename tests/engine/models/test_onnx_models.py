"""ONNX files as models: read, compared with ONNX Runtime, and refused for what they are."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from acq_engine.errors import ArchitectureError, ChoiceNeededError, ModelError, ModelFileError
from acq_engine.models import load_model
from acq_engine.models.exporting import convert_module
from acq_engine.models.onnx_files import check_with_runtime, read_onnx
from acq_engine.settings import ModelConfig

SIDE = 16


class Small(nn.Module):
    """Convolutions with and without batch norm, a skip connection, a gate, pools, and a head in probabilities."""

    def __init__(self, probabilities: bool = False) -> None:
        super().__init__()
        self.stem, self.norm = nn.Conv2d(3, 8, 3, 2, 1, bias=False), nn.BatchNorm2d(8)
        self.body, self.gate = nn.Conv2d(8, 8, 3, padding=1, groups=8), nn.Conv2d(8, 8, 1)
        self.last, self.fc = nn.Conv2d(8, 16, 1), nn.Linear(16, 5)
        self.probabilities = probabilities

    def forward(self, x: Tensor) -> Tensor:
        x = torch.relu(self.norm(self.stem(x)))
        y = nn.functional.hardswish(self.body(x))
        x = x + y * torch.sigmoid(self.gate(y.mean((2, 3), keepdim=True)))
        x = nn.functional.max_pool2d(nn.functional.relu6(self.last(x)), 3, 2, 1)
        x = self.fc(nn.functional.adaptive_avg_pool2d(x, 1).view(x.size(0), -1))
        return x.softmax(1) if self.probabilities else x


def exported(path: Path, net: nn.Module | None = None, *, batch: int = 1, **options: Any) -> Path:
    torch.manual_seed(0)
    net = (net or Small()).eval()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(net, (torch.zeros(batch, 3, SIDE, SIDE),), str(path), dynamo=False, **options)
    return path


def graph_file(path: Path, nodes: list[Any], weights: dict[str, Any] | None = None, *,
               shape: tuple[Any, ...] = (1, 3, 8, 8), kind: int = TensorProto.FLOAT, outputs: tuple[str, ...] = ("y",),
               opset: int = 17) -> Path:
    graph = helper.make_graph(
        nodes, "g", [helper.make_tensor_value_info("x", kind, shape)],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in (weights or {}).items()])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8), str(path))
    return path


HEAD = [helper.make_node("GlobalAveragePool", ["h"], ["p"]), helper.make_node("Flatten", ["p"], ["y"])]


def answers_as_the_runtime(path: Path, **options: Any) -> str:
    model = read_onnx(path, **options)
    said = check_with_runtime(path, model)
    convert_module(model.network, model.input_shape)  # and any batch size does
    return said


@pytest.mark.parametrize(("batch", "options"), [
    (1, {}), (4, {}), (1, {"opset_version": 11}),
    (1, {"input_names": ["image"], "dynamic_axes": {"image": {0: "n", 2: "h", 3: "w"}}}),
    (1, {"do_constant_folding": False, "training": torch.onnx.TrainingMode.PRESERVE}),
])
def test_what_torch_exports_answers_as_in_onnx_runtime(tmp_path: Path, batch: int, options: dict[str, Any]) -> None:
    path = exported(tmp_path / "net.onnx", batch=batch, **options)
    assert "compared with ONNX Runtime's" in answers_as_the_runtime(path, input_size=SIDE)


def weights(*shape: int, seed: int = 0) -> Any:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


@pytest.mark.parametrize(("nodes", "given", "shape"), [
    pytest.param([helper.make_node("Conv", ["x", "w"], ["h"], auto_pad="SAME_UPPER", strides=[2, 2])],
                 {"w": weights(4, 3, 3, 3)}, (1, 3, 8, 8), id="padding of one side"),
    pytest.param([helper.make_node("Transpose", ["x"], ["t"], perm=[0, 3, 1, 2]),
                  helper.make_node("Conv", ["t", "w"], ["h"])], {"w": weights(4, 3, 3, 3)}, (1, 8, 8, 3),
                 id="channels last"),
    pytest.param([helper.make_node("Pad", ["x", "pads", "zero"], ["t"]), helper.make_node("Conv", ["t", "w"], ["h"])],
                 {"w": weights(4, 3, 3, 3), "pads": np.array([0, 0, 1, 0, 0, 0, 0, 2]), "zero": np.float32(0)},
                 (1, 3, 8, 8), id="pad"),
    pytest.param([helper.make_node("Conv", ["x", "w"], ["c"]), helper.make_node("PRelu", ["c", "s"], ["t"]),
                  helper.make_node("Clip", ["t", "low", "high"], ["u"]), helper.make_node("Mul", ["u", "half"], ["h"])],
                 {"w": weights(4, 3, 3, 3), "s": weights(4, 1, 1), "low": np.float32(-1), "high": np.float32(2),
                  "half": np.array([0.5], np.float32)}, (1, 3, 8, 8), id="prelu, clip, scalar"),
    pytest.param([helper.make_node("Split", ["x", "sizes"], ["a", "b"], axis=1),
                  helper.make_node("Concat", ["b", "a"], ["t"], axis=1), helper.make_node("Conv", ["t", "w"], ["h"])],
                 {"w": weights(4, 3, 1, 1), "sizes": np.array([1, 2])}, (1, 3, 8, 8), id="split and concat"),
    pytest.param([helper.make_node("Conv", ["x", "w"], ["c"]),
                  helper.make_node("AveragePool", ["c"], ["h"], kernel_shape=[3, 3], pads=[1, 1, 1, 1])],
                 {"w": weights(4, 3, 3, 3)}, (1, 3, 8, 8), id="average pool"),
    pytest.param([helper.make_node("Conv", ["x", "w"], ["c"]),
                  helper.make_node("InstanceNormalization", ["c", "s", "b"], ["t"]),
                  helper.make_node("Slice", ["t", "one", "six", "axes"], ["h"])],
                 {"w": weights(4, 3, 3, 3), "s": weights(4), "b": weights(4, seed=1), "one": np.array([1, 1]),
                  "six": np.array([6, 6]), "axes": np.array([2, 3])}, (1, 3, 8, 8), id="instance norm, slice"),
])
def test_operators_that_torch_does_not_write(
    tmp_path: Path, nodes: list[Any], given: dict[str, Any], shape: tuple[int, ...]
) -> None:
    answers_as_the_runtime(graph_file(tmp_path / "net.onnx", nodes + HEAD, given, shape=shape))


def test_a_matrix_product_in_front_of_an_addition_is_a_linear_layer(tmp_path: Path) -> None:
    nodes = [helper.make_node("Conv", ["x", "w"], ["h"]), HEAD[0], helper.make_node("Squeeze", ["p", "axes"], ["s"]),
             helper.make_node("MatMul", ["s", "m"], ["t"]), helper.make_node("Add", ["t", "b"], ["y"])]
    path = graph_file(tmp_path / "net.onnx", nodes, {
        "w": weights(4, 3, 3, 3), "m": weights(4, 5), "b": weights(5), "axes": np.array([2, 3])})
    model = read_onnx(path)
    check_with_runtime(path, model)
    steps = convert_module(model.network, model.input_shape).structure.steps
    assert [step.op for step in steps if step.op != "aten"] == ["conv2d", "linear"]


def test_probabilities_become_logits(tmp_path: Path) -> None:
    path = exported(tmp_path / "net.onnx", Small(probabilities=True))
    model = read_onnx(path)
    check_with_runtime(path, model)
    assert any("Softmax, is omitted" in note for note in model.notes)
    torch.manual_seed(0)
    x = torch.randn(2, 3, SIDE, SIDE)
    assert model.network(x).softmax(1).sum(1).allclose(torch.ones(2)) and not model.network(x).sum(1).allclose(
        torch.ones(2))


def test_the_whole_way_to_a_teacher(tmp_path: Path) -> None:
    """In a process of its own, without consent; batch norms are folded, so statistics are measured."""
    path = exported(tmp_path / "net.onnx")
    loaded = load_model(ModelConfig(source="checkpoint", path=path))
    assert loaded.measured and loaded.summary().bn_layers == 0 and loaded.num_classes == 5
    said = " ".join(loaded.notes)
    assert "compared with ONNX Runtime" in said and "no batch norm" in said and "drawn images" in said
    assert "stem" in dict(loaded.module.named_modules())  # layers are called as in the network


@pytest.mark.parametrize(("nodes", "weights_", "error", "words"), [
    pytest.param([helper.make_node("QuantizeLinear", ["x", "s"], ["q"]), helper.make_node(
        "DequantizeLinear", ["q", "s"], ["y"])], {"s": np.float32(1)}, ModelFileError, "quantized already", id="int8"),
    pytest.param([helper.make_node("NonMaxSuppression", ["x", "x"], ["y"])], {}, ArchitectureError,
                 "operators that can't be read", id="detector"),
    pytest.param([helper.make_node("Foo", ["x"], ["y"], domain="com.acme")], {}, ArchitectureError,
                 "operators that can't be read", id="own operators"),
    pytest.param([helper.make_node("BatchNormalization", ["x", "s", "s", "s", "s"], ["y", "m", "v"], training_mode=1)],
                 {"s": weights(3)}, ArchitectureError, "can't be read as a model", id="training mode"),
])
def test_what_can_be_no_teacher_is_refused_by_name(
    tmp_path: Path, nodes: list[Any], weights_: dict[str, Any], error: type[ModelError], words: str
) -> None:
    path = graph_file(tmp_path / "net.onnx", nodes, weights_)
    with pytest.raises(error, match=words) as caught:
        check_with_runtime(path, read_onnx(path))
    assert caught.value.cause and caught.value.hint


@pytest.mark.parametrize("content", [b"\x08\x07\x12\x07pytorch", b"hello", b"\xff" * 400])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "net.onnx").write_bytes(content)
    with pytest.raises(ModelFileError, match="damaged or incomplete"):
        read_onnx(tmp_path / "net.onnx")


def test_inputs_that_are_no_images_are_refused(tmp_path: Path) -> None:
    nodes = [helper.make_node("Identity", ["x"], ["y"])]
    with pytest.raises(ArchitectureError, match="no float tensor"):
        read_onnx(graph_file(tmp_path / "bytes.onnx", nodes, kind=TensorProto.UINT8))
    with pytest.raises(ArchitectureError, match="takes no images"):
        read_onnx(graph_file(tmp_path / "text.onnx", nodes, shape=(1, 128)))
    with pytest.raises(ArchitectureError, match="not square"):
        read_onnx(graph_file(tmp_path / "wide.onnx", nodes, shape=(1, 3, 8, 16)))


def test_several_outputs_are_asked_for(tmp_path: Path) -> None:
    nodes = [helper.make_node("Conv", ["x", "w"], ["h"]), *HEAD, helper.make_node("Identity", ["y"], ["z"])]
    path = graph_file(tmp_path / "net.onnx", nodes, {"w": weights(4, 3, 3, 3)}, outputs=("y", "z"))
    with pytest.raises(ChoiceNeededError) as caught:
        read_onnx(path)
    assert [value for value, _ in caught.value.choices] == ["y", "z"]
    assert read_onnx(path, output="z").output_name == read_onnx(path, output="1").output_name == "z"


def test_weights_in_a_second_file_come_only_from_the_same_folder(tmp_path: Path) -> None:
    path = exported(tmp_path / "one.onnx")
    model = onnx.load(str(path))
    apart = tmp_path / "apart"
    apart.mkdir()
    onnx.save_model(model, str(apart / "net.onnx"), save_as_external_data=True, location="net.data", size_threshold=0)
    answers_as_the_runtime(apart / "net.onnx")
    (apart / "net.data").rename(tmp_path / "net.data")
    with pytest.raises(ModelFileError, match="part of this ONNX file is missing"):
        read_onnx(apart / "net.onnx")
    model = onnx.load(str(apart / "net.onnx"), load_external_data=False)
    for tensor in model.graph.initializer:
        for entry in tensor.external_data:
            if entry.key == "location":
                entry.value = "../net.data"
    onnx.save(model, str(apart / "net.onnx"))
    with pytest.raises(ModelFileError, match="outside of its folder"):
        read_onnx(apart / "net.onnx")


def test_an_answer_that_differs_from_the_runtime_is_refused(tmp_path: Path) -> None:
    path = exported(tmp_path / "net.onnx")
    model = read_onnx(path)
    with torch.no_grad():
        next(parameter for parameter in model.network.parameters() if parameter.dim() == 4).mul_(1.5)
    with pytest.raises(ArchitectureError, match="differ from ONNX Runtime's"):
        check_with_runtime(path, model)
