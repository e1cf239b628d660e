"""The frozen teacher: one forward pass gives logits, batch-norm statistics and feature taps, in either mode.

In train mode batch norm normalises with the batch's own statistics. The pass never changes the teacher:
running statistics and `num_batches_tracked` stay bit for bit as they were, dropout stays off, and no
gradient of a weight is computed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm

from acq_engine.distributed.batch_norm import synchronised, whole_statistics
from acq_engine.errors import ModelError, NoBatchNormError
from acq_engine.models.graph import MeasuredStatistics, TokenStatistics
from acq_engine.teacher.autocast import bfloat16

Mode = Literal["eval", "train"]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Mean and variance at the input of every batch-norm layer, each (C,), in order of execution."""

    means: tuple[Tensor, ...]
    variances: tuple[Tensor, ...]


@dataclass(frozen=True, slots=True)
class TeacherPass:
    """What one forward pass saw."""

    logits: Tensor  # (N, classes)
    statistics: Statistics | None
    features: dict[str, Tensor]  # taps by module path, (N, C, H, W)


def batch_statistics(x: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and biased variance over all but the channel axis; of a batch that processes share, of all of it.

    Args:
        x: (N, C, ...).

    Returns:
        Two tensors (C,).
    """
    if x.dim() == 2:
        variance, mean = torch.var_mean(x, dim=0, unbiased=False)
        return whole_statistics(mean, variance)
    return whole_statistics(*_Statistics.apply(x))


class _Statistics(torch.autograd.Function):
    """Mean and variance with one pass over the tensor each way: autograd's own way back takes five."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> tuple[Tensor, Tensor]:
        # Pixels first, samples second: the inner axes are contiguous, which is far faster on a CPU than var_mean.
        inner, wide = tuple(range(2, x.dim())), torch.promote_types(x.dtype, torch.float32)
        count = x.numel() // x.shape[1]
        mean = x.mean(inner, dtype=wide).mean(0)
        power = torch.linalg.vector_norm(x, 2, inner, dtype=wide).square().sum(0) / count
        ctx.save_for_backward(x, mean)
        ctx.count = count
        return mean, (power - mean.square()).clamp_min(0)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:
        x, mean = ctx.saved_tensors
        shape = (1, -1) + (1,) * (x.dim() - 2)
        slope = gradients[1] * (2 / ctx.count)
        offset = gradients[0] / ctx.count - slope * mean
        # Not addcmul, which takes three to seven times as long where it has to broadcast.
        gradient: Tensor = (x * slope.to(x.dtype).view(shape)).add_(offset.to(x.dtype).view(shape))
        return gradient


class Teacher:
    """A frozen classifier with taps.

    Args:
        module: A classifier with batch norm; it is set to eval mode and its parameters are frozen.
        taps: Module paths whose outputs are wanted, such as "layer3".

    Raises:
        NoBatchNormError: the module has no batch-norm layer with running statistics.
        ModelError: a tap names no module.
    """

    def __init__(self, module: nn.Module, taps: Sequence[str] = ()) -> None:
        self.module = module.eval().requires_grad_(False)
        self._norms = [m for m in module.modules() if isinstance(m, _BatchNorm) and m.running_mean is not None]
        if not self._norms:
            raise NoBatchNormError(
                "This model has no batch norm, so it can't be quantized without data.",
                cause="Data-free quantization learns its samples from the statistics stored in batch-norm layers.",
                hint="Choose a model that was trained with batch norm, such as a ResNet.",
            )
        # What was measured on drawn images normalises nothing: it has no other mode.
        self._switched = [norm for norm in self._norms if not isinstance(norm, MeasuredStatistics)]
        self._record_statistics = self._running = False
        self._order: list[_BatchNorm] = []
        self._means: list[Tensor] = []
        self._variances: list[Tensor] = []
        self._features: dict[str, Tensor] = {}
        for norm in self._norms:
            norm.register_forward_pre_hook(self._see_norm_input)
        modules = dict(module.named_modules())
        for tap in taps:
            if tap not in modules:
                raise ModelError(
                    f"The model has no layer {tap!r}.", hint="Choose one of the layers that 'acq inspect' lists."
                )
            modules[tap].register_forward_hook(self._feature_hook(tap))

    def _see_norm_input(self, module: nn.Module, args: tuple[Any, ...]) -> None:
        if self._record_statistics:
            seen = args[0].flatten(0, -2) if isinstance(module, TokenStatistics) else args[0]
            mean, variance = batch_statistics(seen)
            assert isinstance(module, _BatchNorm)
            self._order.append(module)
            self._means.append(mean)
            self._variances.append(variance)

    def _feature_hook(self, name: str) -> Any:
        def hook(module: nn.Module, args: tuple[Any, ...], output: Tensor) -> None:
            if self._running:  # others run the module too, such as the capture of the student's graph
                self._features[name] = output

        return hook

    @contextlib.contextmanager
    def _batch_mode(self, mode: Mode) -> Iterator[None]:
        """Batch statistics without a trace: not tracking means the buffers are not even passed to the kernel."""
        if mode == "eval":
            yield
            return
        tracked = [norm.track_running_stats for norm in self._switched]
        try:
            for norm in self._switched:
                norm.training = True
                norm.track_running_stats = False
            with synchronised(self._switched, batch_statistics):
                yield
        finally:
            for norm, track in zip(self._switched, tracked, strict=True):
                norm.training = False
                norm.track_running_stats = track

    def __call__(
        self, x: Tensor, mode: Mode = "eval", *, statistics: bool = False, reduced: bool = False
    ) -> TeacherPass:
        """Run the teacher.

        Args:
            x: (N, C, H, W), normalised as the model wants it.
            mode: "eval" uses the stored statistics, "train" the batch's own.
            statistics: Also measure mean and variance at every batch-norm input.
            reduced: Compute layers in bfloat16; results are float32 (see `teacher.autocast`).
        """
        self._order, self._means, self._variances, self._features = [], [], [], {}
        self._record_statistics, self._running = statistics, True
        try:
            with self._batch_mode(mode), bfloat16(x.device.type, reduced):
                logits = self.module(x)
            seen = Statistics(tuple(self._means), tuple(self._variances)) if statistics else None
            features = self._features
            if reduced:
                logits, features = logits.float(), {name: value.float() for name, value in features.items()}
            return TeacherPass(logits, seen, features)
        finally:
            self._record_statistics = self._running = False
            self._means, self._variances, self._features = [], [], {}

    @torch.no_grad()
    def logits(self, images: Tensor, batch: int) -> Tensor:
        """The logits of many images, (N, classes), in eval mode.

        Args:
            images: (N, C, H, W), normalised.
            batch: How many are passed at once.
        """
        return torch.cat([self(part).logits for part in images.split(batch)])

    def stored_statistics(self) -> Statistics:
        """The running statistics in the order of the last pass that measured statistics.

        The order is that of execution, which may differ from that of definition, and a shared layer
        appears as often as it ran.
        """
        norms = self._order or self._norms
        means, variances = [], []
        for norm in norms:
            assert norm.running_mean is not None
            assert norm.running_var is not None
            means.append(norm.running_mean)
            variances.append(norm.running_var)
        return Statistics(tuple(means), tuple(variances))

    def to(self, device: torch.device) -> Teacher:
        """Move the teacher; returns itself."""
        self.module.to(device)
        return self
