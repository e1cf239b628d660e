"""Checkpoints: the last few, each written whole or not at all, read back without running any code."""

from __future__ import annotations

import io
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from acq_engine.errors import StorageError, first_line, refuse_newer
from acq_engine.files import storage_errors, write_atomic

if TYPE_CHECKING:
    from torch import Tensor

_LOG = logging.getLogger(__name__)
_FORMAT = 1
MAX_PICKLE_BYTES = 64 << 20  # names and shapes of weights, of their averages and of the optimizers' states


FOLDER = "checkpoints"


def name(step: int) -> str:
    """A checkpoint's name relative to the run folder."""
    return f"{FOLDER}/{step:06d}.pt"


def save_checkpoint(folder: Path, step: int, state: Mapping[str, Any], keep: int) -> Path:
    """Write a checkpoint and remove all but the newest `keep`.

    Args:
        folder: The folder of the checkpoints; made if it is not there.
        step: The global step after which the state was taken.
        state: Tensors and plain values in dicts, lists and tuples.
        keep: How many checkpoints stay, at least 1.

    Raises:
        StorageError: the disk refuses; older checkpoints are intact.
        TypeError: the state holds something that could not be read back safely.
    """
    import torch

    _check_plain(state, "state")
    buffer = io.BytesIO()  # first into memory: torch reports a full disk in words of its own
    torch.save({"format": _FORMAT, "step": step, "state": dict(state)}, buffer)
    path = folder / f"{step:06d}.pt"
    with storage_errors("The checkpoint can't be saved.", path):
        folder.mkdir(exist_ok=True)
        write_atomic(path, buffer.getvalue())
        discard_old(folder, keep, path)
    return path


def discard_old(folder: Path, keep: int, spared: Path | None = None) -> None:
    """Remove all but the newest `keep` checkpoints; not `spared`.

    Raises:
        OSError: as the system says.
    """
    for old in _by_age(folder)[keep:]:
        if old != spared:
            old.unlink(missing_ok=True)


def load_checkpoint(folder: Path, skipped: list[str] | None = None) -> tuple[int, dict[str, Any]] | None:
    """The newest checkpoint that can be read, on the CPU; damaged ones are skipped with a warning.

    Args:
        folder: The folder of the checkpoints.
        skipped: The names of damaged ones are added to it.

    Returns:
        (global step, state), or None if there is none that can be read.

    Raises:
        StorageError: a newer version of the program wrote it.
    """
    import torch

    from acq_engine.models.checkpoint import check_archive

    for path in _by_age(folder):
        try:
            check_archive(path, MAX_PICKLE_BYTES)  # a run folder may come from a stranger
            data = torch.load(path, map_location="cpu", weights_only=True)
            version = data["format"]
            if version == _FORMAT:
                return int(data["step"]), dict(data["state"])
            reason = f"its format is {version!r:.40}"
        except Exception as error:  # torch raises many kinds for a damaged file
            reason, version = first_line(error), None
        # To go on from an older checkpoint would be the end of what the newer program did.
        newer = StorageError("The checkpoint was written by a newer version of ACQ Studio.")
        refuse_newer({"format": version}, _FORMAT, newer, key="format")
        _LOG.warning("The checkpoint %s can't be read and is skipped: %s", path.name, reason)
        if skipped is not None:
            skipped.append(path.name)
    return None


def save_tensors(path: Path, tensors: Mapping[str, Tensor]) -> None:
    """Write a state dict as safetensors, whole or not at all.

    Raises:
        StorageError: the disk refuses; an older file is intact.
    """
    from safetensors.torch import save

    # Copies, since safetensors refuses tensors that share memory.
    data = save({name: tensor.detach().cpu().contiguous().clone() for name, tensor in tensors.items()})
    with storage_errors("The weights can't be saved.", path):
        write_atomic(path, data)


def load_tensors(path: Path) -> dict[str, Tensor]:
    """Read a safetensors file, on the CPU.

    Raises:
        StorageError: it is missing or damaged.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load

    with storage_errors("The weights can't be read.", path):
        data = path.read_bytes()
    try:
        return load(data)
    except (SafetensorError, ValueError) as error:
        raise StorageError(
            "The weights in the run folder are damaged.", cause=f"{path}: {error}", hint="Run the quantization again."
        ) from error


def _by_age(folder: Path) -> list[Path]:
    """The checkpoints, newest step first."""
    found = [path for path in folder.glob("*.pt") if path.stem.isdigit()]
    return sorted(found, key=lambda path: int(path.stem), reverse=True)


def _check_plain(value: Any, where: str) -> None:
    """Refuse what torch.load(weights_only=True) would refuse later, when it is too late."""
    import torch

    if value is None or type(value) in (bool, int, float, str, bytes) or isinstance(value, torch.Tensor):
        return
    if isinstance(value, Mapping):
        for key, item in value.items():
            _check_plain(key, where)
            _check_plain(item, f"{where}[{key!r}]")
    elif type(value) in (list, tuple, torch.Size):
        for index, item in enumerate(value):
            _check_plain(item, f"{where}[{index}]")
    else:
        raise TypeError(f"{where} is a {type(value).__name__}; a checkpoint holds tensors and plain values only")
