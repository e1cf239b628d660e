"""Arrays of images and labels as a test set, in the forms that programs leave them in.

Only what has a single meaning is taken: values of 0 to 1 as pixels, channels in front, one column a class. Where that
is more than a matter of form, the test set says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from acq_engine.errors import DataError
from acq_engine.models.preprocessing import CROP_WITHOUT_RESIZE
from acq_engine.test_sets.class_names import classes_of
from acq_engine.test_sets.images import MAX_SET_BYTES
from acq_engine.test_sets.test_set import I64, U8, TestSet, checked_test_set, spread

if TYPE_CHECKING:
    from acq_engine.models.loaded import LoadedModel

HINT = "Write it with numpy.savez_compressed(FILE, images=..., labels=...)."

PAIRS = (
    ("images", "labels"), ("x_test", "y_test"), ("test_images", "test_labels"), ("x_val", "y_val"),
    ("val_images", "val_labels"), ("images", "targets"), ("data", "labels"), ("data", "targets"), ("data", "target"),
    ("x", "y"), ("x", "labels"), ("images", "y"), ("image", "label"), ("arr_0", "arr_1"), ("x_train", "y_train"),
    ("train_images", "train_labels"),
)
"""What images and labels are called together; those that measure come before those of training."""


def pair_of(names: Sequence[str]) -> tuple[str, str] | None:
    """The names of images and labels among those of an archive."""
    known = {name.casefold(): name for name in reversed(names)}
    return next(((known[one], known[other]) for one, other in PAIRS if one in known and other in known), None)


def set_of(
    images: NDArray[Any], labels: NDArray[Any], class_names: Sequence[str], loaded: LoadedModel, limit: int | None, *,
    source: str, notes: Sequence[str] = (),
) -> TestSet:
    """The test set that two arrays are.

    Args:
        images: (N, H, W), (N, H, W, C) or (N, C, H, W); pixels of 0 to 255 in any type, or floats of 0 to 1.
        labels: (N,) or (N, 1) integers or words, or (N, classes) with a single 1 in each row.
        class_names: One for each class, or none.
        loaded: The model that will be measured.
        limit: At most so many images, spread evenly over all of them; None for all.
        source: Where they come from.
        notes: What is to be said of them already.

    Raises:
        DataError: values of another kind, another number of labels, or a size that does not fit.
    """
    placed, more = _with_channels_last(images, loaded)
    numbers, names = _numbers(labels, class_names, loaded)
    if len(placed) != len(numbers):
        raise DataError(f"The test set has {len(placed)} images but {len(numbers)} labels.")
    chosen = spread(len(placed), limit)
    cropped = fit_arrays(placed, loaded)
    some = numbers
    if len(chosen) < len(placed):
        cropped, some = cropped[chosen], numbers[chosen]
    pixels, scaled = _pixels(cropped, images)
    return checked_test_set(pixels, some, names, loaded, source=source, numbers=numbers,
                            notes=(*notes, *more, *scaled))


def _with_channels_last(images: NDArray[Any], loaded: LoadedModel) -> tuple[NDArray[Any], tuple[str, ...]]:
    channels = {1, 3, loaded.input_shape[0]}
    if images.dtype.kind in "uif":
        if images.ndim == 3 or (images.ndim == 4 and images.shape[3] in channels):
            return images, ()
        if images.ndim == 4 and images.shape[1] in channels:
            return images.transpose(0, 2, 3, 1), ()
    raise DataError(
        "The test set's images have an unexpected type.",
        cause=f"They are {images.dtype} of shape {images.shape}; expected is uint8 of shape (N, H, W, 3) or (N, H, W).",
        hint=HINT,
    )


def _pixels(images: NDArray[Any], all_images: NDArray[Any]) -> tuple[U8, tuple[str, ...]]:
    """Pixels of 0 to 255; what they are is decided by the whole set, of which `images` may be a part."""
    if images.dtype == np.uint8:
        return images, ()
    low, high = (float(all_images.min()), float(all_images.max())) if all_images.size else (0.0, 0.0)
    if not (np.isfinite(low) and np.isfinite(high)) or low < 0 or high > 255:
        raise DataError(
            "The test set's images are no pixels.",
            cause=f"Their values lie between {low:.3g} and {high:.3g}; expected is 0 to 255, or 0 to 1.",
            hint="Save the images as they are before they are normalized.",
        )
    if images.dtype.kind == "f" and high <= 1:
        return np.rint(images * 255).astype(np.uint8), ("The values of the images lie in 0 to 1, and are read as "
                                                        "pixels of 0 to 255.",)
    return np.rint(images).astype(np.uint8), ()


def _numbers(labels: NDArray[Any], names: Sequence[str], loaded: LoadedModel) -> tuple[I64, Sequence[str]]:
    """Labels as numbers, and the class names that follow from them."""
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    if labels.ndim == 2 and labels.shape[1] == loaded.num_classes and labels.dtype.kind in "uifb":
        if len(labels) and bool(((labels == 0) | (labels == 1)).all()) and bool((labels.sum(1) == 1).all()):
            return labels.argmax(1).astype(np.int64), names
    elif labels.ndim == 1 and labels.dtype.kind in "iuf":
        if labels.dtype.kind != "f" or bool((labels == np.rint(labels)).all()):
            return labels.astype(np.int64), names
    elif labels.ndim == 1 and labels.dtype.kind in "US":
        words = [word.decode("utf-8", "replace") if isinstance(word, bytes) else str(word) for word in labels.tolist()]
        known, found = classes_of(words, loaded)
        return np.array([known[word] for word in words], dtype=np.int64), names or found
    raise DataError(
        "The test set's labels have an unexpected type.",
        cause=f"They are {labels.dtype} of shape {labels.shape}; expected is int64 of shape (N,).",
        hint=HINT,
    )


def fit_arrays(images: NDArray[Any], loaded: LoadedModel) -> NDArray[Any]:
    """Crop images that are up to 15 % larger than the input in their middle.

    Args:
        images: (N, h, w) or (N, h, w, C).
        loaded: The model.

    Returns:
        The same without a copy, (N, H, W) or (N, H, W, C).

    Raises:
        DataError: they are smaller than the input, or much larger.
    """
    _, height, width = loaded.input_shape
    found_height, found_width = images.shape[1:3]
    pairs = ((found_height, height), (found_width, width))
    if not all(wanted <= found <= wanted * CROP_WITHOUT_RESIZE for found, wanted in pairs):
        raise DataError(
            "The test set's images don't have the model's input size.",
            cause=f"They have {found_width} x {found_height} pixels; the model expects {width} x {height}.",
            hint="Resize the images, or set the input size that the model was trained with.",
        )
    if images.nbytes > MAX_SET_BYTES:
        raise DataError("The test set is too large.", hint="Limit the number of images.")
    top, left = (found_height - height) // 2, (found_width - width) // 2
    return images[:, top : top + height, left : left + width]
