"""Settings of the test images."""

from __future__ import annotations

from pathlib import Path

from acq_engine.settings.fields import Section, setting


class TestSetConfig(Section):
    """Labelled images that only measure; never used to quantize."""

    __test__ = False  # not a test class for pytest

    path: Path | None = setting(None, "Test images", "Labelled images: an .npz file, or a folder with one folder a "
                                "class. They only measure accuracy.", flag="--test-set")
    use_sample: bool = setting(
        True, "Sample's images", "Measure on the built-in sample's test images. Off: the sample is treated like a "
        "model without any.", advanced=True,
    )
    limit: int | None = setting(None, "At most", "How many images to use. Empty: all.", unit="images", ge=1,
                                advanced=True, flag="--test-limit")
