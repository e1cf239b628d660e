"""Format F, `model.xml` with `model.bin`: OpenVINO's own form of the ONNX file, for its tools and Intel's devices.

OpenVINO reads the integer graph of format A, with weights as int8 throughout, since it computes others in float, and
writes it as it is, weights in their bytes. When it compiles the file it joins layers with the sums behind them and
leaves out the rounding between the two, so its outputs are near those of the quantized model and not equal to them
(`acq_engine.export.verify.nearness` measures how near).
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from acq_engine.errors import ExportError, first_line
from acq_engine.export import OPENVINO_HINT
from acq_engine.export.info import ExportInfo, ExportOptions, ModelFacts, facts
from acq_engine.export.metadata import describe
from acq_engine.export.onnx.compaction import replace_nodes
from acq_engine.export.onnx.conversion import checked_bytes, to_onnx
from acq_engine.export.onnx.network import export_network
from acq_engine.export.writing import write_export
from acq_engine.models.loaded import LoadedModel
from acq_engine.quantization.model import QuantizedModel

SECTION = "acq"
"""Of the file's runtime information: what the metadata of ONNX files say."""


def export_openvino(
    student: QuantizedModel, loaded: LoadedModel | ModelFacts, path: str | Path,
    options: ExportOptions = ExportOptions(),  # noqa: B008 - frozen
) -> ExportInfo:
    """Write the quantized model as OpenVINO IR: the graph in `path`, the weights beside it in a .bin file.

    Input `image` (B, C, H, W) float32, normalised; output `logits` (B, classes) float32. Metadata are in the runtime
    information, section "acq".

    Args:
        student: Calibrated; stays as it is.
        loaded: The teacher it came from.
        path: The .xml file; it is replaced last, each file whole or not at all.
        options: None of them is for this format.

    Raises:
        ExportError: not calibrated, OpenVINO is not installed or can't read an operator.
        StorageError: a file can't be written.
    """
    options.refuse_onnx_only("openvino")
    try:
        import openvino
    except ImportError as error:
        raise ExportError("OpenVINO is not installed.", hint=OPENVINO_HINT) from error
    about, path = facts(loaded), Path(path)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # Windows: OpenVINO keeps files open
        source, written = Path(folder) / "source.onnx", Path(folder) / "model.xml"
        proto = to_onnx(export_network(student, signed=True), about, options, describe(student, about))
        _take_batch_from_patches(proto)
        source.write_bytes(checked_bytes(proto))
        try:
            # Not convert_model, which reports what it is used for; both read ONNX files alike.
            model = openvino.Core().read_model(str(source))
            for name, value in describe(student, about).items():
                model.set_rt_info(value, [SECTION, name])
            openvino.save_model(model, str(written), compress_to_fp16=False)
        except Exception as error:  # OpenVINO's own kinds
            raise ExportError(
                "OpenVINO can't hold this model.", cause=first_line(error), hint="Choose the format onnx.",
            ) from error
        size = write_export(path.with_suffix(".bin"), written.with_suffix(".bin").read_bytes())
        size += write_export(path, written.read_bytes())
    return ExportInfo("openvino", path, size, about.float_bytes)


def _take_batch_from_patches(proto: Any) -> None:
    """Class tokens in another form, in place: added to zeros made of the patches that they are joined with.

    Expanded to a batch size that is read from the image's shape, they make OpenVINO 2026.4 leave out the bias of the
    convolution that embeds the patches: outputs were twice as far off as quantization had moved them.
    """
    from onnx import helper, numpy_helper

    graph = proto.graph
    stored = {value.name for value in graph.initializer if len(value.dims) == 3}
    readers = {name: node for node in graph.node for name in node.input}
    tokens: dict[str, Any] = {}
    for node in graph.node:
        reader = readers.get(node.output[0])
        if node.op_type == "Expand" and node.input[0] in stored and reader is not None and reader.op_type == "Concat":
            tokens[node.output[0]] = node
    kept = []
    for node in graph.node:
        if node.output[0] in tokens:
            continue
        for name in [name for name in node.input if name in tokens]:
            patches = next(one for one in node.input if one not in tokens)
            for suffix, value in (("start", [0]), ("end", [1]), ("axis", [1])):
                graph.initializer.append(numpy_helper.from_array(np.array(value, np.int64), f"{name}.{suffix}"))
            graph.initializer.append(numpy_helper.from_array(np.zeros((1, 1, 1), np.float32), f"{name}.zero"))
            kept += [
                helper.make_node("Slice", [patches, *(f"{name}.{end}" for end in ("start", "end", "axis"))],
                                 [f"{name}.patch"]),
                helper.make_node("Mul", [f"{name}.patch", f"{name}.zero"], [f"{name}.nothing"]),
                helper.make_node("Add", [f"{name}.nothing", tokens[name].input[0]], [name]),
            ]
        kept.append(node)
    replace_nodes(graph, kept)
