"""Files that are no test sets, told by their names: what they are, and what to do with them."""

from __future__ import annotations

from pathlib import Path

from acq_engine.errors import DataError
from acq_engine.test_sets.arrays import HINT
from acq_engine.test_sets.images import EXTENSIONS

ARCHIVES = frozenset({".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".zst"})
CONTAINERS = {
    ".h5": "HDF5", ".hdf5": "HDF5", ".mat": "MATLAB", ".parquet": "Parquet", ".arrow": "Arrow", ".tfrecord": "TFRecord",
    ".tfrecords": "TFRecord", ".lmdb": "LMDB", ".mdb": "LMDB", ".pkl": "pickle", ".pickle": "pickle", ".pt": "PyTorch",
    ".pth": "PyTorch", ".safetensors": "safetensors",
}


def refusal(path: Path) -> DataError:
    """What to say of a file that can't be read as a test set."""
    suffix = path.suffix.lower()
    if suffix in ARCHIVES:
        return DataError("The test set is in an archive.", cause=str(path), hint="Unpack it, and use the folder.")
    if suffix in EXTENSIONS:
        return DataError(
            "A single image is no test set.", cause=str(path),
            hint="Use a folder with one subfolder of images per class. To see what a model says of one image, drop it "
            "on the window after a run.",
        )
    if suffix == ".npy":
        return DataError("This file has one array, and a test set has two: images and labels.", cause=str(path),
                         hint=HINT)
    if suffix in CONTAINERS:
        return DataError(
            f"A {CONTAINERS[suffix]} file can't be read as a test set.", cause=str(path),
            hint=f"Use a folder with one subfolder of images per class, or an .npz file. {HINT}",
        )
    return DataError(
        "This file can't be read as a test set.", cause=str(path),
        hint="Use an .npz file with images and labels, a folder with one subfolder of images per class, or a table of "
        "files and labels (.csv, .tsv, .txt, .json, .jsonl).",
    )
