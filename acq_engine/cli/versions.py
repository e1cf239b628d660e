"""What `acq --version` says: this program, the libraries that its results depend on, and where it would compute."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from importlib import metadata

from acq_engine import __version__

LIBRARIES = (("PyTorch", "torch"), ("torchvision", "torchvision"), ("ONNX Runtime", "onnxruntime"), ("ONNX", "onnx"),
             ("Qt for Python", "PySide6-Essentials"))
"""What people call it, and what its distribution is called."""


def version_lines() -> Iterator[str]:
    """The lines, one by one: the last needs PyTorch, which takes seconds to import."""
    yield f"acq {__version__}"
    packaged = ", packaged program" if getattr(sys, "frozen", False) else ""
    yield f"Python {platform.python_version()} on {platform.platform()}{packaged}"
    for name, distribution in LIBRARIES:
        try:
            yield f"{name} {metadata.version(distribution)}"
        except metadata.PackageNotFoundError:
            yield f"{name} is not installed"
    yield device_line()


def device_line() -> str:
    """The device that `--device auto` takes, and whether this PyTorch could use a graphics card at all."""
    try:
        import torch
    except (ImportError, OSError) as error:
        return f"Device: PyTorch can't be loaded ({str(error).splitlines()[0] if str(error) else type(error).__name__})"
    if torch.cuda.is_available():
        return f"Device: {torch.cuda.get_device_name()}"
    if torch.backends.mps.is_available():
        return "Device: GPU of this Mac (mps)"
    if torch.version.cuda is None:
        why = "this PyTorch has no CUDA"
    else:
        why = f"this PyTorch has CUDA {torch.version.cuda}, and finds no card"
    return f"Device: CPU, {os.cpu_count()} cores; {why}"
