"""Reading weights from a file that may come from anybody: by its content, with limits, and without running it."""

from __future__ import annotations

import io
import json
import pickle
import struct
import zipfile
from pathlib import Path
from typing import Any, BinaryIO, Literal

import torch
from safetensors import SafetensorError
from safetensors.torch import load
from torch import Tensor

from acq_engine.errors import ConsentNeededError, ModelError, ModelFileError, first_line
from acq_engine.models.archived_tensors import with_tensors
from acq_engine.models.other_files import START_BYTES, archive_refusal, refuse_others, text_refusal
from acq_engine.models.pickles import (
    MAX_PICKLE_BYTES,
    TorchPickleReader,
    check_pickle,
    damaged,
    follow,
    safe_globals,
)
from acq_engine.models.standins import hint_of, not_read_note, packages_of
from acq_engine.models.weights import State, check_values, find_state_dict, listed

MAX_FILE_BYTES = 4 << 30
MAX_HEADER_BYTES = 16 << 20
MAX_ENTRIES = 200_000
_LEGACY_MAGIC = 0x1950A86A20F9469CFC6C

FileKind = Literal["safetensors", "torch", "legacy", "torchscript", "pt2", "onnx", "python", "pickled"]


def read_weights(path: Path) -> tuple[State, list[str]]:
    """The weights in a file as float32 tensors, and sentences about what was chosen.

    Args:
        path: A .safetensors, .pth or .pt file; the content decides, not the name.

    Raises:
        ModelFileError: missing, damaged, too large, of an unknown kind, or with values that can't be weights.
        UnsafeFileError: the file could run code while it is loaded.
        ConsentNeededError: it is of a kind that may be loaded if the user says so.
    """
    kind = file_kind(path)
    if kind in ("torchscript", "pt2", "python"):
        raise consent_needed(path, kind)
    if kind == "onnx":
        raise ModelFileError("An ONNX file is a whole model, not weights for another one.",
                             hint="Open it as the model.")
    strange: list[str] = []
    content: Any = _read_safetensors(path) if kind == "safetensors" else _read_torch(path, kind == "legacy", strange)
    try:
        state, notes = find_state_dict(content)
    except ModelFileError as error:
        raise _without_weights(path, strange, error) from error
    if strange and not any(value.dim() > 1 for value in state.values()):
        raise _without_weights(path, strange, damaged("It contains no weights."))
    return check_values(state), [*notes, *([not_read_note(strange)] if strange else [])]


def _without_weights(path: Path, strange: list[str], error: ModelFileError) -> ModelError:
    """The refusal of a file without a state dict: perhaps it holds the whole network as an object."""
    if not strange:
        return error
    refusal = consent_needed(path, "pickled")
    refusal.cause = (f"It holds objects of {listed(packages_of(strange))} in place of a state dict. Nothing of it was "
                     "run.")
    refusal.hint = f"If you trust its author, allow it (--trust). {hint_of(strange)}"
    return refusal


def read_exact(path: Path) -> State:
    """The tensors of a .safetensors file of our own, under exactly the names that they were saved with.

    Raises:
        ModelFileError: missing, damaged, too large, or with values that can't be weights.
    """
    if file_kind(path) != "safetensors":
        raise damaged(f"{path.name} is not a .safetensors file.")
    return check_values(_read_safetensors(path))


def consent_needed(path: Path, kind: FileKind) -> ConsentNeededError:
    """The refusal of a kind of file that can run code, as long as nobody consented."""
    # Whole sentences, which can be translated.
    messages = {
        "torchscript": f"{path.name} is a TorchScript file: loading it can run code.",
        "pt2": f"{path.name} is an exported program (.pt2): loading it can run code.",
        "python": f"{path.name} is Python source code: loading it can run code.",
        "pickled": f"{path.name} holds a whole model, pickled with its code: loading it can run code.",
    }
    return ConsentNeededError(
        messages[kind],
        cause="Nothing of it was run.",
        hint="If you trust its author, allow it (--trust). Otherwise use a file with weights alone, such as "
        ".safetensors.",
    )


