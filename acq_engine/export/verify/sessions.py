"""Exported ONNX files in ONNX Runtime, with all its optimisations, as in use."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from acq_engine.errors import VerificationError, first_line
from acq_engine.export.onnx.conversion import OUTPUT_NAME, PIXELS_NAME


def runtime_name() -> str:
    """Name and version of the runtime."""
    import onnxruntime

    return f"ONNX Runtime {onnxruntime.__version__}"


def open_session(path: str | Path, threads: int = 1, optimised_path: Path | None = None) -> Any:
    """An onnxruntime.InferenceSession on the CPU with every optimization.

    Raises:
        VerificationError: the file is missing, damaged, or needs operators that this runtime does not have.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.intra_op_num_threads = threads
    options.log_severity_level = 4
    if optimised_path is not None:
        options.optimized_model_filepath = str(optimised_path)
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own kinds have no common base class
        raise VerificationError(
            "The exported model can't be opened in ONNX Runtime.",
            cause=f"{path}: {first_line(error)}",
            hint="Export it again. The packed format needs ONNX Runtime 1.23 or newer.",
        ) from error


def metadata(path: str | Path) -> dict[str, str]:
    """What an ONNX file says about itself; empty where it can't be read, as opening it will tell why."""
    import onnx

    try:
        proto = onnx.load(str(path), load_external_data=False)
    except Exception:  # protobuf's and onnx' own kinds have no common base class
        return {}
    return {item.key: item.value for item in proto.metadata_props}


def predict(session: Any, images: Tensor, batch_size: int = 64) -> NDArray[np.float32]:
    """The session's logits (N, classes) for normalised images (N, C, H, W).

    A file that takes pixels gets the pixels that the images were made of.

    Raises:
        VerificationError: the images have the wrong shape for the file, or the runtime fails.
    """
    entry = session.get_inputs()[0]
    values = images.detach().cpu().numpy()
    try:
        if entry.name == PIXELS_NAME:
            values = _pixels(session, values)
        parts = [
            session.run([OUTPUT_NAME], {entry.name: values[start:start + batch_size]})[0]
            for start in range(0, len(values), batch_size)
        ]
    except Exception as error:  # as above
        raise VerificationError(
            "The exported model can't be run.", cause=first_line(error)
        ) from error
    return np.concatenate(parts)


def _pixels(session: Any, images: NDArray[np.float32]) -> NDArray[Any]:
    how = json.loads(session.get_modelmeta().custom_metadata_map["preprocessing"])
    mean, std = (np.array(how[name], dtype=np.float64).reshape(1, -1, 1, 1) for name in ("mean", "std"))
    return np.rint((images * std + mean) * 255).clip(0, 255).astype(np.uint8).transpose(0, 2, 3, 1)


def optimised_operators(path: str | Path, threads: int = 1) -> dict[str, int]:
    """How often each operator occurs in the graph that ONNX Runtime really executes, most frequent first."""
    import onnx

    with tempfile.TemporaryDirectory() as folder:
        optimized = Path(folder) / "optimized.onnx"
        open_session(path, threads, optimized)
        graph = onnx.load(str(optimized)).graph
    return dict(Counter(node.op_type for node in graph.node).most_common())
