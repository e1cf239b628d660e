"""Can these weights tell classes apart at all? Layers that pass nothing on, and statistics of no training (OURS)."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm

SMALLEST_VARIANCE, LARGEST_VARIANCE = 1e-20, 1e12
"""Of a whole batch norm. Single channels of trained networks do go dead, with variances down to 1e-40."""


@torch.no_grad()
def weight_warnings(module: nn.Module) -> list[str]:
    """Sentences for the user about weights with which no network works; none when all is well."""
    empty, flat, huge = [], [], []
    for name, layer in module.named_modules():
        if isinstance(layer, nn.Linear | nn.modules.conv._ConvNd):
            if not bool(layer.weight.any()):
                empty.append(name)
        elif isinstance(layer, _BatchNorm) and layer.running_var is not None:
            largest = float(layer.running_var.max())
            if largest < SMALLEST_VARIANCE:
                flat.append(name)
            elif largest > LARGEST_VARIANCE:
                huge.append(name)
    warnings = []
    if empty:
        warnings.append(f"All weights of {_some(empty)} are zero, so nothing of the image passes through. Check the "
                        "file with the weights.")
    if flat:
        warnings.append(f"The running variances of {_some(flat)} are zero, so there are no statistics to learn samples "
                        "from. Check the file with the weights.")
    if huge:
        warnings.append(f"The running variances of {_some(huge)} are above 1e12, so there are no usable statistics to "
                        "learn samples from. Check the file with the weights.")
    return warnings


def _some(names: list[str]) -> str:
    return ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")
