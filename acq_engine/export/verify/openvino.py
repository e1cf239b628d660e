"""Exported files in OpenVINO, on the CPU, with its own optimisations as in use."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from acq_engine.errors import VerificationError, first_line
from acq_engine.export import OPENVINO_HINT

_NOT_COMPUTED = frozenset({"Const", "Input", "Output"})


class OpenvinoSession:
    """An opened .xml or .onnx file on the CPU; what is float is computed in float32, whatever the processor likes.

    Args:
        path: The file; the weights of an .xml file lie beside it.
        threads: The runtime's threads.

    Raises:
        VerificationError: OpenVINO is not installed, or can't open the file.
    """

    def __init__(self, path: str | Path, threads: int = 1) -> None:
        try:
            import openvino
        except ImportError as error:
            raise VerificationError("OpenVINO is not installed.", hint=OPENVINO_HINT) from error
        try:
            self._model = openvino.Core().compile_model(
                str(path), "CPU", {"INFERENCE_NUM_THREADS": threads, "INFERENCE_PRECISION_HINT": "f32"})
        except Exception as error:  # OpenVINO's own kinds
            raise VerificationError(
                "The exported model can't be opened in OpenVINO.", cause=f"{path}: {first_line(error)}",
                hint="Export it again; an .xml file needs the .bin file of the same name next to it.",
            ) from error
        sides = self._model.input(0).partial_shape
        self.input_shape: tuple[int, ...] = (1, *(sides[axis].get_length() for axis in range(1, len(sides))))

    def run(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Logits of one batch (B, C, H, W)."""
        found: NDArray[np.float32] = self._model([values])[0]
        return found

    def predict(self, images: Tensor, batch_size: int = 64) -> NDArray[np.float32]:
        """Logits (N, classes) for normalised images (N, C, H, W).

        Raises:
            VerificationError: the images have the wrong shape for the file, or the runtime fails.
        """
        try:
            return np.concatenate([self.run(part.detach().cpu().numpy()) for part in images.split(batch_size)])
        except Exception as error:  # as above
            raise VerificationError("The exported model can't be run.", cause=first_line(error)) from error

    def operators(self) -> dict[str, int]:
        """How often each operator occurs in what is executed, most frequent first."""
        return dict(Counter(kind for kind, _ in self._executed() if kind not in _NOT_COMPUTED).most_common())

    def convolutions(self) -> tuple[int, int]:
        """How many convolutions compute with int8, and how many do not."""
        integer = ["I8" in kernel for kind, kernel in self._executed() if kind == "Convolution"]
        return sum(integer), len(integer) - sum(integer)

    def _executed(self) -> list[tuple[str, str]]:
        """Kind and kernel of each node that is executed."""
        notes: list[Any] = [node.get_rt_info() for node in self._model.get_runtime_model().get_ops()]
        return [(note["layerType"].astype(str), note["primitiveType"].astype(str)) for note in notes]


def openvino_name() -> str:
    """Name and version of the runtime."""
    import openvino

    return f"OpenVINO {openvino.__version__.split('-')[0]}"
