"""Exported .tflite files in LiteRT, on the CPU, with its XNNPACK kernels as in use."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from acq_engine.errors import VerificationError, first_line
from acq_engine.export import LITERT_HINT
from acq_engine.export.tflite.flat import IDENTIFIER

CONVOLUTIONS = frozenset({"CONV_2D", "DEPTHWISE_CONV_2D", "TRANSPOSE_CONV"})
_DELEGATE = "DELEGATE"  # stands for all operators that XNNPACK took over, which are listed as well


def litert_name() -> str:
    """Name and version of the runtime."""
    from importlib import metadata

    return f"LiteRT {metadata.version('ai-edge-litert')}"


class LitertSession:
    """An opened .tflite file.

    Args:
        path: The file.
        threads: The runtime's threads.

    Raises:
        VerificationError: LiteRT is not installed, or can't open the file.
    """

    def __init__(self, path: str | Path, threads: int = 1) -> None:
        try:
            from ai_edge_litert.interpreter import Interpreter
        except ImportError as error:
            raise VerificationError("LiteRT is not installed.", hint=LITERT_HINT) from error
        try:
            with Path(path).open("rb") as file:
                if file.read(8)[4:] != IDENTIFIER:
                    raise ValueError("It is not a .tflite file.")
            self._interpreter = Interpreter(model_path=str(path), num_threads=threads)
            self._interpreter.allocate_tensors()
        except (OSError, ValueError, RuntimeError) as error:
            raise VerificationError(
                "The exported model can't be opened in LiteRT.", cause=f"{path}: {first_line(error)}",
                hint="Export it again.",
            ) from error
        (entry,), (result,) = self._interpreter.get_input_details(), self._interpreter.get_output_details()
        self._input, self._output = int(entry["index"]), int(result["index"])
        self.input_shape: tuple[int, ...] = tuple(int(side) for side in entry["shape"])  # with 1 for the batch
        self._batch = self.input_shape[0]

    def put(self, values: NDArray[np.float32]) -> None:
        """Hand over a batch (B, H, W, C), normalised."""
        if len(values) != self._batch:
            self._interpreter.resize_tensor_input(self._input, values.shape, strict=True)
            self._interpreter.allocate_tensors()
            self._batch = len(values)
        self._interpreter.set_tensor(self._input, values)

    def invoke(self) -> None:
        """Compute."""
        self._interpreter.invoke()

    def result(self) -> NDArray[np.float32]:
        """The logits (B, classes)."""
        found: NDArray[np.float32] = self._interpreter.get_tensor(self._output)
        return found

    def predict(self, images: Tensor, batch_size: int = 64) -> NDArray[np.float32]:
        """Logits (N, classes) for normalised images (N, C, H, W).

        Raises:
            VerificationError: the images have the wrong shape for the file, or the runtime fails.
        """
        parts = []
        try:
            for part in images.detach().cpu().split(batch_size):
                self.put(np.ascontiguousarray(part.permute(0, 2, 3, 1).numpy()))
                self.invoke()
                parts.append(self.result())
        except (ValueError, RuntimeError) as error:
            raise VerificationError("The exported model can't be run.", cause=first_line(error)) from error
        return np.concatenate(parts)

    def operators(self) -> dict[str, int]:
        """How often each operator occurs, most frequent first."""
        return dict(Counter(name for name, _ in self._operators()).most_common())

    def convolutions(self) -> tuple[int, int]:
        """How many convolutions compute with int8, and how many do not."""
        kinds = {int(entry["index"]): entry["dtype"] for entry in self._interpreter.get_tensor_details()}
        integer = [kinds.get(inputs[0]) is np.int8 for name, inputs in self._operators() if name in CONVOLUTIONS]
        return sum(integer), len(integer) - sum(integer)

    def _operators(self) -> list[tuple[str, list[Any]]]:
        return [(entry["op_name"], [int(number) for number in entry["inputs"]])
                for entry in self._interpreter._get_ops_details() if entry["op_name"] != _DELEGATE]
