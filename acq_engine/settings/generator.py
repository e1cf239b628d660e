"""Settings of the generator."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from acq_engine.settings.fields import Section, setting


class GeneratorConfig(Section):
    """The generator and its conditions."""

    kind: Literal["centre", "gdfq"] = setting(
        "centre", "Generator", "centre: conditioned on class and attention centre. gdfq: on the class only.",
        advanced=True,
    )
    start: Path | None = setting(
        None, "Reuse generator of", "Reuse the trained generator and the procedural images of this run instead of "
        "training from scratch. It must have the same model and generator settings.", advanced=True,
        flag="--reuse-generator", old_flags=("--generator-from",),
    )
    noise_dim: int = setting(64, "Noise", "Dimensions of the generator's noise input. More allow more diverse samples.",
                             ge=1, le=1024, advanced=True)
    width: int = setting(64, "Width", "Channels of the generator's first stage. Wider is more expressive and "
                         "slower.", ge=8, le=512, advanced=True)
    attention_layer: str = setting(
        "", "Attention layer", "The layer whose attention is corrected. Empty: the last one before pooling.",
        advanced=True, flag="--attention-layer",
    )
    centre_power: float = setting(
        2.0, "Centre sharpness", "Exponent of the attention map before its centroid is computed. Higher follows the "
        "peak more closely.",
        ge=0.5, le=8, step=0.5, advanced=True,
    )
    centre_reach: float = setting(
        0.6, "Centre reach", "How far from the middle target centres may lie. 1 is the edge of the image.",
        ge=0, le=1, step=0.05, advanced=True,
    )
