"""Format C, `model.acq.safetensors`: packed b-bit codes and the whole network as data. It loads again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from pydantic import ValidationError
from safetensors.numpy import save
from torch import Tensor

from acq_engine import __version__
from acq_engine.errors import ExportError
from acq_engine.export.acq import document as names
from acq_engine.export.acq.bit_packing import deflate, pack
from acq_engine.export.acq.document import Document, LayerEntry, ModelEntry, QuantizerEntry
from acq_engine.export.acq.graph import encode_graph
from acq_engine.export.info import ExportInfo, ExportOptions, ModelFacts, facts, refuse_without_ranges
from acq_engine.export.writing import write_export
from acq_engine.models.loaded import LoadedModel
from acq_engine.quantization.activation import ActivationQuantizer
from acq_engine.quantization.graph_ops import attribute
from acq_engine.quantization.layers import QuantizedConv2d, QuantizedLayer
from acq_engine.quantization.model import QuantizedModel


def export_acq(
    student: QuantizedModel, loaded: LoadedModel | ModelFacts, path: str | Path,
    options: ExportOptions = ExportOptions(),  # noqa: B008 - frozen
) -> ExportInfo:
    """Write the quantized model so that `load_quantized` gives it back exactly.

    Args:
        student: Calibrated; stays as it is.
        loaded: The teacher it came from.
        path: The file; replaced whole or not at all.
        options: None of them is for this format.

    Raises:
        ExportError: not calibrated, or an operator that the format can't hold.
        StorageError: the file can't be written.
    """
    options.refuse_onnx_only("acq")
    refuse_without_ranges(student)
    about = facts(loaded)
    document, arrays = _described(student, about)
    data = save(arrays, metadata={names.METADATA_KEY: document.to_json()})
    size = write_export(Path(path), data)
    return ExportInfo("acq", Path(path), size, about.float_bytes)


def _described(student: QuantizedModel, about: ModelFacts) -> tuple[Document, dict[str, Any]]:
    network = student.logits_network()
    layers: dict[str, QuantizedLayer] = {}
    quantizers: dict[str, ActivationQuantizer] = {}
    tensors: dict[str, Tensor] = {}
    for node in network.graph.nodes:
        target = str(node.target)
        if node.op == "get_attr":
            tensors[target] = attribute(network, target)
        elif node.op == "call_module":
            module = attribute(network, target)
            if isinstance(module, QuantizedLayer):
                layers[target] = module
            else:
                quantizers[target] = module
    numbers = {id(module): number for number, module in enumerate(quantizers.values())}
    packed = _Arrays()
    entries = [packed.layer(layer, numbers) for layer in layers.values()]
    graph = encode_graph(network, *({target: number for number, target in enumerate(found)}
                                    for found in (layers, quantizers, tensors)))
    try:
        document = Document(
            tool=f"ACQ Studio {__version__}", model=ModelEntry(**{name: getattr(about, name) for name in
                                                                  ModelFacts.__dataclass_fields__}),
            quantization=student.config, layers=entries, tensors=len(tensors), graph=graph,
            quantizers=[QuantizerEntry(name=item.name, bits=item.bits, zero_point=item.zero_point,
                                       activation=item.activation) for item in quantizers.values()],
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise ExportError(
            "The model can't be stored in this format.",
            cause=f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}",
            hint="Choose another format, such as onnx.",
        ) from error
    arrays = packed.joined()
    arrays[names.ACTIVATION_SCALES] = _joined([item.scale().reshape(1) for item in quantizers.values()])
    arrays[names.CLIPPING] = _joined([item.clipping_rate.reshape(1) for item in quantizers.values()])
    arrays |= {f"{names.TENSOR_PREFIX}{number}": value.detach().cpu().contiguous().numpy()
               for number, value in enumerate(tensors.values())}
    return document, arrays


class _Arrays:
    """What the layers store, one behind the other."""

    def __init__(self) -> None:
        self._bytes: dict[str, list[bytes]] = {names.CODES: [], names.ZERO_POINTS: []}
        self._tensors: dict[str, list[Tensor]] = {name: [] for name in (
            names.SCALES, names.LOWS, names.HIGHS, names.BIAS_CODES, names.BIAS_FLOATS, names.SENSITIVITY)}

    def layer(self, layer: QuantizedLayer, numbers: dict[int, int]) -> LayerEntry:
        """Take in one layer; `numbers` are the quantizers' by id."""
        quantizer, weight = layer.weight_quantizer, layer.weight.detach()
        scale, zero_point = quantizer.parameters_for(layer.weight)
        zero_point = zero_point.detach()
        codes = quantizer.codes(layer.weight) + zero_point.view(-1, *([1] * (weight.dim() - 1)))
        plain = pack(codes.to("cpu", torch.uint8).numpy().reshape(-1), layer.bits)
        small = deflate(plain)
        self._bytes[names.CODES].append(plain if small is None else small)
        self._bytes[names.ZERO_POINTS].append(pack(zero_point.to("cpu", torch.uint8).numpy(), layer.bits))
        if quantizer.kind == "minmax":  # the range is found anew from the weights: keep its ends
            flat = weight.flatten(1)
            self._tensors[names.LOWS].append(flat.amin(1).clamp(max=0.0))
            self._tensors[names.HIGHS].append(flat.amax(1).clamp(min=0.0))
        else:
            self._tensors[names.SCALES].append(scale)
        bias_codes = layer.bias_codes()
        if bias_codes is not None:
            self._tensors[names.BIAS_CODES].append(bias_codes.to(torch.int32))
        elif layer.bias is not None:
            self._tensors[names.BIAS_FLOATS].append(layer.bias)
        self._tensors[names.SENSITIVITY].append(quantizer.sensitivity.reshape(1))
        entry = LayerEntry(
            name=layer.name, kind=layer.kind, shape=tuple(weight.shape), bits=layer.bits, range=quantizer.kind,
            input=None if layer.input_quantizer is None else numbers[id(layer.input_quantizer)],
            bias="codes" if bias_codes is not None else "none" if layer.bias is None else "float",
            deflated=None if small is None else len(small),
        )
        if isinstance(layer, QuantizedConv2d):
            settings = {"stride": layer.stride, "padding": layer.padding, "dilation": layer.dilation,
                        "groups": layer.groups}
            entry = LayerEntry(**{**dict(entry), **settings})
        return entry

    def joined(self) -> dict[str, Any]:
        """The arrays by name; empty ones are left out."""
        result: dict[str, Any] = {name: np.frombuffer(b"".join(parts), dtype=np.uint8)
                                  for name, parts in self._bytes.items()}
        result |= {name: _joined(parts) for name, parts in self._tensors.items() if parts}
        return result


def _joined(parts: list[Tensor]) -> Any:
    return torch.cat([part.detach().cpu() for part in parts]).numpy() if parts else np.zeros(0, dtype=np.float32)