def file_kind(path: Path) -> FileKind:
    """What a file is, judged by its first bytes and, for archives, by the names inside.

    Raises:
        ModelFileError: missing, empty, too large, or of an unknown kind.
    """
    try:
        if not path.is_file():
            raise _no_file(path)
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(START_BYTES)
    except OSError as error:
        raise ModelFileError("The model file can't be opened.", cause=f"{path}: {error.strerror}") from error
    if size == 0:
        raise ModelFileError("The model file is empty.", cause=str(path),
                             hint="It may have been downloaded or copied only in part: get it again.")
    if size > MAX_FILE_BYTES:
        raise ModelFileError(
            "The model file is too large.", cause=f"It has {size:,} bytes; the limit is {MAX_FILE_BYTES:,}."
        )
    refuse_others(path, start)
    if start[:2] == b"PK":
        return _archive_kind(path)
    if path.suffix.lower() == ".onnx":
        return "onnx"
    if path.suffix.lower() == ".py":
        return "python"
    if path.suffix.lower() == ".safetensors" or (len(start) > 8 and start[8:9] == b"{"):
        return "safetensors"
    if start[:1] == b"\x80":
        return "legacy"
    raise text_refusal(path, start) or ModelFileError(
        "This file can't be read as a model.",
        cause=f"{path.name} begins with {start[:8]!r}.",
        hint="Use a .safetensors, .pth or .pt file with trained weights.",
    )


def _no_file(path: Path) -> ModelFileError:
    """Why a path names no file, and what may be meant."""
    what = "It is a folder." if path.is_dir() else "The file does not exist."
    hint = "Choose the checkpoint itself." if path.is_dir() else "Check the path; the file may have been moved."
    if path.is_symlink() and not path.exists():
        what = f"It is a link to {path.readlink()}, which does not exist."
        hint = "Choose the file itself, or let the link lead to where it is now."
    elif not path.is_absolute() and len(path.parts) == 2 and not path.exists():
        hint = ("If it is a model of the Hugging Face hub, download it and choose its folder: hf download "
                f"{path} --local-dir FOLDER")
    return ModelFileError("The model file can't be opened.", cause=f"{path}: {what}", hint=hint)


