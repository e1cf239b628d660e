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
    `use_sample` is on. Otherwise the path may be a .npz file, a folder with one folder a class, a folder or
    .csv file with a table of labels, or CIFAR's own batches.

    Args:
        config: The settings.
        loaded: The model that will be measured.
        progress: Told how many images are read.
        stop: Asked now and then; true ends reading with what is there.

    Raises:
        DataError: missing, empty, damaged, wrongly labelled, or of a size that does not fit.
    """
    # Imported here: reading images needs Pillow, and this module's types must be cheap to import.
    from acq_engine.test_sets import cifar_batches, folders, npz

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
        if path.is_dir() or path.suffix.lower() == ".csv":
            return folders.read(path, loaded, config.limit, progress, stop, order=config.label_order)
    except OSError as error:
        raise DataError("The test set can't be read.", cause=f"{path}: {error.strerror or error}") from error
    raise DataError(
        "This file can't be read as a test set.",
        cause=str(path),
        hint="Use an .npz file with images and labels, or a folder with one subfolder of images per class.",
    )


def _sample(config: TestSetConfig, loaded: LoadedModel) -> TestSet | None:
    from acq_engine.models import builtin
    from acq_engine.test_sets import npz

    if not config.use_sample or loaded.arch != builtin.ARCHITECTURE or loaded.name != builtin.SAMPLE_NAME:
        return None
    return npz.read(builtin.sample_dir() / builtin.TEST_FILE, loaded, config.limit)
