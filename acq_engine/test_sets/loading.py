"""Test sets: labelled images that only measure. They are never needed to quantize, and never used for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from acq_engine.errors import DataError
from acq_engine.settings import TestSetConfig
from acq_engine.test_sets.test_set import Progress, TestSet

if TYPE_CHECKING:

    from acq_engine.models.loaded import LoadedModel

def load_test_set(
    config: TestSetConfig,
    loaded: LoadedModel,
    *,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> TestSet | None:
    """Read the test set that the settings name; None when they name none.

    Without a path the built-in sample's own images are taken, if the model is the sample and
    `use_sample` is on. Otherwise the path may be a .npz file, a folder with one folder a class, a table of
    labels or a folder with one, CIFAR's own batches, or MNIST's own files.

    Args:
        config: The settings.
        loaded: The model that will be measured.
        progress: Told how many images are read.
        stop: Asked now and then; true ends reading with what is there.

    Raises:
        DataError: missing, empty, damaged, wrongly labelled, or of a size that does not fit.
    """
    # Imported here: reading images needs Pillow, and this module's types must be cheap to import.
    from acq_engine.test_sets import cifar_batches, folders, idx_files, npz
    from acq_engine.test_sets.other_files import refusal

    if config.path is None:
        return _sample(config, loaded)
    path = Path(config.path)
    try:
        if not path.exists():
            raise DataError("The test set can't be opened.", cause=f"{path}: no such file or folder.")
        if path.is_file() and path.suffix.lower() == ".npz":
            return npz.read(path, loaded, config.limit)
        if cifar_batches.is_cifar(path):
            return cifar_batches.read(path, loaded, config.limit)
        if idx_files.is_idx(path):
            return idx_files.read(path, loaded, config.limit)
        if is_of_images(path):
            return folders.read(path, loaded, config.limit, progress, stop, order=config.label_order)
    except OSError as error:
        raise DataError("The test set can't be read.", cause=f"{path}: {error.strerror or error}") from error
    raise refusal(path)


def is_of_images(path: Path) -> bool:
    """The path is a folder of images or a table of them, of which each is a file."""
    from acq_engine.test_sets import cifar_batches, idx_files
    from acq_engine.test_sets.tables import is_table

    return (path.is_dir() or is_table(path)) and not (cifar_batches.is_cifar(path) or idx_files.is_idx(path))


def beside(path: Path) -> list[Path]:
    """The files outside of a test set that its readers look at, where they are there."""
    from acq_engine.test_sets import cifar_batches, idx_files
    from acq_engine.test_sets.tables import table_of

    names = [path.parent / name for name in cifar_batches.NAME_FILES] if path.is_file() else []
    if path.is_dir() and (table := table_of(path)) is not None and table.parent != path:
        names.append(table)
    if path.is_file() and idx_files.is_idx(path):
        names += idx_files.files_of(path)
    return [name for name in names if name.is_file() and name != path]


def _sample(config: TestSetConfig, loaded: LoadedModel) -> TestSet | None:
    from acq_engine.models import builtin
    from acq_engine.test_sets import npz

    if not config.use_sample or loaded.arch != builtin.ARCHITECTURE or loaded.name != builtin.SAMPLE_NAME:
        return None
    return npz.read(builtin.sample_dir() / builtin.TEST_FILE, loaded, config.limit)
