"""From a torch module to a graph of ATen operators: functional, without dropout, constants computed beforehand.

The batch dimension stays free, a module that is called twice appears twice, and each node remembers the module it
came from, so that layers keep their names.
"""

from __future__ import annotations

import copy
import logging

import torch
from torch import Tensor, fx, nn

from acq_engine.errors import QuantizationError
from acq_engine.quantization.graph_ops import DROPOUTS, argument, attribute, is_move, op_name

log = logging.getLogger(__name__)


def capture(module: nn.Module, example: Tensor) -> fx.GraphModule:
    """The graph of `module` in eval mode; the module itself is not changed.

    Args:
        module: Takes one image batch (B, C, H, W) and returns class scores (B, classes); float32.
        example: A batch of the right shape on the module's device.

    Raises:
        QuantizationError: the module can't be exported, or is no image classifier of this form.
    """
    twin = copy.deepcopy(module).eval()
    for parameter in twin.parameters():
        parameter.requires_grad_(False)
    batch = example if example.shape[0] > 1 else torch.cat([example, example])
    try:
        program = torch.export.export(
            twin, (batch,), dynamic_shapes=({0: torch.export.Dim.DYNAMIC},), strict=False
        )
        if not _make_functional(program.graph_module):
            program = program.run_decompositions({})
        captured = program.module(check_guards=False)
    except Exception as error:  # torch.export raises many kinds, of user code too
        log.debug("torch.export failed", exc_info=True)
        raise QuantizationError(
            "The model can't be turned into a graph.",
            cause=f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else ''}",
            hint="The forward pass must not depend on the values in the picture, and must allow any batch size.",
        ) from error
    graph = captured.graph
    graph.set_codegen(fx.graph.CodeGen())
    graph_module = fx.GraphModule(captured, graph)
    _check_inputs_and_outputs(graph_module)
    _simplify_batch_norm(graph_module)
    _erase_dropout(graph_module)
    _compute_constants(graph_module)
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


def _check_inputs_and_outputs(graph_module: fx.GraphModule) -> None:
    inputs = [node for node in graph_module.graph.nodes if node.op == "placeholder"]
    used = [node for node in inputs if node.users]
    outputs = graph_module.graph.output_node().args[0]
    results = list(outputs) if isinstance(outputs, (tuple, list)) else [outputs]
    if len(used) != 1:
        raise QuantizationError(
            "The model must take one batch of pictures.", cause=f"It takes {len(used)} tensors."
        )
    value = results[0].meta.get("val") if isinstance(results[0], fx.Node) else None
    if len(results) != 1 or not isinstance(value, Tensor) or value.dim() != 2:
        shape = tuple(value.shape) if isinstance(value, Tensor) else "none"
        raise QuantizationError(
            "The model must return one score for each class.",
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
            value = node.target(*args, **kwargs)  # type: ignore[operator]
        if not isinstance(value, Tensor):
            continue
        name = f"constant_{index}"
        graph_module.register_buffer(name, value.detach().clone())
        with graph.inserting_before(node):
            constant = graph.get_attr(name)
        constant.meta = dict(node.meta)
        node.replace_all_uses_with(constant)
        graph.erase_node(node)
