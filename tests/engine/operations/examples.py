"""A small use of every operator of the table, as it occurs in classifiers: feature maps (B, 8, 6, 6) to a tensor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

aten = torch.ops.aten
CHANNELS, SIDE = 8, 6

Use = Callable[[Any, Tensor], Tensor]


def _tokens(x: Tensor) -> Tensor:
    return x.flatten(2).transpose(1, 2)


EXAMPLES: dict[str, Use] = {
    # Activation functions.
    "relu": lambda net, x: F.relu(x), "relu6": lambda net, x: aten.relu6(x),
    "hardtanh": lambda net, x: F.hardtanh(x), "hardswish": lambda net, x: F.hardswish(x),
    "hardsigmoid": lambda net, x: F.hardsigmoid(x), "silu": lambda net, x: F.silu(x),
    "leaky_relu": lambda net, x: F.leaky_relu(x, 0.1), "gelu": lambda net, x: F.gelu(x),
    "elu": lambda net, x: F.elu(x), "selu": lambda net, x: F.selu(x), "celu": lambda net, x: F.celu(x),
    "mish": lambda net, x: F.mish(x), "sigmoid": lambda net, x: torch.sigmoid(x),
    "tanh": lambda net, x: torch.tanh(x), "softplus": lambda net, x: F.softplus(x),
    "prelu": lambda net, x: F.prelu(x, net.slope), "threshold": lambda net, x: F.threshold(x, 0.1, 0.0),
    "hardshrink": lambda net, x: F.hardshrink(x), "softshrink": lambda net, x: F.softshrink(x),
    "log_sigmoid": lambda net, x: F.logsigmoid(x), "glu": lambda net, x: F.glu(x, 1),
    # Arithmetic.
    "add": lambda net, x: x + net.conv(x), "sub": lambda net, x: x - net.conv(x),
    "mul": lambda net, x: x * net.conv(x), "div": lambda net, x: x / (net.conv(x).abs() + 1),
    "neg": lambda net, x: -x, "rsub": lambda net, x: torch.rsub(x, 1.0), "pow": lambda net, x: x.pow(2),
    "sqrt": lambda net, x: torch.sqrt(F.relu(x) + 1), "rsqrt": lambda net, x: torch.rsqrt(F.relu(x) + 1),
    "exp": lambda net, x: torch.exp(-x.abs()), "log": lambda net, x: torch.log(F.relu(x) + 1),
    "log1p": lambda net, x: torch.log1p(F.relu(x)), "abs": lambda net, x: x.abs(),
    "square": lambda net, x: torch.square(x), "reciprocal": lambda net, x: torch.reciprocal(F.relu(x) + 1),
    "clamp": lambda net, x: x.clamp(-1, 2), "clamp_min": lambda net, x: torch.clamp_min(x, -0.5),
    "clamp_max": lambda net, x: torch.clamp_max(x, 0.5), "minimum": lambda net, x: torch.minimum(x, net.conv(x)),
    "maximum": lambda net, x: torch.maximum(x, net.conv(x)), "floor": lambda net, x: torch.floor(4 * x),
    "ceil": lambda net, x: torch.ceil(4 * x), "round": lambda net, x: torch.round(4 * x),
    "sign": lambda net, x: torch.sign(x), "sin": lambda net, x: torch.sin(x), "cos": lambda net, x: torch.cos(x),
    "erf": lambda net, x: torch.erf(x), "where": lambda net, x: torch.where(x > 0, x, 0.1 * net.conv(x)),
    "masked_fill": lambda net, x: x.masked_fill(x < 0, 0.0),
    "addcmul": lambda net, x: torch.addcmul(x, x, net.conv(x)),
    "addcdiv": lambda net, x: torch.addcdiv(x, x, net.conv(x).abs() + 1),
    # Sums, and what is made of them.
    "mean": lambda net, x: x * x.mean(1, keepdim=True), "sum": lambda net, x: x * x.sum(1, keepdim=True),
    "amax": lambda net, x: x * x.amax((2, 3), keepdim=True), "amin": lambda net, x: x * x.amin(1, keepdim=True),
    "max": lambda net, x: x * x.max(1, keepdim=True)[0], "min": lambda net, x: x * x.min(1, keepdim=True)[0],
    "var": lambda net, x: x * x.var(1, keepdim=True), "std": lambda net, x: x * x.std(1, keepdim=True),
    "var_mean": lambda net, x: x - torch.var_mean(x, 1, keepdim=True)[1],
    "std_mean": lambda net, x: x - torch.std_mean(x, 1, keepdim=True)[1],
    "logsumexp": lambda net, x: x - torch.logsumexp(x, 1, keepdim=True),
    "linalg_vector_norm": lambda net, x: x / (torch.linalg.vector_norm(x, dim=1, keepdim=True) + 1),
    "softmax": lambda net, x: x * x.softmax(1), "log_softmax": lambda net, x: x.log_softmax(1),
    "_softmax": lambda net, x: aten._softmax(x, 1, False),
    "_log_softmax": lambda net, x: aten._log_softmax(x, 1, False),
    # Pools.
    "max_pool2d": lambda net, x: F.max_pool2d(x, 3, 2, 1), "avg_pool2d": lambda net, x: F.avg_pool2d(x, 2),
    "max_pool2d_with_indices": lambda net, x: aten.max_pool2d_with_indices(x, [2, 2])[0],
    "adaptive_avg_pool2d": lambda net, x: F.adaptive_avg_pool2d(x, 3),
    "_adaptive_avg_pool2d": lambda net, x: aten._adaptive_avg_pool2d(x, [3, 3]),
    "adaptive_max_pool2d": lambda net, x: F.adaptive_max_pool2d(x, 3),
    "avg_pool1d": lambda net, x: F.avg_pool1d(x.flatten(2), 2),
    "max_pool1d": lambda net, x: F.max_pool1d(x.flatten(2), 2),
    "adaptive_avg_pool1d": lambda net, x: F.adaptive_avg_pool1d(x.flatten(2), 4),
    # Layers.
    "conv2d": lambda net, x: net.conv(x), "convolution": lambda net, x: net.conv(x),
    "conv1d": lambda net, x: net.conv1d(x.flatten(2)), "conv_transpose2d": lambda net, x: net.transposed(x),
    "linear": lambda net, x: net.dense(_tokens(x)), "batch_norm": lambda net, x: net.norm(F.relu(x)),
    "layer_norm": lambda net, x: F.layer_norm(_tokens(x), (CHANNELS,)),
    "native_layer_norm": lambda net, x: aten.native_layer_norm(_tokens(x), [CHANNELS], None, None, 1e-5)[0],
    "group_norm": lambda net, x: F.group_norm(x, 2),
    "native_group_norm": lambda net, x: aten.group_norm(x, 2),
    "instance_norm": lambda net, x: F.instance_norm(x),
    **{name: (lambda op: lambda net, x: torch.where(op(x, net.conv(x)), x, 0.1 * x))(getattr(torch, name))
       for name in ("gt", "ge", "lt", "le", "eq", "ne")},
    **{name: (lambda op: lambda net, x: torch.where(op(x > 0, x < 1), x, 0.1 * x))(getattr(torch, name))
       for name in ("logical_and", "logical_or")},
    "logical_not": lambda net, x: torch.where(torch.logical_not(x > 0), x, 0.1 * x),
    # Products of tensors.
    "matmul": lambda net, x: torch.matmul(_tokens(x), x.flatten(2)) / 4,
    "bmm": lambda net, x: torch.bmm(_tokens(x), x.flatten(2)) / 4,
    "mm": lambda net, x: torch.mm(x.mean((2, 3)), net.dense.weight),
    "addmm": lambda net, x: torch.addmm(net.slope, x.mean((2, 3)), net.dense.weight),
    "baddbmm": lambda net, x: torch.baddbmm(x.flatten(2), x.flatten(2), x.flatten(2).transpose(1, 2) @ x.flatten(2)),
    "einsum": lambda net, x: torch.einsum("bchw,bdhw->bcd", x, x) / 8,
    "scaled_dot_product_attention": lambda net, x: F.scaled_dot_product_attention(_tokens(x), _tokens(x), _tokens(x)),
    # What moves values.
    "cat": lambda net, x: torch.cat([x, net.conv(x)], 1),
    "stack": lambda net, x: torch.stack([x, net.conv(x)], 1).sum(1),
    "split": lambda net, x: x.split(4, 1)[0], "split_with_sizes": lambda net, x: x.split([3, 5], 1)[1],
    "chunk": lambda net, x: x.chunk(2, 1)[1], "slice": lambda net, x: x[:, :, 1:5], "select": lambda net, x: x[:, :, 0],
    "narrow": lambda net, x: x.narrow(1, 2, 4), "unbind": lambda net, x: x.unbind(2)[1],
    "view": lambda net, x: x.contiguous().view(x.shape[0], CHANNELS, -1),
    "reshape": lambda net, x: x.reshape(x.shape[0], 2, 4, SIDE, SIDE).sum(1),
    "_unsafe_view": lambda net, x: aten._unsafe_view(x, [x.shape[0], CHANNELS, SIDE * SIDE]),
    "flatten": lambda net, x: x.flatten(2), "unflatten": lambda net, x: x.unflatten(1, (2, 4)).sum(1),
    "permute": lambda net, x: x.permute(0, 2, 3, 1), "transpose": lambda net, x: x.transpose(2, 3),
    "t": lambda net, x: torch.mm(x.mean((2, 3)), net.dense.weight.t()), "contiguous": lambda net, x: x.contiguous(),
    "clone": lambda net, x: x.clone(), "alias": lambda net, x: aten.alias(x), "detach": lambda net, x: x.detach(),
    "unsqueeze": lambda net, x: x.unsqueeze(1).squeeze(1),
    "squeeze": lambda net, x: x.mean((2, 3), keepdim=True).squeeze(3),
    "expand": lambda net, x: x * x.mean(1, keepdim=True).expand(-1, CHANNELS, -1, -1),
    "expand_as": lambda net, x: x * x.mean(1, keepdim=True).expand_as(x),
    "view_as": lambda net, x: x.flatten(2).view_as(x), "reshape_as": lambda net, x: x.flatten(2).reshape_as(x),
    "movedim": lambda net, x: x.movedim(1, 3), "swapaxes": lambda net, x: x.swapaxes(1, 2),
    "index_select": lambda net, x: x.index_select(1, torch.tensor([3, 1, 0])),
    "roll": lambda net, x: torch.roll(x, 1, 2), "flip": lambda net, x: x.flip(3),
    "pad": lambda net, x: F.pad(x, (1, 1, 1, 1)),
    "constant_pad_nd": lambda net, x: aten.constant_pad_nd(x, [1, 1], 0.0),
    "reflection_pad2d": lambda net, x: F.pad(x, (1, 1, 1, 1), mode="reflect"),
    "replication_pad2d": lambda net, x: F.pad(x, (1, 1, 1, 1), mode="replicate"),
    "pixel_shuffle": lambda net, x: F.pixel_shuffle(x, 2), "pixel_unshuffle": lambda net, x: F.pixel_unshuffle(x, 2),
    "channel_shuffle": lambda net, x: aten.channel_shuffle(x, 2),
    "upsample_nearest2d": lambda net, x: F.interpolate(x, scale_factor=2, mode="nearest"),
    "upsample_bilinear2d": lambda net, x: F.interpolate(x, scale_factor=2, mode="bilinear"),
    "slice_scatter": lambda net, x: torch.slice_scatter(x, x[:, 2:4], 1, 0, 2),
    "select_scatter": lambda net, x: torch.select_scatter(x, x[:, 1], 1, 0),
    "im2col": lambda net, x: F.unfold(x, 2), "unfold": lambda net, x: x.unfold(2, 2, 2).sum(-1),
    "_to_copy": lambda net, x: aten._to_copy(x, dtype=torch.float32), "to": lambda net, x: x.to(torch.float32),
    "type_as": lambda net, x: x.type_as(net.slope), "lift_fresh_copy": lambda net, x: x * torch.tensor(2.0),
    # What does nothing in eval mode.
    "dropout": lambda net, x: F.dropout(x, 0.5, net.training),
    "feature_dropout": lambda net, x: F.dropout2d(x, 0.5, net.training),
    "alpha_dropout": lambda net, x: F.alpha_dropout(x, 0.5, net.training),
    "feature_alpha_dropout": lambda net, x: F.feature_alpha_dropout(x, 0.5, net.training),
}


class Example(nn.Module):
    """Convolution, batch norm, the operator, and a linear layer on what comes out."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.use = EXAMPLES[name]
        self.stem = nn.Sequential(nn.Conv2d(3, CHANNELS, 3, 1, 1, bias=False), nn.BatchNorm2d(CHANNELS))
        self.conv = nn.Conv2d(CHANNELS, CHANNELS, 1)
        self.conv1d = nn.Conv1d(CHANNELS, CHANNELS, 3, padding=1)
        self.transposed = nn.ConvTranspose2d(CHANNELS, CHANNELS, 2, 2)
        self.dense = nn.Linear(CHANNELS, CHANNELS)
        self.norm = nn.BatchNorm2d(CHANNELS)
        self.slope = nn.Parameter(torch.full((CHANNELS,), 0.2))
        with torch.no_grad():
            features = self.use(self.eval(), torch.zeros(2, CHANNELS, SIDE, SIDE))
        self.fc = nn.Linear(features.flatten(1).shape[1], 5)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc(self.use(self, self.stem(x)).flatten(1))
