"""Reading `model.acq.safetensors` again: the quantized model, without the run and without running anybody's code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor, fx, nn

from acq_engine.errors import ModelFileError, first_line
from acq_engine.export.acq import document as names
from acq_engine.export.acq.bit_packing import inflate, packed_size, unpack
from acq_engine.export.acq.document import Document, LayerEntry, read_document
from acq_engine.export.acq.graph import decode_graph
from acq_engine.export.info import ModelFacts
from acq_engine.quantization.activation import ActivationQuantizer
from acq_engine.quantization.fake_quantize import bias_codes, per_channel
from acq_engine.quantization.layers import QuantizedConv2d, QuantizedLayer, QuantizedLinear
from acq_engine.quantization.model import QuantizedModel
from acq_engine.quantization.ranges import channel_scales
from acq_engine.settings import QuantizationConfig

MAX_VALUES = 1 << 28  # of any intermediate result for two images


class LoadedQuantizedModel(QuantizedModel):
    """A quantized model from a file.

    Attributes:
        facts: The float model it came from: exporters need it, and how images become its input.
    """

    def __init__(self, network: fx.GraphModule, document: Document) -> None:
        super().__init__(network, document.quantization, (), document.model.input_shape)
        self.facts: ModelFacts = document.model.facts()


def load_quantized(path: str | Path) -> LoadedQuantizedModel:
    """The quantized model that was exported with the format acq, on the CPU, in mode "quantized" and eval mode.

    It computes what the exported model computed, to the last bit on the same machine. It can be trained on and
    exported again (`acq_engine.export_quantized`).

    Raises:
        ModelFileError: there is no such file, it is damaged, of another kind, or of a newer version.
    """
    path = Path(path)
    if not path.is_file():
        raise ModelFileError("The quantized model can't be opened.", cause=f"{path}: no such file.")
    try:
        with safe_open(str(path), framework="pt") as file:
            document = read_document((file.metadata() or {}).get(names.METADATA_KEY))
            return _built(document, _Reader(file, document))
    except (SafetensorError, OSError) as error:
        raise ModelFileError("The quantized model can't be read.", cause=f"{path}: {error}") from error
    except (ValueError, RuntimeError, TypeError, IndexError, ArithmeticError, AssertionError) as error:
        raise ModelFileError(
            "The quantized model is damaged.", cause=f"{path}: {first_line(error)[:300]}"
        ) from error


class _Reader:
    """Hands out the arrays piece by piece, after their kinds and sizes were checked."""

    def __init__(self, file: Any, document: Document) -> None:
        self._file, self._places = file, dict.fromkeys(file.keys(), 0)
        self._arrays: dict[str, Tensor] = {}
        self._document = document

    def take(self, name: str, count: int, dtype: torch.dtype = torch.float32) -> Tensor:
        """The next `count` values of an array."""
        if name not in self._arrays:
            if name not in self._places:
                raise ValueError(f"the array {name} is missing")
            self._arrays[name] = self._file.get_tensor(name)
        array, start = self._arrays[name], self._places[name]
        if array.dtype != dtype or array.dim() != 1 or start + count > len(array):
            raise ValueError(f"the array {name} is too short or of another type")
        self._places[name] = start + count
        return array[start:start + count].clone()

    def bytes(self, name: str, count: int) -> bytes:
        """The next `count` bytes of an array."""
        return self.take(name, count, torch.uint8).numpy().tobytes()

    def tensor(self, number: int) -> Tensor:
        """A float tensor of the graph."""
        value = self._file.get_tensor(f"{names.TENSOR_PREFIX}{number}")
        return cast(Tensor, value.clone())

    def finish(self) -> None:
        """Refuse what was not used: the file would not be what it says."""
        for name, array in self._arrays.items():
            if self._places[name] != len(array):
                raise ValueError(f"the array {name} is too long")


def _built(document: Document, reader: _Reader) -> LoadedQuantizedModel:
    root = nn.Module()
    for owner in ("layers", "quantizers", "tensors"):
        root.add_module(owner, nn.Module())
    learned = document.quantization.learned_scales
    quantizers = _quantizers(document, reader, learned)
    layers = [_layer(entry, reader, quantizers, document.quantization) for entry in document.layers]
    for owner, modules in (("layers", layers), ("quantizers", quantizers)):
        for number, module in enumerate(modules):
            cast(nn.Module, getattr(root, owner)).add_module(f"{number}", module)
    for number in range(document.tensors):
        cast(nn.Module, root.tensors).register_buffer(f"t{number}", reader.tensor(number))
    reader.finish()
    network = decode_graph(
        document.graph, root, [f"layers.{number}" for number in range(len(layers))],
        [f"quantizers.{number}" for number in range(len(quantizers))],
        [f"tensors.t{number}" for number in range(document.tensors)],
    )
    model = LoadedQuantizedModel(network, document)
    model.set_mode("float")
    _note_shapes(network, document)
    model.set_mode("quantized")
    return model.eval()


def _quantizers(document: Document, reader: _Reader, learned: bool) -> list[ActivationQuantizer]:
    count = len(document.quantizers)
    scales = reader.take(names.ACTIVATION_SCALES, count)
    clipping = reader.take(names.CLIPPING, count)
    logs = _logarithms(scales)
    result = []
    for number, entry in enumerate(document.quantizers):
        quantizer = ActivationQuantizer(entry.name, entry.bits, entry.activation)
        state = {"log_scale": logs[number], "zero_point_code": torch.tensor(entry.zero_point, dtype=torch.int32),
                 "clipping_rate": clipping[number]}
        quantizer.load_state_dict(state)
        quantizer.log_scale.requires_grad_(learned)
        result.append(quantizer)
    return result


def _layer(
    entry: LayerEntry, reader: _Reader, quantizers: list[ActivationQuantizer], config: QuantizationConfig
) -> QuantizedLayer:
    per_tensor = config.weight_scales == "tensor"
    channels, size = entry.shape[0], packed_size(entry.weights, entry.bits)
    data = reader.bytes(names.CODES, size if entry.deflated is None else entry.deflated)
    if entry.deflated is not None:
        data = inflate(data, size)
    codes = torch.from_numpy(unpack(data, entry.bits, entry.weights)).view(entry.shape)
    zero_point = torch.from_numpy(
        unpack(reader.bytes(names.ZERO_POINTS, packed_size(channels, entry.bits)), entry.bits, channels)
    ).float()
    steps = codes.float() - per_channel(zero_point, codes)
    if entry.range == "mse":
        scale = reader.take(names.SCALES, channels)
        log_scale = _logarithms(scale)
        weight = steps * per_channel(scale, steps)
    else:
        low, high = reader.take(names.LOWS, channels), reader.take(names.HIGHS, channels)
        ends = (low.amin().expand_as(low), high.amax().expand_as(high)) if per_tensor else (low, high)
        scale, _ = channel_scales(*ends, entry.bits)
        log_scale = scale.log()
        weight = _with_ends(steps, scale, low, high)
    bias = None
    if entry.bias == "codes":
        bias = reader.take(names.BIAS_CODES, channels, torch.int32).float()
    elif entry.bias == "float":
        bias = reader.take(names.BIAS_FLOATS, channels)
    layer = _made(entry, weight, bias, per_tensor)
    layer.weight_quantizer.load_state_dict({
        "log_scale": log_scale, "zero_point": zero_point, "bit_width": torch.tensor(entry.bits, dtype=torch.int8),
        "sensitivity": reader.take(names.SENSITIVITY, 1)[0],
    })
    layer.weight_quantizer.log_scale.requires_grad_(config.learned_scales and entry.range == "mse")
    if entry.input is not None:
        layer.set_input_quantizer(quantizers[entry.input])
    if entry.bias == "codes" and bias is not None and layer.bias is not None:
        grid = layer.accumulator_scale()
        layer.bias.data = _inverse(bias, bias * grid, lambda value: bias_codes(value, grid))
    return layer


def _made(entry: LayerEntry, weight: Tensor, bias: Tensor | None, per_tensor: bool) -> QuantizedLayer:
    if entry.kind == "linear":
        return QuantizedLinear(entry.name, weight, bias, entry.bits, entry.range, per_tensor=per_tensor)
    return QuantizedConv2d(entry.name, weight, bias, entry.bits, entry.range, stride=entry.stride,
                           padding=entry.padding, dilation=entry.dilation, groups=entry.groups, per_tensor=per_tensor)


def _with_ends(steps: Tensor, scale: Tensor, low: Tensor, high: Tensor) -> Tensor:
    """Weights whose smallest and largest value are the ends again, and whose codes are the stored ones."""
    flat = steps.flatten(1)
    weight = (flat * scale[:, None]).clamp(low[:, None], high[:, None])
    rows = torch.arange(len(flat))
    for place, end in ((flat.argmin(1), low), (flat.argmax(1), high)):
        weight[rows, place] = torch.where(end != 0, end, weight[rows, place])
    return weight.view_as(steps)


def _logarithms(scales: Tensor) -> Tensor:
    """Logarithms whose exponentials are the scales, to the last bit where there are such."""
    if not bool((torch.isfinite(scales) & (scales > 0)).all()):
        raise ValueError("a scale is not above 0")
    return _inverse(scales, scales.double().log().float(), torch.exp)


def _inverse(wanted: Tensor, guess: Tensor, function: Callable[[Tensor], Tensor]) -> Tensor:
    """For each element a float near `guess` at which `function` gives `wanted`; `guess` itself where there is none."""
    found, below, above = guess.clone(), guess, guess
    missing = function(guess) != wanted
    for _ in range(4):
        below, above = torch.nextafter(below, below - 1), torch.nextafter(above, above + 1)
        for candidate in (below, above):
            hit = missing & (function(candidate) == wanted)
            found = torch.where(hit, candidate, found)
            missing = missing & ~hit
    return found


class _Shapes(fx.Interpreter):
    """Runs a graph on shapes alone and notes what each node gives."""

    def __init__(self, network: fx.GraphModule) -> None:
        super().__init__(network)
        self.found: dict[fx.Node, Any] = {}

    def run_node(self, n: fx.Node) -> Any:
        value = super().run_node(n)
        for part in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(part, Tensor) and part.numel() > MAX_VALUES:
                raise ValueError(f"a result of the network would have {part.numel():,} values")
        self.found[n] = value
        return value


def _note_shapes(network: fx.GraphModule, document: Document) -> None:
    """Check that the network runs, within bounds, and note shapes for the exporters, in `meta["val"]`.

    Two batch sizes tell the batch dimension from the others.
    """
    from torch._subclasses.fake_tensor import FakeTensorMode

    runs = []
    for batch in (2, 3):
        shapes = _Shapes(network)
        with FakeTensorMode(allow_non_fake_inputs=True), torch.no_grad():
            result = shapes.run(torch.empty(batch, *document.model.input_shape))[0]
        if not isinstance(result, Tensor) or tuple(result.shape) != (batch, document.model.num_classes):
            raise ValueError("the network does not answer with one number for each class")
        runs.append(shapes.found)
    for node in network.graph.nodes:
        two, three = (found[node] for found in runs)
        if isinstance(two, Tensor) and two.dim() > 0 and two.shape[1:] == three.shape[1:]:
            node.meta["val"] = two
