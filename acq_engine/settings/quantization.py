"""Settings of the quantizer."""

from __future__ import annotations

import math
from typing import Literal

from acq_engine.settings.fields import Bits, Section, names_of_values, setting

Convention = Literal["A", "B"]

# At 8 bits a last layer with so many of the weights would be most of what the file loses by it.
LARGE_LAST_SHARE, LARGE_LAST_LAYER = 0.1, 100_000


class QuantizationConfig(Section):
    """Bits, ranges and convention."""

    weight_bits: Bits = setting(4, "Weights", "Bits per weight. Fewer bits cost accuracy.",
                                unit="bits", step=1, flag="--weight-bits")
    activation_bits: Bits = setting(4, "Activations", "Bits per activation. Accuracy suffers from these first.",
                                    unit="bits", step=1, flag="--activation-bits")
    shortcut_bits: Bits = setting(
        8, "Skip connections", "Bits of tensors that are added, concatenated or pooled, such as the skip connections "
        "of residual networks; only in the deployable scheme, and at least those of activations. Fewer cost accuracy, "
        "and save nothing in a runtime that stores 8 bits.",
        unit="bits", step=1, advanced=True, flag="--skip-bits", old_flags=("--shortcut-bits",),
    )
    edge_bits: Bits | None = setting(
        None, "First and last layer", "Bits of the first and last layer's weights. Empty: 8 in the deployable scheme, "
        "but a last layer with over a tenth of all weights has the others' bits, at least 4; in the paper scheme as "
        "the others.",
        unit="bits", step=1, flag="--edge-bits",
    )
    first_output_bits: Bits | None = setting(
        None, "First layer's output", "Bits of the first activation function's output. Empty: 8 in the deployable "
        "scheme where a depthwise convolution reads it, which suffers most from few; else as the other activations.",
        unit="bits", step=1, advanced=True, flag="--stem-bits",
    )
    convention: Convention = setting(
        "B", "Scheme", "deployable: what a runtime executes, with 8-bit input and quantized additions. paper: what "
        "papers report, with the same bits in every layer, input and additions in float.", advanced=True,
        flag="--scheme", old_flags=("--convention",), value_names={"A": "paper", "B": "deployable"},
    )
    weight_range: Literal["mse", "minmax"] = setting(
        "mse", "Weight range", "How the weight range is chosen: mse by the smallest squared error, minmax by the "
        "smallest and largest value. mse is better at few bits; at 8 bits they hardly "
        "differ.", advanced=True, flag="--weight-range",
    )
    weight_scales: Literal["channel", "tensor"] = setting(
        "channel", "Weight scales", "channel: one for each output channel. tensor: one for the whole layer, for "
        "accelerators that take no others; it costs accuracy, most of all in depthwise convolutions.", advanced=True,
        flag="--weight-scales",
    )
    rounding: Literal["nearest", "reconstruct"] = setting(
        "reconstruct", "Rounding", "nearest: each weight is rounded to the nearest level. gptq: layer by layer, "
        "compensating the error in the layer's output; takes longer, and is far better at few bits.", advanced=True,
        flag="--rounding", value_names={"reconstruct": "gptq"},
    )
    learned_scales: bool = setting(
        True, "Learn scales", "Fine-tuning also learns the step sizes of weights and activations. Off: they keep their "
        "calibrated values.", advanced=True, flag="--learned-scales",
    )
    mean_bits: float | None = setting(
        None, "Average bits", "Allocates weight bits to layers by sensitivity, with this average; empty: the same bits "
        "for all. The first, the last and layers with their own bits keep theirs.", unit="bits", step=0.1, ge=2, le=8,
        advanced=True, flag="--mean-bits",
    )
    mean_activation_bits: float | None = setting(
        None, "Average activation bits", "Allocates the bits of activations by sensitivity, with this average over all "
        "values; empty: the same bits for all. Activations that have 8 bits in the deployable scheme anyway keep them.",
        unit="bits", step=0.1, ge=2, le=8, advanced=True, flag="--mean-act-bits",
    )
    layer_bits: dict[str, Bits] = setting(
        {}, "Bits per layer", "Weight bits of individual layers, by name. Other layers use the common setting.",
        advanced=True,
    )

    def scheme(self) -> str:
        """The scheme by the name that it is shown with: "paper" or "deployable"."""
        return names_of_values(type(self).model_fields["convention"])[self.convention]

    def weight_text(self) -> str:
        """Bits of the weights for a title: "4", or the mean, such as "3.5", where each layer has its own."""
        return str(self.weight_bits) if self.mean_bits is None else f"{self.mean_bits:g}"

    def activation_text(self) -> str:
        """Bits of the activations for a title, as `weight_text`."""
        return str(self.activation_bits) if self.mean_activation_bits is None else f"{self.mean_activation_bits:g}"

    def common_activation_bits(self) -> int:
        """Bits that activations are made with: their own setting, or the average, before bits are allocated.

        Then they are fewer than 8, which tells them from those that have 8 in any case.
        """
        mean = self.mean_activation_bits
        return self.activation_bits if mean is None else min(7, math.ceil(mean))

    def first_last_bits(self) -> int:
        """Weight bits of the first and last layer, with the convention's default filled in."""
        if self.edge_bits is not None:
            return self.edge_bits
        return 8 if self.convention == "B" else self.weight_bits

    def bits_of_first_output(self, *, read_by_depthwise: bool) -> int:
        """Bits of the first activation function's output (OURS).

        Args:
            read_by_depthwise: Whether a depthwise convolution reads it. It adds up few values of one channel, often
                differences of neighbours, so that rounding is not averaged away: docs/decisions/0025.
        """
        if self.first_output_bits is not None:
            return self.first_output_bits
        return 8 if read_by_depthwise and self.convention == "B" else self.common_activation_bits()

    def bits_of_shortcuts(self) -> int:
        """Bits of what is read by something else than a layer; the convention and activations have their say."""
        common = self.common_activation_bits()
        return common if self.convention == "A" else max(self.shortcut_bits, common)

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
