"""A .tflite file as it is put together: tensors, operators, and the bytes of both in the schema's flatbuffer.

Only what an integer classifier needs. Layouts are the format's own: images (batch, height, width, channels), the first
dimension of everything that depends on the image free.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acq_engine.errors import ExportError
from acq_engine.export import LITERT_HINT

IDENTIFIER = b"TFL3"
ALIGNMENT = 16  # of every vector, as the schema asks of weights; what reads them in place relies on it
LARGEST_FILE = 2**31 - 1  # offsets in a flatbuffer are signed 32-bit numbers

# Versions of operators that take int8 with a scale for each channel, or float, as they are written here.
_VERSIONS = {
    "CONV_2D": 3, "DEPTHWISE_CONV_2D": 3, "ADD": 2, "MUL": 2, "MEAN": 2, "MAX_POOL_2D": 2, "PAD": 2, "PADV2": 2,
    "TRANSPOSE": 2, "DEQUANTIZE": 2, "QUANTIZE": 1, "FULLY_CONNECTED": 4, "CONCATENATION": 2, "STRIDED_SLICE": 2,
}
_TYPES = {"float32": 0, "int32": 2, "uint8": 3, "int8": 9}


@dataclass(frozen=True, slots=True)
class Quantization:
    """What a tensor's integers are worth: one scale, or one for each index of `dimension`."""

    scale: tuple[float, ...]
    zero_point: int = 0
    dimension: int = 0


def schema() -> Any:
    """The classes of the format's schema.

    Raises:
        ExportError: the package that has them is not installed.
    """
    try:
        from ai_edge_litert import schema_py_generated
    except ImportError as error:
        raise ExportError("LiteRT is not installed, and the format tflite needs it.", hint=LITERT_HINT) from error
    return schema_py_generated


