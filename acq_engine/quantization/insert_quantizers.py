"""Where quantizers go.

Convention B, what a runtime executes: the input (8 bit), every activation function (k bit; gates 8), add, mul and cat
(k), pools and means (8), layers whose output goes elsewhere than into ReLU or ReLU6 (8: a runtime computes a layer in
integers only if a quantizer follows, and SiLU and its like are no clip of codes), and whatever else feeds a
layer (8). What something else than a layer reads gets `shortcut_bits` (8) instead of k, and k where a layer reads it as
well: only layers multiply, and rounding to k bits adds up along residual sums (decision 17). The first activation
function's output has 8 bits where a depthwise convolution reads it (decision 25). Convention A, what papers report:
activation functions only. Batch norm is folded into the layer in front of it in both: with one scale per output channel
that changes nothing but the bias. Logits stay float.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor, fx

from acq_engine.errors import QuantizationError
from acq_engine.quantization.activation import ActivationQuantizer, FusedActivation
from acq_engine.quantization.graph_ops import (
    GATES,
    JOINS,
    LAYERS,
    POOLS,
    argument,
    attribute,
    consumers,
    fake_value,
    is_activation,
    is_clip,
    is_move,
    is_relu6,
    module_path,
    op_name,
)
from acq_engine.quantization.layers import QuantizedConv2d, QuantizedLayer, QuantizedLinear
from acq_engine.settings import QuantizationConfig

FEW_WEIGHTS = 64  # of a 1-D convolution over channels: 8 bits of them cost nothing, and they weigh whole channels


def insert_quantizers(graph_module: fx.GraphModule, config: QuantizationConfig, *, fold_linear: bool = True) -> None:
    """Rewrite a captured graph in place: quantized layers, activation quantizers, folded batch norm.

    Args:
        graph_module: See `capture`.
        config: Bits, ranges, convention.
        fold_linear: Fold batch norm into linear layers, too. Students of older versions kept it.

    Raises:
        QuantizationError: no layer can be quantized, or `config.layer_bits` names one that is not there.
    """
    _replace_layers(graph_module, config, fold_linear)
    counts = _insert_quantizers(graph_module, config)
    _widen_shortcuts(graph_module, config, counts)
    _link_inputs(graph_module, config, counts)
    for module in graph_module.modules():
        if isinstance(module, ActivationQuantizer):
            module.symmetric = config.activation_grid == "symmetric"
    graph_module.graph.eliminate_dead_code()
    graph_module.delete_all_unused_submodules()
    graph_module.graph.lint()
    graph_module.recompile()


def _replace_layers(graph_module: fx.GraphModule, config: QuantizationConfig, fold_linear: bool) -> None:
    nodes = [node for node in graph_module.graph.nodes if op_name(node) in LAYERS and _has_fixed_weight(node)]
    if not nodes:
        raise QuantizationError("The model has no convolution or linear layer that can be quantized.")
    names = _unique([_layer_name(node) for node in nodes])
    unknown = sorted(set(config.layer_bits) - set(names))
    if unknown:
        raise QuantizationError(
            "Bits are set for layers that the model does not have.",
            cause=", ".join(unknown),
            hint=f"Its layers are: {', '.join(names[:20])}{' ...' if len(names) > 20 else ''}.",
        )
    sizes = [attribute(graph_module, str(argument(node, "weight").target)).numel() for node in nodes]
    defaults = dict.fromkeys(names, config.weight_bits)
    for node, name, size in zip(nodes, names, sizes, strict=True):
        if node.meta.get("rewritten") and size <= FEW_WEIGHTS:
            defaults[name] = 8
    defaults[names[-1]] = config.last_bits(sizes[-1], sum(sizes))
    defaults[names[0]] = config.first_last_bits()
    for node, name in zip(nodes, names, strict=True):
        default = defaults[name]
        _replace_layer(graph_module, node, name, config.layer_bits.get(name, default), config, fold_linear)


def _replace_layer(
    graph_module: fx.GraphModule, node: fx.Node, name: str, bits: int, config: QuantizationConfig, fold_linear: bool
) -> None:
    graph = graph_module.graph
    weight = attribute(graph_module, str(argument(node, "weight").target))
    bias = _value(graph_module, argument(node, "bias"))
    last = node
    norm = _batch_norm_behind(node)
    if norm is not None and (op_name(node) == "conv2d" or fold_linear):
        _refuse_tap(node, norm)
        weight, bias = _fold_batch_norm(graph_module, norm, weight, bias)
        if norm.args[0] is node:
            last = norm
        else:  # the rows of a linear layer are joined in between, and stay so
            rows = norm.args[0]
            assert isinstance(rows, fx.Node)
            norm.replace_all_uses_with(rows)
            graph.erase_node(norm)
    per_tensor = config.weight_scales == "tensor"
    if op_name(node) == "conv2d":
        layer: QuantizedLayer = QuantizedConv2d(
            name, weight, bias, bits, config.weight_range,
            stride=_pair(argument(node, "stride")), padding=_padding(argument(node, "padding")),
            dilation=_pair(argument(node, "dilation")), groups=int(argument(node, "groups")),
            per_tensor=per_tensor,
        )
    else:
        layer = QuantizedLinear(name, weight, bias, bits, config.weight_range, per_tensor=per_tensor)
    layer.weight_quantizer.log_scale.requires_grad_(config.learned_scales and config.weight_range == "mse")
    target = f"layers.{_attribute_name(name)}"
    graph_module.add_submodule(target, layer)
    with graph.inserting_after(last):
        replacement = graph.call_module(target, (argument(node, "input"),))
    replacement.meta = dict(last.meta)
    last.replace_all_uses_with(replacement)
    if last is not node:
        graph.erase_node(last)
    graph.erase_node(node)


def _batch_norm_behind(node: fx.Node) -> fx.Node | None:
    """The batch norm of a layer's output channels, where nothing else reads them.

    Those of a linear layer are in the last dimension: it must be the second, perhaps after joining the rows.
    """
    users = consumers(node)
    if len(users) != 1:
        return None
    if op_name(node) == "conv2d":
        return users[0] if op_name(users[0]) == "batch_norm" else None
    value, after = fake_value(node), fake_value(users[0])
    if value is None or after is None or len(node.users) != 1:
        return None
    if op_name(users[0]) == "batch_norm":
        return users[0] if value.dim() == 2 else None
    joins = op_name(users[0]) in ("flatten", "view", "reshape", "_unsafe_view") and after.dim() == 2
    return _batch_norm_behind(users[0]) if joins and after.shape[-1] == value.shape[-1] else None


def _refuse_tap(layer: fx.Node, batch_norm: fx.Node) -> None:
    if any(user.op == "output" for user in layer.users):
        raise QuantizationError(
            f"The features of {module_path(layer)!r} can't be compared.",
            cause="Its batch norm is folded into it.",
            hint=f"Use {module_path(batch_norm)!r} instead.",
        )


def _fold_batch_norm(
    graph_module: fx.GraphModule, node: fx.Node, weight: Tensor, bias: Tensor | None
) -> tuple[Tensor, Tensor]:
    gamma, beta = _value(graph_module, argument(node, "weight")), _value(graph_module, argument(node, "bias"))
    mean = _value(graph_module, argument(node, "running_mean"))
    variance = _value(graph_module, argument(node, "running_var"))
    assert mean is not None and variance is not None
    # In float64: the folded network should differ from the teacher by rounding of its weights alone. On the CPU:
    # Apple's devices have no float64.
    factor = torch.rsqrt(_exact(variance) + float(argument(node, "eps")))
    if gamma is not None:
        factor = factor * _exact(gamma)
    folded_bias = ((_exact(bias) if bias is not None else 0.0) - _exact(mean)) * factor
    if beta is not None:
        folded_bias = folded_bias + _exact(beta)
    folded = _exact(weight) * factor.view(-1, *([1] * (weight.dim() - 1)))
    return folded.to(weight), folded_bias.to(weight)


def _exact(value: Tensor) -> Tensor:
    return value.cpu().double()


def _insert_quantizers(graph_module: fx.GraphModule, config: QuantizationConfig) -> dict[str, int]:
    """Returns how many quantizers each path has, for the names of further ones."""
    counts: dict[str, int] = {}
    nodes: list[fx.Node] = list(graph_module.graph.nodes)
    first = next((node for node in nodes if is_activation(node) and op_name(node) not in GATES), None)
    for node in nodes:
        bits = _output_bits(node, config)
        feeds_depthwise = node is first and _is_read_by_depthwise(graph_module, node)
        if node is first:
            bits = config.bits_of_first_output(read_by_depthwise=feeds_depthwise)
        if bits is not None and consumers(node):
            quantized = insert_quantizer(graph_module, node, bits, counts, learned=config.learned_scales)
            if node is first:
                quantizer = _quantizer(graph_module, quantized)
                quantizer.is_first_output, quantizer.feeds_depthwise = True, feeds_depthwise
    return counts


def _quantizer(graph_module: fx.GraphModule, node: fx.Node) -> ActivationQuantizer:
    found = attribute(graph_module, str(node.target))
    assert isinstance(found, ActivationQuantizer)
    return found


def _is_read_by_depthwise(graph_module: fx.GraphModule, node: fx.Node) -> bool:
    layers = [attribute(graph_module, str(user.target)) for _, user in _readers(node) if _is_layer(user)]
    return any(isinstance(layer, QuantizedConv2d) and layer.groups > 1 and layer.weight.shape[1] == 1
               for layer in layers)


def _output_bits(node: fx.Node, config: QuantizationConfig) -> int | None:
    """Bits of the quantizer behind a node, None for none."""
    if config.convention == "A":
        return config.common_activation_bits() if is_activation(node) else None
    if node.op == "placeholder":
        return 8
    if is_activation(node):
        return 8 if op_name(node) in GATES else config.common_activation_bits()
    users = consumers(node)
    if len(users) == 1 and is_activation(users[0]) and (is_clip(users[0]) or not _is_layer(node)):
        return None  # the activation function's own quantizer follows
    if _is_layer(node) or op_name(node) == "batch_norm":
        return None if len(users) == 1 and op_name(users[0]) == "batch_norm" else 8
    if fake_value(node) is None:
        return None
    if op_name(node) in JOINS:
        return None if _keeps_off_zero(node) else config.common_activation_bits()
    return 8 if op_name(node) in POOLS else None


def _keeps_off_zero(node: fx.Node) -> bool:
    """A small constant added to what is divided by: on a grid it would be rounded away, and 0 / 0 is no number."""
    numbers = [value for value in node.args if not isinstance(value, fx.Node)]
    return op_name(node) == "add" and bool(numbers) and all(_is_divisor(node, user) for user in consumers(node))


def _is_divisor(node: fx.Node, user: fx.Node) -> bool:
    if is_move(user):
        return all(_is_divisor(user, after) for after in consumers(user))
    if op_name(user) == "div":
        return len(user.args) > 1 and user.args[1] is node and user.args[0] is not node
    return op_name(user) in ("rsqrt", "reciprocal", "log")


def insert_quantizer(
    graph_module: fx.GraphModule, node: fx.Node, bits: int, counts: dict[str, int], *, learned: bool
) -> fx.Node:
    """Put an ActivationQuantizer behind `node` for all its users; a ReLU or ReLU6 `node` is joined into it."""
    graph = graph_module.graph
    fused: FusedActivation = "none"
    source: Any = node
    if op_name(node) == "relu":
        fused, source = "relu", node.args[0]
    elif is_relu6(node):
        fused, source = "relu6", node.args[0]
    name = _numbered(module_path(node) or op_name(node) or "input", counts)
    quantized = _add_quantizer(graph_module, node, source, ActivationQuantizer(name, bits, fused), learned=learned)
    node.replace_all_uses_with(quantized, delete_user_cb=lambda user: user is not quantized)
    if fused != "none":
        graph.erase_node(node)
    return quantized


def _numbered(path: str, counts: dict[str, int]) -> str:
    counts[path] = counts.get(path, 0) + 1
    return path if counts[path] == 1 else f"{path}#{counts[path] - 1}"


def _add_quantizer(
    graph_module: fx.GraphModule, after: fx.Node, source: Any, quantizer: ActivationQuantizer, *, learned: bool
) -> fx.Node:
    """The call of a new quantizer of `source`, standing after the node `after`; nothing uses it yet."""
    quantizer.log_scale.requires_grad_(learned)
    target = f"quantizers.{_attribute_name(quantizer.name)}"
    while target in dict(graph_module.named_modules()):  # two names may become one: "a_.b" and "a._b"
        target += "_"
    graph_module.add_submodule(target, quantizer)
    with graph_module.graph.inserting_after(after):
        quantized = graph_module.graph.call_module(target, (source,))
    quantized.meta = dict(after.meta)
    return quantized


def _widen_shortcuts(graph_module: fx.GraphModule, config: QuantizationConfig, counts: dict[str, int]) -> None:
    """`shortcut_bits` for what goes elsewhere than into layers; layers that read it too get their own k bits of it."""
    bits = config.bits_of_shortcuts()
    for node in list(graph_module.graph.nodes):
        quantizer = attribute(graph_module, str(node.target)) if node.op == "call_module" else None
        if not isinstance(quantizer, ActivationQuantizer) or quantizer.bits >= bits:
            continue
        readers = list(_readers(node))
        layers = [(source, user) for source, user in readers if _is_layer(user)]
        if len(layers) == len(readers):
            continue
        narrow = quantizer.bits
        quantizer.set_bits(bits)
        own: dict[fx.Node, fx.Node] = {}
        for source, layer in layers:
            if source not in own:
                name = _numbered(quantizer.name.partition("#")[0], counts)
                own[source] = _add_quantizer(graph_module, source, source, ActivationQuantizer(name, narrow),
                                             learned=config.learned_scales)
            layer.replace_input_with(source, own[source])


def _readers(node: fx.Node) -> Iterator[tuple[fx.Node, fx.Node]]:
    """Pairs of a node that holds the quantized values, perhaps moved, and one that computes with it."""
    for user in consumers(node):
        if is_move(user):
            yield from _readers(user)
        else:
            yield node, user


def _link_inputs(graph_module: fx.GraphModule, config: QuantizationConfig, counts: dict[str, int]) -> None:
    """Tell each layer on whose grid its input lies; in convention B give it one where there is none."""
    for node in list(graph_module.graph.nodes):
        if not _is_layer(node):
            continue
        layer = attribute(graph_module, str(node.target))
        source = source_quantizer(graph_module, node.args[0])
        if source is None and config.convention == "B":
            before = node.args[0]
            quantized = insert_quantizer(graph_module, before, 8, counts, learned=config.learned_scales)
            source = attribute(graph_module, str(quantized.target))
        layer.set_input_quantizer(source)


def source_quantizer(graph_module: fx.GraphModule, node: Any) -> ActivationQuantizer | None:
    """The quantizer whose grid the node's values lie on, looked for through operators that only move values."""
    while isinstance(node, fx.Node):
        if node.op == "call_module":
            module = attribute(graph_module, str(node.target))
            return module if isinstance(module, ActivationQuantizer) else None
        if not is_move(node):
            return None
        node = node.args[0]
    return None


