"""Settings of the quantizer."""

from __future__ import annotations

import math
from typing import Literal

from acq_engine.settings.fields import MOST_BITS, Bits, Section, names_of_values, setting

Convention = Literal["A", "B"]

# At 8 bits a last layer with so many of the weights would be most of what the file loses by it.
LARGE_LAST_SHARE, LARGE_LAST_LAYER = 0.1, 100_000


class QuantizationConfig(Section):
    """Bits, ranges and convention."""

    weight_bits: Bits = setting(4, "Weights", "Bits per weight; fewer cost accuracy. With 8-bit activations, "
                                "7 bits run twice as fast as 8 and are hardly less accurate.",
                                unit="bits", step=1, flag="--weight-bits")
    activation_bits: Bits = setting(4, "Activations", "Bits per activation. Accuracy suffers from these first.",
                                    unit="bits", step=1, flag="--activation-bits")
    allocation: Literal["equal", "sensitivity"] = setting(
        "equal", "Bit allocation", "equal: each layer and activation has the bits above. sensitivity: these are "
        "averages, and what suffers most from few bits gets more; far better for networks of depthwise convolutions, "
        "and no larger, but measuring takes minutes for large models.", flag="--bit-allocation",
    )
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
    activation_grid: Literal["asymmetric", "symmetric"] = setting(
        "asymmetric", "Activation grid", "asymmetric: a zero point fits the 256 levels of 8-bit activations to their "
        "range. symmetric: they have none, as TensorRT and some other accelerators require; values that are never "
        "negative then have 7 bits.", advanced=True, flag="--act-grid",
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
        None, "Average bits", "Allocates weight bits to layers by sensitivity, with this average; empty: as the bit "
        "allocation says. The first, the last and layers with their own bits keep theirs.", unit="bits", step=0.1,
        ge=2, le=8, advanced=True, flag="--mean-bits",
    )
    mean_activation_bits: float | None = setting(
        None, "Average activation bits", "Allocates the bits of activations by sensitivity, with this average over all "
        "values; empty: as the bit allocation says. Activations that have 8 bits in the deployable scheme anyway keep "
        "them.",
        unit="bits", step=0.1, ge=2, le=8, advanced=True, flag="--mean-act-bits",
    )
    layer_bits: dict[str, Bits] = setting(
        {}, "Bits per layer", "Weight bits of individual layers, by name. Other layers use the common setting.",
        advanced=True,
    )

    def scheme(self) -> str:
        """The scheme by the name that it is shown with: "paper" or "deployable"."""
        return names_of_values(type(self).model_fields["convention"])[self.convention]

    def average_bits(self) -> float | None:
        """Average of the weight bits that are allocated by sensitivity; None: all layers have the same."""
        return self._average(self.mean_bits, self.weight_bits)

    def average_activation_bits(self) -> float | None:
        """As `average_bits`, of the activations."""
        return self._average(self.mean_activation_bits, self.activation_bits)

    def _average(self, own: float | None, bits: int) -> float | None:
        if own is not None or self.allocation == "equal":
            return own
        return float(bits) if bits < MOST_BITS else None  # all have the most

    def weight_text(self) -> str:
        """Bits of the weights for a title: "4"; "3.5" or "~4" where this is an average."""
        return _bits_text(self.weight_bits, self.average_bits())

    def activation_text(self) -> str:
        """As `weight_text`, of the activations."""
        return _bits_text(self.activation_bits, self.average_activation_bits())

    def name(self) -> str:
        """Bits for the name of a folder: "w4a4"."""
        return f"w{self.weight_text()}a{self.activation_text()}".replace("~", "")

    def common_activation_bits(self) -> int:
        """Bits that activations are made with: their own setting, or the average, before bits are allocated.

        Then they are fewer than 8, which tells them from those that have 8 in any case.
        """
        average = self.average_activation_bits()
        return self.activation_bits if average is None else min(MOST_BITS - 1, math.ceil(average))

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


def _bits_text(bits: int, average: float | None) -> str:
    if average is None:
        return str(bits)
    return f"~{average:g}" if average == round(average) else f"{average:g}"
