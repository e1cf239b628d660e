"""Memory that is no longer used goes back to the system.

glibc keeps what a phase of a run has freed in small pieces: after the warm-up of a network of 224 px 3 GB stay with a
program that holds 0.8. With a window beside the run such pieces add up: 300 MB in an hour, of which nothing is used.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from typing import Literal

import psutil
import torch

_GROUP = Path("/sys/fs/cgroup")  # where Linux keeps a container's limits


def release_free_memory() -> None:
    """Return freed memory to the system. Other systems than Linux with glibc do so by themselves."""
    if not sys.platform.startswith("linux"):
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
    if trim is not None:
        trim(0)


def free_memory(device: torch.device) -> int:
    """Bytes that a run may still take on its device, as far as the system says; 0: not known."""
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    if device.type not in ("cpu", "mps"):
        return 0
    free = int(psutil.virtual_memory().available)
    try:
        limit = int((_GROUP / "memory.max").read_text())  # "max" where there is none
        used = int((_GROUP / "memory.current").read_text())
        for line in (_GROUP / "memory.stat").read_text().splitlines():
            if line.startswith("inactive_file "):  # files that are only remembered: they give way
                used -= int(line.split()[1])
        free = min(free, limit - used)
    except (OSError, ValueError):
        pass
    return max(0, free)


class PeakMemory:
    """The most memory that a run took at a time: on its GPU, else of this whole program.

    A program's peak is known to the system for as long as it lives: if it was higher before the run, the run's own is
    not known.
    """

    def __init__(self, device: torch.device) -> None:
        self.device = device
        self._before = 0
        if device.type == "cuda":
            torch.cuda.reset_peak_memory_stats(device)
        else:
            self._before = process_peak()

    @property
    def of(self) -> Literal["device", "process"]:
        """Whose memory it is."""
        return "device" if self.device.type == "cuda" else "process"

    def bytes(self) -> int | None:
        """The peak so far; None where it is not known."""
        if self.device.type == "cuda":
            return int(torch.cuda.max_memory_allocated(self.device))
        peak = process_peak()
        return peak if peak > self._before else None


def process_peak() -> int:
    """Most bytes that this program ever had in memory at a time; 0: not known."""
    info = psutil.Process().memory_info()
    windows = getattr(info, "peak_wset", None)
    if windows is not None:
        return int(windows)
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak if sys.platform == "darwin" else peak * 1024)
