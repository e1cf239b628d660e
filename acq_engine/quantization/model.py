"""The quantized twin of a teacher: a graph of quantized layers and activation quantizers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import torch
from torch import Tensor, fx, nn

from acq_engine.errors import QuantizationError
from acq_engine.events import LayerInfo
from acq_engine.quantization.activation import ActivationQuantizer, Mode
from acq_engine.quantization.capture import capture
from acq_engine.quantization.float_parts import FloatPart, float_parts
from acq_engine.quantization.graph_ops import attribute
from acq_engine.quantization.insert_quantizers import insert_quantizers
from acq_engine.quantization.integer import IntegerExecutor, real
from acq_engine.quantization.layers import QuantizedLayer
from acq_engine.quantization.report import layer_report
from acq_engine.settings import QuantizationConfig

MODES: tuple[Mode, ...] = ("float", "observe", "quantized")


class QuantizedModel(nn.Module):
    """The student. Made by `quantize_model`; call `calibrate` before mode "quantized" means anything.

    Modes: "float" computes the teacher's function (batch norm folded), "observe" as well while calibration looks at
    the activations, "quantized" rounds weights and activations to their grids with straight-through gradients.

    In mode "quantized", in eval mode and without gradients it computes in integers, as the exported file does in
    a runtime (see `integer`): what is measured then is what the file gives. On devices without float64 (MPS) it
    stays with rounded floats.
    """

    def __init__(
        self, network: fx.GraphModule, config: QuantizationConfig, taps: tuple[str, ...],
        input_shape: tuple[int, ...],
    ) -> None:
        super().__init__()
        self.network = network
        self.config = config
        self.taps = taps
        self.input_shape = input_shape
        self.mode_code: Tensor
        self.register_buffer("mode_code", torch.zeros((), dtype=torch.int8))
        self.register_load_state_dict_post_hook(_restore_mode)  # type: ignore[no-untyped-call]

    @property
    def mode(self) -> Mode:
        """The current mode."""
        return self.layers()[0].mode

    def forward(self, x: Tensor) -> Tensor:
        """Class scores (B, classes) of normalised images (B, C, H, W)."""
        if self.training or self.mode != "quantized" or torch.is_grad_enabled() or x.device.type == "mps":
            return cast(Tensor, self.network(x)[0])
        return cast(Tensor, real(IntegerExecutor(self.network).run(x)[0]))

    def forward_with_taps(self, x: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
        """Class scores and, by tap name, the features (B, C, H, W), quantized; shortcuts with their own bits."""
        logits, *features = self.network(x)
        return logits, dict(zip(self.taps, features, strict=True))

    def set_mode(self, mode: Mode) -> None:
        """Switch all quantizers; see the class.

        Raises:
            QuantizationError: an unknown mode.
        """
        if mode not in MODES:
            raise QuantizationError(f"{mode!r} is not a mode of a quantized model.", hint=f"Modes: {', '.join(MODES)}.")
        for module in self.network.modules():
            if isinstance(module, (QuantizedLayer, ActivationQuantizer)):
                module.mode = mode
        self.mode_code.fill_(MODES.index(mode))

    @property
    def float_parts(self) -> tuple[FloatPart, ...]:
        """What it computes in float; its exported files are judged by this list."""
        return float_parts(self.network)

    def layers(self) -> list[QuantizedLayer]:
        """The quantized layers in the order of computation."""
        called = [attribute(self.network, str(node.target)) for node in self.network.graph.nodes
                  if node.op == "call_module"]
        return [module for module in called if isinstance(module, QuantizedLayer)]

    def activation_quantizers(self) -> list[ActivationQuantizer]:
        """The activation quantizers in the order of computation."""
        called = [attribute(self.network, str(node.target)) for node in self.network.graph.nodes
                  if node.op == "call_module"]
        return [module for module in called if isinstance(module, ActivationQuantizer)]

    def input_quantizers(self) -> list[ActivationQuantizer]:
        """The quantizers of the input image itself; none where the convention leaves it float."""
        called = [attribute(self.network, str(node.target)) for node in self.network.graph.nodes
                  if node.op == "call_module" and any(source.op == "placeholder" for source in node.all_input_nodes)]
        return [module for module in called if isinstance(module, ActivationQuantizer)]

    def weight_parameters(self) -> list[nn.Parameter]:
        """Everything that trains at the student's rate: weights, biases, batch norms that could not be folded."""
        scales = {id(parameter) for parameter in self._all_scales()}
        return [parameter for parameter in self.parameters() if parameter.requires_grad and id(parameter) not in scales]

    def scale_parameters(self) -> list[nn.Parameter]:
        """The natural logarithms of the learned scales; empty where scales are not learned.

        A step of size r changes a scale by the factor exp(r), whatever its size.
        """
        return [parameter for parameter in self._all_scales() if parameter.requires_grad]

    def _all_scales(self) -> list[nn.Parameter]:
        return [layer.weight_quantizer.log_scale for layer in self.layers()] + [
            quantizer.log_scale for quantizer in self.activation_quantizers()
        ]

    def report(self) -> tuple[LayerInfo, ...]:
        """Bits, ranges and errors of every quantized layer."""
        return layer_report(self.network, self.layers())

    def logits_network(self) -> fx.GraphModule:
        """The network without taps: returns class scores alone. Its modules are this model's own."""
        graph = fx.Graph()
        values: dict[fx.Node, fx.Node] = {}
        outputs = graph.graph_copy(self.network.graph, values)
        assert isinstance(outputs, tuple)
        graph.output(outputs[0])
        network = fx.GraphModule(self.network, graph)
        network.graph.eliminate_dead_code()
        network.recompile()
        return network


