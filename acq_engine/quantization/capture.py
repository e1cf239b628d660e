"""From a torch module to a graph of ATen operators: functional, without dropout, constants computed beforehand.

The batch dimension stays free, a module that is called twice appears twice, and each node remembers the module it
came from, so that layers keep their names.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Sequence
from typing import Any, cast

import torch
from torch import Tensor, fx, nn

from acq_engine.errors import AcqError, QuantizationError, first_line
from acq_engine.models.wrappers import inline_parts
from acq_engine.quantization.graph_ops import DROPOUTS, argument, attribute, fake_value, in_module, is_move, op_name
from acq_engine.quantization.pools import rewrite_pools
from acq_engine.quantization.rewrites import rewrite_layers

log = logging.getLogger(__name__)


def capture(
    module: nn.Module, example: Tensor, taps: Sequence[str] = (), *, legacy: bool = False
) -> fx.GraphModule:
    """The graph of `module` in eval mode; the module itself is not changed.

    Args:
        module: Takes one image batch (B, C, H, W) and returns class scores (B, classes); float32.
        example: A batch of the right shape on the module's device.
        taps: Module paths whose 4-D outputs are further results, also where the class scores don't depend on them.
        legacy: As version 0.1 did: layers that are written in another way stay as they are (`rewrites`).

    Raises:
        QuantizationError: the module can't be exported, is no image classifier of this form, or has no such tap.
    """
    twin = copy.deepcopy(module).eval()
    for parameter in twin.parameters():
        parameter.requires_grad_(False)
    batch = example if example.shape[0] > 1 else torch.cat([example, example])
    try:
        program = torch.export.export(
            twin, (batch,), dynamic_shapes=({0: torch.export.Dim.DYNAMIC},), strict=False
        )
        inline_parts(program.graph_module)
        if not _make_functional(program.graph_module):
            program = program.run_decompositions({})
        captured = program.module(check_guards=False)
    except AcqError:
        raise
    except Exception as error:  # torch.export raises many kinds, of user code too
        log.debug("torch.export failed", exc_info=True)
        raise QuantizationError(
            "The model can't be traced to a graph.",
            cause=f"{type(error).__name__}: {first_line(error)}",
            hint="The forward pass must not depend on the image's values, and must support any batch size.",
        ) from error
    graph = captured.graph
    graph.set_codegen(fx.graph.CodeGen())
    graph_module = fx.GraphModule(captured, graph)
    _check_inputs_and_outputs(graph_module)
    _simplify_batch_norm(graph_module)
    _simplify_pools(graph_module)
    rewrite_pools(graph_module)
    _simplify_splits(graph_module)
    _erase_dropout(graph_module)
    _compute_constants(graph_module)
    if not legacy:
        _simplify_shapes(graph_module)
        rewrite_layers(graph_module)
    _add_taps(graph_module, taps)
    graph.eliminate_dead_code()
    graph.lint()
    return fx.GraphModule(graph_module, graph)


def _make_functional(graph_module: fx.GraphModule) -> bool:
    """Replace in-place operators by their functional twins where that changes nothing; False where it might."""
    replaced = []
    for node in graph_module.graph.nodes:
        schema = getattr(node.target, "_schema", None)
        if node.op != "call_function" or schema is None or not schema.is_mutable:
            continue
        changed = node.args[0] if node.args else None
        functional = getattr(torch.ops.aten, op_name(node), None)
        overload = getattr(functional, schema.overload_name or "default", None)
        if not isinstance(changed, fx.Node) or overload is None or not schema.name.endswith("_"):
            return False
        if len(changed.users) != 1 or is_move(changed) or changed.op != "call_function":
            return False
        replaced.append((node, overload))
    for node, overload in replaced:
        node.target = overload
    return True


def _add_taps(network: fx.GraphModule, taps: Sequence[str]) -> None:
    output = network.graph.output_node()
    logits = cast(Any, output.args[0])
    found = []
    for path in taps:
        nodes = [node for node in network.graph.nodes if node.op == "call_function" and in_module(node, path)]
        value = nodes[-1].meta.get("val") if nodes else None
        if not isinstance(value, Tensor) or value.dim() != 4:
            raise QuantizationError(
                f"The features of {path!r} can't be compared.",
                cause="The model has no such layer." if not nodes else "Its output is not a feature map.",
                hint="Name a module whose output has the shape (batch, channels, height, width).",
            )
        found.append(nodes[-1])
    output.args = ((logits[0], *found),)


def _check_inputs_and_outputs(graph_module: fx.GraphModule) -> None:
    inputs = [node for node in graph_module.graph.nodes if node.op == "placeholder"]
    used = [node for node in inputs if node.users]
    outputs = graph_module.graph.output_node().args[0]
    results = list(outputs) if isinstance(outputs, (tuple, list)) else [outputs]
    if len(used) != 1:
        raise QuantizationError(
            "The model must take one batch of images.", cause=f"It takes {len(used)} tensors."
        )
    value = results[0].meta.get("val") if isinstance(results[0], fx.Node) else None
    if len(results) != 1 or not isinstance(value, Tensor) or value.dim() != 2:
        shape = tuple(value.shape) if isinstance(value, Tensor) else "none"
        raise QuantizationError(
            "The model must return one logit per class.",
            cause=f"It returns {len(results)} values; the first one's shape is {shape}.",
        )


def _simplify_batch_norm(graph_module: fx.GraphModule) -> None:
    graph = graph_module.graph
    for node in list(graph.nodes):
        if op_name(node) != "_native_batch_norm_legit_no_training":
            continue
        x, weight, bias, mean, variance, momentum, eps = node.args
        with graph.inserting_before(node):
            simple = graph.call_function(
                torch.ops.aten.batch_norm.default,
                (x, weight, bias, mean, variance, False, momentum, eps, False),
            )
        for user in list(node.users):
            simple.meta = dict(user.meta)
            user.replace_all_uses_with(simple)
            graph.erase_node(user)
        graph.erase_node(node)


def _simplify_pools(graph_module: fx.GraphModule) -> None:
    """Global pooling has many spellings; leave one. Other adaptive pools become plain ones where sizes divide."""
    graph = graph_module.graph
    for node in list(graph.nodes):
        name = op_name(node)
        if name not in ("mean", "adaptive_avg_pool2d"):
            continue
        source = node.args[0]
        value = fake_value(source) if isinstance(source, fx.Node) else None
        if value is None or value.dim() != 4 or not all(isinstance(size, int) for size in value.shape[2:]):
            continue
        size = tuple(value.shape[2:])
        keep = True
        if name == "mean":
            dims = argument(node, "dim") if len(node.args) > 1 else None
            keep = bool(len(node.args) > 2 and node.args[2])
            if dims is None or sorted(dim % 4 for dim in dims) != [2, 3] or argument(node, "dtype") is not None:
                continue
            target = (1, 1)
        else:
            wanted = argument(node, "output_size")
            target = (int(wanted[0]), int(wanted[-1]))
        with graph.inserting_before(node):
            if target == (1, 1):
                pooled = graph.call_function(torch.ops.aten.adaptive_avg_pool2d.default, (source, [1, 1]))
            elif target == size:
                pooled = source
            elif size[0] % target[0] == 0 and size[1] % target[1] == 0:
                kernel = [size[0] // target[0], size[1] // target[1]]
                pooled = graph.call_function(torch.ops.aten.avg_pool2d.default, (source, kernel, kernel))
            else:
                continue
            if pooled is not source:
                pooled.meta = dict(node.meta)
            if not keep:
                pooled.meta["val"] = value.new_empty((*value.shape[:2], 1, 1))
                pooled = graph.call_function(torch.ops.aten.flatten.using_ints, (pooled, 1))
                pooled.meta = dict(node.meta)
        node.replace_all_uses_with(pooled)
        graph.erase_node(node)


def _simplify_splits(graph_module: fx.GraphModule) -> None:
    """Chunks and splits become slices: runtimes know no tensor lists on their integer path."""
    graph = graph_module.graph
    for node in list(graph.nodes):
        parts = node.meta.get("val")
        if op_name(node) not in ("chunk", "split", "split_with_sizes") or not isinstance(parts, (list, tuple)):
            continue
        dim = int(argument(node, "dim"))
        sizes = [part.shape[dim] for part in parts]
        if any(op_name(user) != "getitem" for user in node.users) or not all(isinstance(size, int) for size in sizes):
            continue
        for user in list(node.users):
            index = int(user.args[1])
            start = sum(sizes[:index])
            with graph.inserting_before(user):
                part = graph.call_function(
                    torch.ops.aten.slice.Tensor, (node.args[0], dim, start, start + sizes[index])
                )
            part.meta = dict(user.meta)
            user.replace_all_uses_with(part)
            graph.erase_node(user)
        graph.erase_node(node)


def _simplify_shapes(graph_module: fx.GraphModule) -> None:
    """A shape that is another tensor's becomes numbers, so that it does not count as a reader of that tensor."""
    graph = graph_module.graph
    for node in list(graph.nodes):
        value = fake_value(node) if op_name(node) in ("reshape_as", "view_as") else None
        if value is None or not all(isinstance(size, int) for size in value.shape[1:]):
            continue
        with graph.inserting_before(node):
            shape = [-1, *(int(size) for size in value.shape[1:])]
            plain = graph.call_function(torch.ops.aten.reshape.default, (node.args[0], shape))
        plain.meta = dict(node.meta)
        node.replace_all_uses_with(plain)
        graph.erase_node(node)


def _erase_dropout(graph_module: fx.GraphModule) -> None:
    for node in list(graph_module.graph.nodes):
        if op_name(node) in DROPOUTS:
            source = argument(node, "input")
            node.replace_all_uses_with(source)
            graph_module.graph.erase_node(node)


def _compute_constants(graph_module: fx.GraphModule) -> None:
    """Compute now what depends on parameters alone (weight standardisation, for one)."""
    graph = graph_module.graph
    for index, node in enumerate(list(graph.nodes)):
        sources = node.all_input_nodes
        if node.op != "call_function" or not sources or any(source.op != "get_attr" for source in sources):
            continue
        args, kwargs = fx.node.map_arg(
            (node.args, node.kwargs), lambda source: attribute(graph_module, str(source.target))
        )
        with torch.no_grad():
            value = node.target(*args, **kwargs)
        if not isinstance(value, Tensor):
            continue
        name = f"constant_{index}"
        graph_module.register_buffer(name, value.detach().clone())
        with graph.inserting_before(node):
            constant = graph.get_attr(name)
        constant.meta = dict(node.meta)
        node.replace_all_uses_with(constant)
        graph.erase_node(node)
