"""What an exporter hands back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from torch import nn


@dataclass(frozen=True, slots=True)
class ExportInfo:
    """One written file."""

    format: str
    path: Path
    bytes: int
    float_bytes: int  # size of the float32 weights and statistics it came from


def float_bytes(module: nn.Module) -> int:
    """Bytes of a module's floating-point parameters and buffers."""
    tensors = [*module.parameters(), *module.buffers()]
    return sum(tensor.numel() * tensor.element_size() for tensor in tensors if tensor.is_floating_point())
