"""What lies where a PyTorch model should be: other programs' models, downloads that gave something else, archives."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from acq_engine.errors import ModelFileError

_EXPORTED = "Use the PyTorch checkpoint that it was made from: exported models rarely keep batch-norm statistics."
_KERAS = ("Use a PyTorch model: Keras usually pads and normalizes otherwise, so its weights alone don't give the same "
          "result. A conversion to a PyTorch class with its weights works: CLASS.py:build with --weights and --trust.")
_UNPACK = "Unpack it, and choose the file with the weights."
_WEIGHTS = "Choose the file with the trained weights (.safetensors, .pth or .pt)."

_BEGINNINGS: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"\x89HDF\r\n", "This file is a Keras or HDF5 file, not a PyTorch model.", _KERAS),
    (4, b"TFL3", "This file is a TensorFlow Lite model, not a PyTorch model.", _EXPORTED),
    (0, b"ftrt", "This file is a TensorRT engine, not a PyTorch model.", _EXPORTED),
    (0, b"\x1f\x8b", "This file is a compressed archive (gzip), not a PyTorch model.", _UNPACK),
    (0, b"7z\xbc\xaf", "This file is a compressed archive (7z), not a PyTorch model.", _UNPACK),
    (0, b"Rar!", "This file is a compressed archive (rar), not a PyTorch model.", _UNPACK),
    (0, b"BZh", "This file is a compressed archive (bzip2), not a PyTorch model.", _UNPACK),
    (0, b"\xfd7zXZ", "This file is a compressed archive (xz), not a PyTorch model.", _UNPACK),
    (0, b"\x89PNG", "This file is an image, not a PyTorch model.", _WEIGHTS),
    (0, b"\xff\xd8\xff", "This file is an image, not a PyTorch model.", _WEIGHTS),
    (0, b"GIF8", "This file is an image, not a PyTorch model.", _WEIGHTS),
    (0, b"%PDF", "This file is a PDF document, not a PyTorch model.", _WEIGHTS),
    (0, b"\x93NUMPY", "This file is a NumPy array, not a PyTorch model.",
     "Save the state dict as .safetensors, or with torch.save."),
    (257, b"ustar", "This file is an archive (tar), not a PyTorch model.", _UNPACK),
)
START_BYTES = 272
"""Of a file, which all of these can be told by."""

_MEMBERS: tuple[tuple[str, str, str], ...] = (
    ("model.weights.h5", "This file is a Keras model, not a PyTorch model.", _KERAS),
    (".mlmodel", "This file is a Core ML model, not a PyTorch model.", _EXPORTED),
    (".pb", "This file is a TensorFlow model, not a PyTorch model.", _KERAS),
    (".npy", "This file holds NumPy arrays, not a PyTorch model.",
     "Save the state dict as .safetensors, or with torch.save."),
    (".pth", "This file is an archive with files in it, not a PyTorch model.", _UNPACK),
    (".pt", "This file is an archive with files in it, not a PyTorch model.", _UNPACK),
    (".safetensors", "This file is an archive with files in it, not a PyTorch model.", _UNPACK),
    (".bin", "This file is an archive with files in it, not a PyTorch model.", _UNPACK),
)


def refuse_others(path: Path, start: bytes) -> None:
    """Judge a file by its first START_BYTES.

    Raises:
        ModelFileError: it is of a known kind that is no PyTorch model.
    """
    if start.startswith(b"version https://git-lfs"):
        raise ModelFileError(
            "This file is a Git LFS pointer, not the model itself.",
            cause=f"{path.name} only tells where the weights are stored.",
            hint="Run git lfs pull in its repository, or download the file from its web page.",
        )
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(b"<?xml") and b"<net" in text:
        raise refused(path, "This file is an OpenVINO model, not a PyTorch model.", _EXPORTED)
    if text.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise ModelFileError(
            "This file is a web page, not a model.",
            cause=f"{path.name} contains HTML: the link led to a page, such as one to sign in or to confirm a "
            "download.",
            hint="Open the link in a browser, and download the model file itself.",
        )
    for offset, beginning, message, hint in _BEGINNINGS:
        if start[offset:].startswith(beginning):
            raise refused(path, message, hint)


def archive_refusal(path: Path, names: Iterable[str]) -> ModelFileError:
    """The refusal of a zip archive that is no file of torch's.

    Args:
        path: The archive.
        names: Of its members.
    """
    listed = list(names)
    for ending, message, hint in _MEMBERS:
        if any(name.lower().endswith(ending) for name in listed):
            return refused(path, message, hint)
    return ModelFileError(
        "This archive contains no model.", cause=f"It contains: {', '.join(listed[:5])}.",
        hint="Use a .safetensors, .pth or .pt file with trained weights.",
    )


def text_refusal(path: Path, start: bytes) -> ModelFileError | None:
    """The refusal of a file of plain text, such as a server's answer in place of a download; None for others."""
    try:
        text = start.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if not text.isprintable() and any(not (letter.isprintable() or letter in "\r\n\t") for letter in text):
        return None
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return ModelFileError(
        "This file is text, not a model.", cause=f"{path.name} begins with: {line[:60]}",
        hint="If it was downloaded, download it again; a server may have sent a message instead. Settings files are no "
        "models either: choose the file with the trained weights.",
    )


def refused(path: Path, message: str, hint: str) -> ModelFileError:
    """The refusal of something that is known by name."""
    return ModelFileError(message, cause=str(path), hint=hint)
