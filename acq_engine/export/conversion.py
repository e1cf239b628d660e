"""From an export network to the bytes of an ONNX file: translated, cleaned, checked, and the same each time.

torch's own optimiser folds constants by running the model piece by piece, which takes minutes for large networks and
would turn whole-number weights back into floats. It is left out: the export network already has the operators that
runtimes look for.
"""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from torch import fx

from acq_engine import __version__
from acq_engine.errors import ExportError
from acq_engine.export.operators import translations
from acq_engine.models.loaded import LoadedModel
from acq_engine.quantization.model import QuantizedModel
from acq_engine.store.files import storage_errors, write_atomic

OPSETS = range(18, 22)
# The oldest IR version that carries the opset, so that older runtimes open the file.
_IR_VERSIONS = {18: 8, 19: 9, 20: 9, 21: 10}
INPUT_NAME, OUTPUT_NAME = "image", "logits"

log = logging.getLogger(__name__)


def to_onnx(network: fx.GraphModule, input_shape: tuple[int, ...], opset: int, metadata: Mapping[str, str]) -> Any:
    """Translate a network into an onnx.ModelProto with a free batch dimension, input `image`, output `logits`.

    Args:
        network: On the CPU; takes (B, *input_shape) float32.
        input_shape: Channels, height, width.
        opset: 18 to 21.
        metadata: Written into the file as metadata properties.

    Raises:
        ExportError: an unknown opset, or an operator that ONNX can't express.
    """
    if opset not in OPSETS:
        raise ExportError(
            f"ONNX files with opset {opset} can't be written.",
            hint=f"Choose an opset from {OPSETS.start} to {OPSETS.stop - 1}.",
        )
    example = torch.zeros(2, *input_shape)
    try:
        with _quiet():
            program = torch.onnx.export(
                network, (example,), dynamo=True, opset_version=opset, optimize=False, verify=False, verbose=False,
                dynamic_shapes=({0: torch.export.Dim.DYNAMIC},), input_names=[INPUT_NAME], output_names=[OUTPUT_NAME],
                custom_translation_table=translations(opset), external_data=False,
            )
        assert program is not None
        proto = program.model_proto
    except Exception as error:  # torch.onnx raises many kinds, of operators' translations too
        log.debug("torch.onnx.export failed", exc_info=True)
        raise ExportError(
            "The quantized model can't be expressed in ONNX.",
            cause=f"{type(error).__name__}: {(str(error).strip().splitlines() or [''])[0]}",
            hint="Export it as acq or pt2 instead.",
        ) from error
    _clean(proto, opset, metadata)
    return proto


def checked_bytes(proto: Any) -> bytes:
    """The file's bytes, after ONNX's own full check.

    Raises:
        ExportError: ONNX's checker refuses the model.
    """
    import onnx

    try:
        onnx.checker.check_model(proto, full_check=True)
    except (onnx.checker.ValidationError, onnx.shape_inference.InferenceError) as error:
        raise ExportError("The exported model is not valid ONNX.", cause=str(error).splitlines()[0]) from error
    data: bytes = proto.SerializeToString(deterministic=True)
    return data


def write_export(path: Path, data: bytes) -> int:
    """Write an exported file whole or not at all; returns its size in bytes.

    Raises:
        StorageError: it can't be written; a file that was there before is intact.
    """
    with storage_errors("The exported model could not be written.", path):
        write_atomic(path, data)
    return len(data)


def describe(student: QuantizedModel, loaded: LoadedModel) -> dict[str, str]:
    """What a file says about itself: preprocessing, classes, bits, where it comes from."""
    config = student.config
    return {
        **describe_float(loaded),
        "convention": config.convention,
        "weight_bits": str(config.weight_bits),
        "activation_bits": str(config.activation_bits),
        "layer_bits": json.dumps({layer.name: layer.bits for layer in student.layers()}),
    }


def describe_float(loaded: LoadedModel) -> dict[str, str]:
    """The part of `describe` that holds for the float model as well."""
    return {
        "tool": f"ACQ Studio {__version__}",
        "model": loaded.name,
        "arch": loaded.arch,
        "teacher_sha256": loaded.sha256,
        "class_names": json.dumps(list(loaded.class_names), ensure_ascii=False),
        "preprocessing": json.dumps(
            {
                "layout": "NCHW", "channels": "RGB" if loaded.input_shape[0] == 3 else "grey",
                "input_shape": list(loaded.input_shape), "scale": "pixel / 255, then (x - mean) / std",
                "mean": list(loaded.mean), "std": list(loaded.std),
            }
        ),
    }


def _clean(proto: Any, opset: int, metadata: Mapping[str, str]) -> None:
    """Drop the exporter's notes (stack traces with file names among them) and say who wrote the file."""
    import onnx

    graph = proto.graph
    proto.producer_name, proto.producer_version = "ACQ Studio", __version__
    proto.ir_version = _IR_VERSIONS[opset]
    proto.doc_string = graph.doc_string = ""
    graph.name = "classifier"
    del graph.value_info[:]
    del graph.metadata_props[:]
    for item in [*graph.node, *graph.initializer, *graph.input, *graph.output]:
        item.doc_string = ""
        item.ClearField("metadata_props")
    for node in graph.node:
        node.name = node.output[0]
    used = {name for node in graph.node for name in node.input}
    _keep(graph.initializer, [value for value in graph.initializer if value.name in used])
    onnx.helper.set_model_props(proto, dict(metadata))


def _keep(field: Any, items: list[Any]) -> None:
    kept = [type(item).FromString(item.SerializeToString()) for item in items]
    del field[:]
    field.extend(kept)


@contextmanager
def _quiet() -> Iterator[None]:
    """torch.onnx talks about its progress and about other packages' deprecations; users can't act on either."""
    loggers = [logging.getLogger(name) for name in ("torch.onnx", "onnxscript", "onnx_ir")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
