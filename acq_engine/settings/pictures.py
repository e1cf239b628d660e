"""Settings of a few real images of the user's own."""

from __future__ import annotations

from pathlib import Path

from acq_engine.settings.fields import Section, setting


class PicturesConfig(Section):
    """Unlabelled images, beside the synthetic ones; none are needed."""

    path: Path | None = setting(
        None, "Own images", "A folder of unlabelled images, ten or a thousand, of any size. They are used next to the "
        "synthetic samples for calibration and fine-tuning; none are needed.", flag="--own-images",
        old_flags=("--pictures",),
    )
    limit: int = setting(
        1000, "Max. own images", "Number of own images to use, spread over the folder. More take more time and memory.",
        unit="images", ge=1, le=10_000, step=100, advanced=True, flag="--own-images-limit",
    )