def _open_archive(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:  # its own words speak of a zip file, which nobody chose
        raise damaged("It begins as a checkpoint of PyTorch, but its end is missing or can't be read.") from error
    except (OSError, ValueError, NotImplementedError, struct.error, UnicodeError) as error:
        raise damaged(str(error)) from error


def _archive_kind(path: Path) -> FileKind:
    with _open_archive(path) as archive:
        names = archive.namelist()
    if len(names) > MAX_ENTRIES:
        raise ModelFileError("The model file is too large.", cause=f"It has {len(names):,} parts.")
    inner = {name.partition("/")[2] or name for name in names}
    if "archive_format" in inner or any(name.startswith("serialized_exported_program") for name in (*names, *inner)):
        return "pt2"
    if "constants.pkl" in inner or any(name.startswith("code/") for name in inner):
        return "torchscript"
    if "data.pkl" in inner:
        return "torch"
    raise archive_refusal(path, names)


def _read_safetensors(path: Path) -> dict[str, Tensor]:
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(8)
        length = int.from_bytes(head, "little") if len(head) == 8 else size + 1
        if length > size - 8:
            raise damaged("The header is longer than the file.")
        if length > MAX_HEADER_BYTES:
            raise ModelFileError("The file's table of contents is too large.", cause=f"It has {length:,} bytes.")
        try:
            table = json.loads(file.read(length))
        except (ValueError, RecursionError) as error:
            raise damaged(str(error)) from error
    if not isinstance(table, dict):
        raise damaged("The table of contents is invalid.")
    try:
        # Read, not mapped: a file that is written again meanwhile would change the weights, or end the process.
        return load(path.read_bytes())
    except (SafetensorError, ValueError, TypeError, RuntimeError, KeyError, AttributeError, OverflowError) as error:
        raise damaged(str(error)) from error


def _read_torch(path: Path, legacy: bool, strange: list[str]) -> Any:
    """What a file of torch's holds; names of what stand-ins were put for are added to `strange`."""
    with path.open("rb") as file:
        reader = _check_legacy(file, path.stat().st_size) if legacy else check_archive(path, lenient=True)
        strange.extend(reader.strange)
        if strange and legacy:
            raise _without_weights(path, strange, damaged(""))
        if strange:
            with _open_archive(path) as archive:
                return with_tensors(reader.content, archive)
        file.seek(0)
        try:
            with torch.serialization.safe_globals(safe_globals()):
                return torch.load(file, map_location="cpu", weights_only=True)
        except pickle.UnpicklingError as error:
            raise damaged(first_line(error)) from error
        except Exception as error:  # torch reports damage with many types
            raise damaged(first_line(error)) from error


def check_archive(
    path: Path, most_pickle_bytes: int = MAX_PICKLE_BYTES, *, lenient: bool = False
) -> TorchPickleReader:
    """Judge a zip of torch's before torch opens it: nothing is set aside that the file does not hold.

    Args:
        path: The file.
        most_pickle_bytes: A longer table of contents is refused.
        lenient: See TorchPickleReader, which is returned.

    Raises:
        ModelFileError: it is damaged, or would unpack to more than it is.
        UnsafeFileError: it asks for code.
    """
    with _open_archive(path) as archive:
        entries = archive.infolist()
        total = sum(entry.file_size for entry in entries)
        on_disk = path.stat().st_size
        if total > on_disk or any(entry.compress_type != zipfile.ZIP_STORED for entry in entries):
            raise ModelFileError(
                "The archive uses a compression that torch never uses.",
                cause=f"It would unpack from {on_disk:,} to {total:,} bytes.",
                hint="Use the file as torch.save wrote it.",
            )
        by_key: dict[str, int] = {}
        table: zipfile.ZipInfo | None = None
        for entry in entries:
            inner = entry.filename.partition("/")[2]
            if inner == "data.pkl":
                table = entry
            elif inner.startswith("data/"):
                by_key[inner.removeprefix("data/")] = entry.file_size
        if table is None or table.file_size > most_pickle_bytes:
            raise ModelFileError("The file's table of contents is missing or too large.")
        try:
            data = archive.read(table)
            reader = check_pickle(data, lambda key: by_key.get(key, -1), most_pickle_bytes, lenient=lenient)
            # Reads every value once: the checksums find damage that torch would take for weights.
            bad = archive.testzip()
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
            raise damaged(str(error)) from error
        if bad is not None:
            raise damaged(f"The checksum of {bad} is wrong.")
    return reader


class _Limited(io.RawIOBase):
    """Reads at most so many bytes of a file, so that a pickle can't announce more than is there."""

    def __init__(self, file: BinaryIO, limit: int) -> None:
        super().__init__()
        self._file = file
        self._left = limit

    def read(self, size: int = -1, /) -> bytes:
        if size < 0 or size > self._left:
            raise pickle.UnpicklingError("Its table of contents is too large.")
        data = self._file.read(size)
        self._left -= len(data)
        return data

    def readline(self, size: int | None = -1, /) -> bytes:
        data = self._file.readline(min(self._left, 1 << 16))
        self._left -= len(data)
        return data

    def readinto(self, buffer: Any, /) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _check_legacy(file: BinaryIO, size: int) -> TorchPickleReader:
    """Judge a file of torch before 1.6: pickles one after another, then the values."""

    def next_pickle(*, lenient: bool = False) -> tuple[Any, TorchPickleReader]:
        limited = _Limited(file, min(size, MAX_PICKLE_BYTES))
        reader = TorchPickleReader(limited, lambda _key: size, lenient=lenient)  # type: ignore[arg-type]
        return follow(reader), reader

    magic, _ = next_pickle()
    if magic != _LEGACY_MAGIC:
        raise ModelFileError(
            "This pickle was not written by torch.save.",
            hint="Save the weights with torch.save(model.state_dict(), FILE) or as .safetensors.",
        )
    next_pickle()  # protocol version
    next_pickle()  # the system that wrote it
    _, reader = next_pickle(lenient=True)
    keys, _ = next_pickle()
    if not isinstance(keys, list):
        raise damaged("The list of weights is missing.")
    announced = sum(storage.items * storage.item_size + 8 for storage in reader.storages.values())
    present = size - file.tell()
    if announced > present:
        raise damaged(f"{announced:,} bytes of weights are declared, {present:,} are present.")
    return reader
