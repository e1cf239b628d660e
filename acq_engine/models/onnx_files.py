"""Reading ONNX files: which of them can be teachers, and as what module (OURS).

The graph is data: a list of operators and numbers. What can't be a teacher is refused with the reason: a quantized one,
one that is no classifier of images, one with operators that no classifier needs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from acq_engine.errors import ArchitectureError, ChoiceNeededError, ModelError, ModelFileError
from acq_engine.models.onnx_call import number_or_tensor
from acq_engine.models.onnx_network import OnnxNetwork

MAX_ONNX_BYTES = 2 << 30  # what protobuf itself can hold
MOST_NODES = 50_000
DIFFERENCE = 1e-3  # of the largest logit, by which ONNX Runtime may differ: its sums are in another order
USUAL_SIDE = 224
CHECKED = 2  # images

_QUANTIZED = ("QuantizeLinear", "DequantizeLinear", "QLinearConv", "QLinearMatMul", "ConvInteger", "MatMulInteger",
              "DynamicQuantizeLinear", "MatMulNBits")
_PROBABILITIES = ("Softmax", "LogSoftmax")
_PASSED = ("Identity", "Flatten", "Reshape", "Squeeze", "Cast")


@dataclass(frozen=True)
class OnnxModel:
    """What a file describes.

    Attributes:
        network: Its graph.
        input_shape: Channels, height, width.
        batch: The one batch size that the file takes; None: any.
        notes: What was assumed, in sentences.
        input_name: The name of its input.
        output_name: The name of the logits' output, which the file may turn into probabilities.
        channels_last: It wants (B, H, W, C).
        probabilities: How the logits become the file's output: "Softmax", "LogSoftmax", or "".
    """

    network: OnnxNetwork
    input_shape: tuple[int, int, int]
    batch: int | None
    notes: tuple[str, ...]
    input_name: str
    output_name: str
    channels_last: bool
    probabilities: str


def read_onnx(path: Path, *, input_size: int | None = None, output: str | None = None) -> OnnxModel:
    """Read a file.

    Args:
        path: A file called .onnx; its weights may lie in files beside it.
        input_size: Height and width of the image, where the file leaves them open.
        output: Name or position of the logits, where it has several outputs.

    Raises:
        ModelError: in one of its kinds, where it can't be a teacher.
    """
    model = _load(path)
    graph = model.graph
    operators = [node.op_type for node in graph.node]
    quantized = [name for name in operators if name in _QUANTIZED]
    if quantized:
        raise ModelFileError(
            "This ONNX file is quantized already.", cause=f"It has {len(quantized)} operators such as {quantized[0]}.",
            hint="Use the float model that it was made from.")
    weights = {item.name: number_or_tensor(_array(item, path)) for item in graph.initializer}
    name, shape, batch, channels_last, notes = _input(graph, weights, input_size)
    target = _output(graph, output)
    logits, made_by = _before_softmax(graph, target)
    if made_by:
        notes.append(f"Its last operator, {made_by}, is omitted: logits are needed, not probabilities.")
    opset = max((item.version for item in model.opset_import if item.domain in ("", "ai.onnx")), default=0)
    network = OnnxNetwork(graph, opset, weights, name, batch, logits, channels_last=channels_last)
    return OnnxModel(network.eval(), shape, batch, tuple(notes), name, target, channels_last, made_by)


def _load(path: Path) -> Any:
    import onnx  # takes a second, and few come here

    if path.stat().st_size > MAX_ONNX_BYTES:
        raise ModelFileError("The ONNX file is too large.", cause=f"The limit is {MAX_ONNX_BYTES:,} bytes.")
    try:
        model = onnx.load_model(str(path), format="protobuf", load_external_data=False)
        if model.functions:  # torch's exporter may keep modules as functions of the file
            from onnx import inliner

            model = inliner.inline_local_functions(model)
    except Exception as error:  # protobuf's own kind comes without types
        raise _damaged(str(error)) from error
    if not model.graph.node or len(model.graph.node) > MOST_NODES:
        raise _damaged(f"It has {len(model.graph.node):,} operators.")
    return model


def _array(tensor: Any, path: Path) -> NDArray[Any]:
    """A weight's values; those in other files only from the file's own folder."""
    import onnx

    try:
        if onnx.external_data_helper.uses_external_data(tensor):
            where = onnx.external_data_helper.ExternalDataInfo(tensor)
            file = (path.parent / where.location).resolve()
            if path.parent.resolve() not in file.parents:
                raise ModelFileError("This ONNX file names a file outside of its folder.", cause=str(where.location))
            if not file.is_file():
                raise ModelFileError(
                    "A part of this ONNX file is missing.", cause=f"Its weights are in {file.name}.",
                    hint=f"Put {file.name} into the same folder.")
            onnx.external_data_helper.load_external_data_for_tensor(tensor, str(path.parent))
        found: NDArray[Any] = onnx.numpy_helper.to_array(tensor)
        return found
    except ModelError:
        raise
    except Exception as error:
        raise _damaged(f"{tensor.name}: {error}") from error


def _input(
    graph: Any, weights: dict[str, Any], input_size: int | None
) -> tuple[str, tuple[int, int, int], int | None, bool, list[str]]:
    """Name, channels and sides of the image, the batch size if it is fixed, and whether channels come last."""
    inputs = [item for item in graph.input if item.name not in weights]
    if len(inputs) != 1:
        raise ArchitectureError(f"The model takes {len(inputs)} inputs; it must take one batch of images.")
    kind = inputs[0].type.tensor_type
    sizes = [item.dim_value if item.HasField("dim_value") and item.dim_value > 0 else None for item in kind.shape.dim]
    if kind.elem_type not in (1, 10, 16):
        raise ArchitectureError(
            "The model's input is no float tensor.", cause="It takes integers, such as pixels as they are.",
            hint="Export the model without its preprocessing.")
    if len(sizes) != 4:
        raise ArchitectureError("The model takes no images.", cause=f"Its input has {len(sizes)} dimensions, not 4.",
                                hint="Use an image classifier.")
    last = sizes[3] in (1, 3) and sizes[1] not in (1, 3)
    channels, height, width = (sizes[3], sizes[1], sizes[2]) if last else (sizes[1], sizes[2], sizes[3])
    notes = ["Its images have their channels last; they are turned."] if last else []
    if channels is None:
        first = next((weights[name] for node in graph.node if node.op_type == "Conv" for name in node.input[1:2]
                      if isinstance(weights.get(name), Tensor)), None)
        channels = 3 if first is None else int(first.shape[1])
    if height is None or width is None:
        side = input_size or height or width or USUAL_SIDE
        if input_size is None:
            notes.append(f"The input size was assumed to be {side} px; set it if that is wrong.")
        height = width = side
    if height != width:
        raise ArchitectureError("The model takes images that are not square.",
                                cause=f"Its input is {width} x {height} pixels.",
                                hint="Samples are square: export it again for a square image, if it takes one.")
    return inputs[0].name, (channels, height, width), sizes[0], last, notes


def _output(graph: Any, wanted: str | None) -> str:
    names = [str(item.name) for item in graph.output]
    if wanted is not None:
        if wanted in names:
            return wanted
        if wanted.isdigit() and int(wanted) < len(names):
            return names[int(wanted)]
        raise ArchitectureError(f"The model has no output {wanted!r}.", cause="It has: " + ", ".join(names[:8]) + ".")
    if len(names) > 1:
        raise ChoiceNeededError(
            "The model has several outputs, and it is not clear which one holds the logits.", setting="model.output",
            cause="Its outputs: " + ", ".join(names[:8]) + ".", hint="Name one of them: --output NAME",
            choices=[(name, "") for name in names[:8]])
    return names[0]


def _before_softmax(graph: Any, output: str) -> tuple[str, str]:
    """The value in front of a closing softmax, and what that is called; the output itself and "" without one."""
    made = {name: node for node in graph.node for name in node.output}
    current = output
    while current in made and made[current].op_type in _PASSED:
        current = made[current].input[0]
    node = made.get(current)
    if node is not None and node.op_type in _PROBABILITIES:
        return node.input[0], node.op_type
    return output, ""


def check_with_runtime(path: Path, model: OnnxModel) -> str:
    """Compare with ONNX Runtime, and say how far the two are apart.

    Args:
        path: The file.
        model: As it was read.

    Raises:
        ArchitectureError: the answers differ.
        ModelFileError: ONNX Runtime does not take the file.
    """
    import onnxruntime

    count = model.batch or CHECKED
    x = torch.randn(count, *model.input_shape, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        found = model.network(x)
    if model.probabilities:
        found = found.softmax(1) if model.probabilities == "Softmax" else found.log_softmax(1)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    try:
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        kind = session.get_inputs()[0].type
        fed = (x.permute(0, 2, 3, 1) if model.channels_last else x).numpy()
        fed = fed.astype(np.float16) if "float16" in kind else fed
        answer = session.run([model.output_name], {model.input_name: fed})[0]
    except Exception as error:  # whatever it has against the file
        raise ModelFileError("ONNX Runtime can't run this file.", cause=str(error)[:300],
                             hint="Use the checkpoint that it was exported from.") from error
    expected = torch.from_numpy(np.asarray(answer, dtype=np.float32)).reshape(found.shape) if (
        np.asarray(answer).size == found.numel()) else None
    largest = float(found.abs().max())
    apart = math.inf if expected is None else float((found - expected).abs().max())
    bound = DIFFERENCE * max(largest, 1e-6) * (20 if "float16" in kind else 1)
    if not apart <= bound:
        raise ArchitectureError(
            "This ONNX file was not understood: its outputs differ from ONNX Runtime's.",
            cause=f"By {apart:.3g}, where the largest is {largest:.3g}.",
            hint="Use the checkpoint that it was exported from.")
    return ("Its outputs were compared with ONNX Runtime's: they differ by at most "
            f"{apart / max(largest, 1e-6):.0e} of the largest.")


def _damaged(cause: str) -> ModelFileError:
    return ModelFileError("The ONNX file is damaged or incomplete.", cause=cause[:300],
                          hint="Use the checkpoint that it was exported from.")