class FlatModel:
    """One graph, to which tensors and operators are added in the order of computation."""

    def __init__(self) -> None:
        self._schema = schema()
        self._buffers: list[Any] = [self._schema.BufferT()]  # the first one is empty: for tensors without data
        self._tensors: list[Any] = []
        self._operators: list[Any] = []
        self._codes: dict[str, int] = {}
        self._constants: dict[tuple[bytes, str, tuple[int, ...], Quantization | None], int] = {}

    def tensor(
        self, name: str, shape: Sequence[int], kind: str, quantization: Quantization | None = None,
    ) -> int:
        """A tensor that depends on the image; the first dimension is free.

        Args:
            name: Any text.
            shape: With 1 for the batch.
            kind: float32, int8 or uint8.
            quantization: Of int8.

        Returns:
            Its number.
        """
        made = self._made(name, shape, kind, quantization)
        made.shapeSignature = np.asarray([-1, *shape[1:]], np.int32)
        self._tensors.append(made)
        return len(self._tensors) - 1

    def fixed(self, name: str, shape: Sequence[int], kind: str) -> int:
        """A tensor that depends on constants alone. Returns its number."""
        self._tensors.append(self._made(name, shape, kind, None))
        return len(self._tensors) - 1

    def constant(self, name: str, values: NDArray[Any], quantization: Quantization | None = None) -> int:
        """A tensor with values; the same values are stored once. Returns its number."""
        values = np.ascontiguousarray(values)
        key = (values.tobytes(), str(values.dtype), values.shape, quantization)
        if key not in self._constants:
            made = self._made(name, values.shape, str(values.dtype), quantization)
            made.buffer = self._buffer(key[0])
            self._tensors.append(made)
            self._constants[key] = len(self._tensors) - 1
        return self._constants[key]

    def shape(self, tensor: int) -> tuple[int, ...]:
        """A tensor's shape, with 1 for the batch."""
        return tuple(int(side) for side in self._tensors[tensor].shape)

    def quantization(self, tensor: int) -> Quantization | None:
        """What a tensor's integers are worth; None for float."""
        found = self._tensors[tensor].quantization
        return None if found is None else Quantization(
            tuple(float(scale) for scale in found.scale), int(found.zeroPoint[0]), found.quantizedDimension)

    def operator(
        self, code: str, inputs: Sequence[int], output: int, options: str = "", **values: Any
    ) -> int:
        """An operator; `options` is the schema's name of its options without "Options". Returns `output`."""
        made = self._schema.OperatorT()
        made.opcodeIndex = self._codes.setdefault(code, len(self._codes))
        made.inputs, made.outputs = np.asarray(inputs, np.int32), np.asarray([output], np.int32)
        if options:
            made.builtinOptionsType = getattr(self._schema.BuiltinOptions, f"{options}Options")
            made.builtinOptions = getattr(self._schema, f"{options}OptionsT")()
            for name, value in values.items():
                setattr(made.builtinOptions, name, value)
        self._operators.append(made)
        return output

    def to_bytes(self, source: tuple[str, int], result: tuple[str, int], metadata: Mapping[str, bytes]) -> bytes:
        """The file.

        Args:
            source: Name and number of the input.
            result: Name and number of the output.
            metadata: Name to bytes.

        Raises:
            ExportError: the file would be larger than the format allows.
        """
        import flatbuffers

        if sum(len(buffer.data) for buffer in self._buffers if buffer.data is not None) > LARGEST_FILE // 2:
            raise ExportError("The model is too large for the format tflite.", hint="Export it as onnx instead.")
        flat = self._schema
        graph = flat.SubGraphT()
        graph.name, graph.tensors, graph.operators = "classifier", self._tensors, self._operators
        graph.inputs, graph.outputs = np.asarray([source[1]], np.int32), np.asarray([result[1]], np.int32)
        signature = flat.SignatureDefT()
        signature.signatureKey, signature.subgraphIndex = "serving_default", 0
        signature.inputs, signature.outputs = [self._map(source)], [self._map(result)]
        model = flat.ModelT()
        model.version, model.description = 3, "ACQ Studio"
        model.metadata = [self._metadata(name, data) for name, data in metadata.items()]
        model.operatorCodes = [self._operator_code(name) for name in self._codes]
        model.subgraphs, model.buffers, model.signatureDefs = [graph], self._buffers, [signature]

        class Aligned(flatbuffers.Builder):  # type: ignore[misc]
            def StartVector(self, elemSize: int, numElems: int, alignment: int) -> Any:  # noqa: N802, N803
                return super().StartVector(elemSize, numElems, max(alignment, ALIGNMENT))

        builder = Aligned(1 << 16)
        builder.Finish(model.Pack(builder), file_identifier=IDENTIFIER)
        return bytes(builder.Output())

    def _made(self, name: str, shape: Sequence[int], kind: str, quantization: Quantization | None) -> Any:
        made = self._schema.TensorT()
        made.name, made.type, made.hasRank = name, _TYPES[kind], True
        made.shape = np.asarray(shape, np.int32)
        if quantization is not None:
            made.quantization = self._schema.QuantizationParametersT()
            made.quantization.scale = np.asarray(quantization.scale, np.float32)
            made.quantization.zeroPoint = np.full(len(quantization.scale), quantization.zero_point, np.int64)
            made.quantization.quantizedDimension = quantization.dimension
        return made

    def _buffer(self, data: bytes) -> int:
        made = self._schema.BufferT()
        made.data = np.frombuffer(data, np.uint8)
        self._buffers.append(made)
        return len(self._buffers) - 1

    def _map(self, named: tuple[str, int]) -> Any:
        made = self._schema.TensorMapT()
        made.name, made.tensorIndex = named
        return made

    def _metadata(self, name: str, data: bytes) -> Any:
        made = self._schema.MetadataT()
        made.name, made.buffer = name, self._buffer(data)
        return made

    def _operator_code(self, name: str) -> Any:
        made = self._schema.OperatorCodeT()
        made.builtinCode = getattr(self._schema.BuiltinOperator, name)
        made.deprecatedBuiltinCode = min(made.builtinCode, 127)
        made.version = _VERSIONS.get(name, 1)
        return made