def quantize_model(
    module: nn.Module, example: Tensor, config: QuantizationConfig, taps: Sequence[str] = (), *,
    legacy: bool = False,
) -> QuantizedModel:
    """Build the student of a teacher; the teacher stays as it is.

    Args:
        module: The teacher: images (B, C, H, W) to class scores (B, classes), float32.
        example: (B, C, H, W), any values, on the teacher's device.
        config: Bits, ranges, convention.
        taps: Module paths of the teacher whose 4-D output `forward_with_taps` returns.
        legacy: As version 0.1 built it, which quantized fewer kinds of layers and folded less batch norm.

    Returns:
        The student on the teacher's device, in mode "float".

    Raises:
        QuantizationError: the teacher can't be turned into a graph, or a tap or layer name is not in it.
    """
    network = capture(module, example, taps, legacy=legacy)
    insert_quantizers(network, config, fold_linear=not legacy)
    # A fresh GraphModule holds what the graph uses and nothing else.
    network = fx.GraphModule(network, network.graph)
    student = QuantizedModel(network, config, tuple(taps), tuple(example.shape[1:]))
    for parameter in student.weight_parameters():
        parameter.requires_grad_(True)
    student.to(example.device)
    student.set_mode("float")
    return student


def restored_student(
    module: nn.Module, example: Tensor, config: QuantizationConfig, state: Mapping[str, Any], taps: Sequence[str] = ()
) -> QuantizedModel:
    """The student that a state was saved of, also where an older version built it in another way.

    Args:
        module: As in `quantize_model`, like all others.
        example: A batch.
        config: Bits, ranges, convention.
        state: Its state dict.
        taps: Module paths.

    Raises:
        QuantizationError: as `quantize_model`.
        RuntimeError: the state is not of this student.
    """
    student = quantize_model(module, example, config, taps)
    # Bits are filled in where a state has none (see `ActivationQuantizer`).
    found = _without_bits(state)
    if _without_bits(student.state_dict()) != found:
        older = quantize_model(module, example, config, taps, legacy=True)
        if _without_bits(older.state_dict()) <= found:
            student = older
    student.load_state_dict(state)
    return student


def _without_bits(state: Mapping[str, Any]) -> set[str]:
    return {name for name in state if not name.endswith(".bit_width")}


def _restore_mode(module: nn.Module, _keys: Any) -> None:
    assert isinstance(module, QuantizedModel)
    module.set_mode(MODES[int(module.mode_code)])
