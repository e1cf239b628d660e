"""Settings of the quantizer."""

from __future__ import annotations

from typing import Literal

from acq_engine.settings.fields import Bits, Section, setting

Convention = Literal["A", "B"]

# At 8 bits a last layer with so many of the weights would be most of what the file loses by it.
LARGE_LAST_SHARE, LARGE_LAST_LAYER = 0.1, 100_000


class QuantizationConfig(Section):
    """Bits, ranges and convention."""

    weight_bits: Bits = setting(4, "Weights", "Bits of each weight. Fewer bits cost accuracy.",
                                unit="bit", step=1, flag="--weight-bits")
    activation_bits: Bits = setting(4, "Activations", "Bits of each activation. They cost accuracy first.",
                                    unit="bit", step=1, flag="--activation-bits")
    shortcut_bits: Bits = setting(
        8, "Shortcuts", "Bits of what is added, joined or pooled instead of multiplied, such as the shortcuts of "
        "residual networks; in convention B, and at least those of activations. Fewer cost accuracy, and save nothing "
        "in a runtime that stores 8 bits.",
        unit="bit", step=1, advanced=True, flag="--shortcut-bits",
    )
    edge_bits: Bits | None = setting(
        None, "First and last layer", "Bits of the first and last layer's weights. Empty: 8 in convention B, but a "
        "last layer with over a tenth of all weights has the others' bits, at least 4; in convention A as the others.",
        unit="bit", step=1, flag="--edge-bits",
    )
    convention: Convention = setting(
        "B", "Convention", "B is what a runtime executes: 8-bit input, quantized additions. A is what papers report: "
        "every layer at the same bits, input and additions in float.", advanced=True, flag="--convention",
    )
    weight_range: Literal["mse", "minmax"] = setting(
        "mse", "Weight range", "How a weight's range is found: least squared error, or smallest and largest value. The "
        "first is better at few bits; at 8 bits they hardly differ.", advanced=True, flag="--weight-range",
    )
    rounding: Literal["nearest", "reconstruct"] = setting(
        "reconstruct", "Rounding", "nearest: each weight goes to its nearest step. reconstruct: layer by layer, so "
        "that its outputs stay where they were; takes longer, and is far better at few bits.", advanced=True,
        flag="--rounding",
    )
    learned_scales: bool = setting(
        True, "Learn scales", "Fine-tuning also adjusts the step sizes, of weights and of activations. Off: they stay "
        "as calibration found them.", advanced=True, flag="--learned-scales",
    )
    mean_bits: float | None = setting(
        None, "Mean bits", "Gives each layer its own weight bits, by sensitivity, so many on average; empty: all the "
        "same. First, last and single layers that are set keep theirs.", unit="bit", step=0.1, ge=2, le=8,
        advanced=True, flag="--mean-bits",
    )
    layer_bits: dict[str, Bits] = setting(
        {}, "Bits per layer", "Weight bits of single layers, by name. A layer that is not named has the bits of all.",
        advanced=True,
    )

    def weight_text(self) -> str:
        """Bits of the weights for a title: "4", or the mean, such as "3.5", where each layer has its own."""
        return str(self.weight_bits) if self.mean_bits is None else f"{self.mean_bits:g}"

    def first_last_bits(self) -> int:
        """Weight bits of the first and last layer, with the convention's default filled in."""
        if self.edge_bits is not None:
            return self.edge_bits
        return 8 if self.convention == "B" else self.weight_bits

    def bits_of_shortcuts(self) -> int:
        """Bits of what is read by something else than a layer; the convention and activations have their say."""
        return self.activation_bits if self.convention == "A" else max(self.shortcut_bits, self.activation_bits)

    def last_bits(self, weights: int, total: int) -> int:
        """Weight bits of the last layer. Where it makes the file large, it gets no more than the others, but 4 (OURS).

        Args:
            weights: How many the last layer has.
            total: How many all layers have.
        """
        bits = self.first_last_bits()
        if self.edge_bits is None and weights >= LARGE_LAST_LAYER and weights > LARGE_LAST_SHARE * total:
            return min(bits, max(4, self.weight_bits))
        return bits
