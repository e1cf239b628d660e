"""What a figure was measured on."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path


def machine(device: str = "cpu") -> str:
    """Processor, cores and torch version in one short text, and the graphics card where `device` is one."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        lines = [line for line in info.read_text(encoding="utf-8").splitlines() if line.startswith("model name")]
        if lines:
            name = lines[0].split(":", 1)[1].strip()
    there = f"{name}, {os.cpu_count()} cores, torch {version('torch')}"
    if not device.startswith("cuda"):
        return there
    import torch

    return f"{torch.cuda.get_device_name(device)}; {there}"