def _is_layer(node: fx.Node) -> bool:
    return node.op == "call_module" and str(node.target).startswith("layers.")


def _has_fixed_weight(node: fx.Node) -> bool:
    weight = argument(node, "weight")
    return isinstance(weight, fx.Node) and weight.op == "get_attr"


def _layer_name(node: fx.Node) -> str:
    path, _, call = module_path(node).partition("@")
    owner, _, leaf = str(argument(node, "weight").target).rpartition(".")
    if leaf == "weight" and owner:
        path = owner
    return f"{path or op_name(node)}@{call}" if call else path or op_name(node)


def _unique(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name}#{seen[name] - 1}")
    return result


def _attribute_name(name: str) -> str:
    """A dotted name as one attribute name; "_" is doubled so that different names stay different."""
    return "".join({".": "_", "_": "__", "@": "_at_", "#": "_no_"}.get(letter, letter) for letter in name)


def _value(graph_module: fx.GraphModule, node: Any) -> Tensor | None:
    if not isinstance(node, fx.Node):
        return None
    value = attribute(graph_module, str(node.target))
    assert isinstance(value, Tensor)
    return value.detach()


def _pair(value: Any) -> tuple[int, int]:
    values = [int(part) for part in value] if isinstance(value, (list, tuple)) else [int(value)]
    return (values[0], values[-1])


def _padding(value: Any) -> tuple[int, int] | str:
    return value if isinstance(value, str) else _pair(value)
