"""ONNX files can't be teachers; this tells why for the very file, and what to use instead.

They are read for that alone: the graph is parsed as data, nothing of it is run. Converting one with batch norm back
to a trainable network would need a package that is no longer kept up, so it is refused as well.
"""

from __future__ import annotations

from pathlib import Path

from acq_engine.errors import ModelError, ModelFileError, NoBatchNormError

MAX_ONNX_BYTES = 2 << 30  # what protobuf itself can hold


def refusal(path: Path) -> ModelError:
    """Why `path` can't be a teacher.

    Args:
        path: A file called .onnx.
    """
    import onnx  # takes a second, and few come here

    if path.stat().st_size > MAX_ONNX_BYTES:
        return ModelFileError("The ONNX file is too large.", cause=f"The limit is {MAX_ONNX_BYTES:,} bytes.")
    try:
        model = onnx.load_model(str(path), format="protobuf", load_external_data=False)
    except Exception as error:  # protobuf's own kind comes without types
        return _damaged(str(error))
    operators = [node.op_type for node in model.graph.node]
    if not operators:
        return _damaged("It contains no graph.")
    # torch's exporter may keep modules as functions of the file.
    operators += [node.op_type for function in model.functions for node in function.node]
    norms = operators.count("BatchNormalization")
    if norms:
        return ModelFileError(
            "An ONNX file can't be quantized without data, although this one still has its batch-norm layers.",
            cause=f"It has {norms} of them in {len(operators):,} operators; ONNX graphs are not converted back into "
            "trainable models.",
            hint="Use the checkpoint that it was exported from, or export the model with torch.export.save as .pt2.",
        )
    return NoBatchNormError(
        "The batch-norm layers of this ONNX file are folded into the convolutions, so it can't be quantized without "
        "data.",
        cause=f"None of its {len(operators):,} operators is a batch norm; the statistics that samples are learned from "
        "are missing.",
        hint="Use the checkpoint that the ONNX file was exported from.",
    )


def _damaged(cause: str) -> ModelFileError:
    return ModelFileError("The ONNX file is damaged or incomplete.", cause=cause[:300],
                          hint="Use the checkpoint that it was exported from.")
