"""From an export network to the bytes of an ONNX file: translated, cleaned, checked, and the same each time.

torch's own optimizer folds constants by running the model piece by piece, which takes minutes for large networks and
would turn integer weights back into floats. It is left out: the export network already has the operators that
runtimes look for.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn

from acq_engine import __version__
from acq_engine.errors import ExportError, first_line
from acq_engine.export.info import ExportOptions, ModelFacts
from acq_engine.export.onnx.compaction import compact
from acq_engine.export.onnx.operators import translations

OPSETS = range(13, 22)
INPUT_NAME, PIXELS_NAME, OUTPUT_NAME = "image", "pixels", "logits"
_OLDEST_WRITTEN = 18  # torch writes no older ones; operators that are the same in older ones are relabelled
# The oldest IR version that carries the opset, so that older runtimes open the file.
_IR_VERSIONS = {13: 7, 14: 7, 15: 8, 16: 8, 17: 8, 18: 8, 19: 9, 20: 9, 21: 10}

log = logging.getLogger(__name__)


class FromPixels(nn.Module):
    """A network with its normalisation in front: uint8 pixels (B, H, W, C) to logits."""

    def __init__(self, network: nn.Module, about: ModelFacts) -> None:
        super().__init__()
        self.network = network
        self.mean: Tensor
        self.std: Tensor
        self.register_buffer("mean", torch.tensor(about.mean, dtype=torch.float32).view(1, -1, 1, 1))
        self.register_buffer("std", torch.tensor(about.std, dtype=torch.float32).view(1, -1, 1, 1))

    def forward(self, pixels: Tensor) -> Any:
        """The same steps in the same order as LoadedModel.to_model_input, so that results are equal bit for bit."""
        return self.network((pixels.permute(0, 3, 1, 2).to(torch.float32) / 255 - self.mean) / self.std)


def to_onnx(
    network: nn.Module, about: ModelFacts, options: ExportOptions, metadata: Mapping[str, str], least: int = 13
) -> Any:
    """Translate a network into an onnx.ModelProto with a free batch dimension and the output `logits`.

    Args:
        network: On the CPU; takes `image` (B, C, H, W) float32, normalised. With preprocessing the file takes
            `pixels` (B, H, W, C) uint8 instead.
        about: Input shape, mean and standard deviation.
        options: The opset; None: the oldest, from `least`, in which all operators are the same.
        metadata: Written into the file as metadata properties.
        least: The oldest opset that the format can have.

    Raises:
        ExportError: an unknown or too old opset, or an operator that ONNX can't express.
    """
    check_opset(options.opset, least)
    channels, height, width = about.input_shape
    example = torch.zeros(2, channels, height, width)
    name = INPUT_NAME
    if options.with_preprocessing:
        network, name = FromPixels(network, about).eval(), PIXELS_NAME
        example = torch.zeros(2, height, width, channels, dtype=torch.uint8)
    written = max(options.opset or least, _OLDEST_WRITTEN)
    try:
        with _quiet():
            program = torch.onnx.export(
                network, (example,), dynamo=True, opset_version=written, optimize=False, verify=False, verbose=False,
                dynamic_shapes=({0: torch.export.Dim.DYNAMIC},), input_names=[name], output_names=[OUTPUT_NAME],
                custom_translation_table=translations(written), external_data=False,
            )
        assert program is not None
        proto = program.model_proto
    except Exception as error:  # torch.onnx raises many kinds, of operators' translations too
        log.debug("torch.onnx.export failed", exc_info=True)
        raise ExportError(
            "The quantized model can't be expressed in ONNX.",
            cause=_root(error), hint="Export it as acq or pt2 instead.",
        ) from error
    _clean(proto, metadata)
    _set_opset(proto, options.opset, least)
    return proto


def _root(error: BaseException) -> str:
    """What went wrong first: torch's exporter wraps it in its own steps, in colours of the terminal."""
    seen = {id(error)}
    while error.__cause__ is not None and id(error.__cause__) not in seen:
        error = error.__cause__
        seen.add(id(error))
    return re.sub(r"\x1b\[[0-9;]*m", "", f"{type(error).__name__}: {first_line(error)}")


def check_opset(opset: int | None, least: int = 13) -> None:
    """Refuse what can't be written, before the work begins.

    Raises:
        ExportError: the opset is unknown, or older than `least`.
    """
    if opset is not None and not least <= opset < OPSETS.stop:
        raise ExportError(
            f"ONNX files with opset {opset} can't be written.",
            hint=f"Choose an opset from {least} to {OPSETS.stop - 1}." if least < OPSETS.stop - 1
            else f"This format needs opset {least}.",
        )


def checked_bytes(proto: Any) -> bytes:
    """The file's bytes, after ONNX's own full check.

    Raises:
        ExportError: ONNX's checker refuses the model.
    """
    import onnx

    try:
        onnx.checker.check_model(proto, full_check=True)
    except (onnx.checker.ValidationError, onnx.shape_inference.InferenceError) as error:
        raise ExportError("The exported model is not valid ONNX.", cause=first_line(error)) from error
    data: bytes = proto.SerializeToString(deterministic=True)
    return data


def _clean(proto: Any, metadata: Mapping[str, str]) -> None:
    """Drop the exporter's notes (stack traces with file names among them) and say who wrote the file."""
    import onnx

    graph = proto.graph
    proto.producer_name, proto.producer_version = "ACQ Studio", __version__
    proto.doc_string = graph.doc_string = ""
    graph.name = "classifier"
    del graph.value_info[:]
    del graph.metadata_props[:]
    for item in [*graph.node, *graph.initializer, *graph.input, *graph.output]:
        item.ClearField("doc_string")
        item.ClearField("metadata_props")
    compact(proto)
    onnx.helper.set_model_props(proto, dict(metadata))


def _set_opset(proto: Any, wanted: int | None, least: int) -> None:
    """The opset asked for, or the oldest. Operators whose definition is as old as that need no other change."""
    import onnx

    written = next(entry.version for entry in proto.opset_import if entry.domain == "")
    since = {node.op_type: onnx.defs.get_schema(node.op_type, written, "").since_version for node in proto.graph.node}
    needed = max(least, *since.values())
    if wanted is not None and wanted < needed:
        newest = max(since, key=lambda name: since[name])
        raise ExportError(
            f"This model can't be exported with opset {wanted}.", cause=f"{newest} needs opset {needed}.",
            hint=f"Choose opset {needed} or newer, or omit the option.",
        )
    opset = wanted or needed
    del proto.opset_import[:]
    proto.opset_import.extend([onnx.helper.make_opsetid("", opset)])
    proto.ir_version = _IR_VERSIONS[opset]


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
