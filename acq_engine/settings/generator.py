"""Settings of the generator."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from acq_engine.settings.fields import Section, setting


class GeneratorConfig(Section):
    """The generator and its conditions."""

    kind: Literal["centre", "gdfq"] = setting(
        "centre", "Generator", "centre: conditioned on class and attention centre. gdfq: on the class alone.",
        advanced=True,
    )
    start: Path | None = setting(
        None, "Take over from", "A run whose generator and canvases are taken over instead of learning them anew. It "
        "must have had the same model and the same generator.", advanced=True, flag="--generator-from",
    )
    noise_dim: int = setting(64, "Noise", "Numbers drawn at random for each sample. More leave more room for variety.",
                             ge=1, le=1024, advanced=True)
    width: int = setting(64, "Width", "Channels of the generator's first stage. Wider can draw more, and is "
                         "slower.", ge=8, le=512, advanced=True)
    attention_layer: str = setting(
        "", "Attention layer", "The layer whose attention is corrected. Empty: the last one before pooling.",
        advanced=True, flag="--attention-layer",
    )
    centre_power: float = setting(
        2.0, "Centre sharpness", "Power of the attention map before its centroid is taken. Higher follows the peak.",
        ge=0.5, le=8, step=0.5, advanced=True,
    )
    centre_reach: float = setting(
        0.6, "Centre reach", "How far from the middle a centre may be asked for. 1 is the picture's edge.",
        ge=0, le=1, step=0.05, advanced=True,
    )
