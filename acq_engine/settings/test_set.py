"""Settings of the test images."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from acq_engine.settings.fields import Section, setting


class TestSetConfig(Section):
    """Labelled images that only measure; never used to quantize."""

    __test__ = False  # not a test class for pytest

    path: Path | None = setting(
        None, "Test images", "Labelled images: a folder with one subfolder per class, a table of files and labels, or "
        "an .npz file. Used only to measure accuracy.", flag="--test-set",
    )
    use_sample: bool = setting(
        True, "Sample's images", "Evaluate on the test images of the built-in sample model. Off: it is treated like a "
        "model without test images.", advanced=True,
    )
    limit: int | None = setting(None, "Max. images", "Number of images to use. Empty: all.", unit="images", ge=1,
                                advanced=True, flag="--test-limit")
    label_order: Literal["auto", "numbers", "text", "numbers_from_1", "text_from_1"] = setting(
        "auto", "Label order", "Class of folders named by numbers: their number, from 0 or from 1, or their place in "
        "the order of text (0, 1, 10), as in torchvision's ImageFolder. auto takes the order with the highest float "
        "accuracy.", advanced=True, flag="--label-order",
    )
