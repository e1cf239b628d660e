"""What the layers view says of a layer, and of a group of layers, column by column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from PySide6.QtCore import QCoreApplication

from acq_app.appearance.language import grouped
from acq_app.views.shared.axes import value_text
from acq_engine.events import LayerInfo

translate = QCoreApplication.translate
Layers = Sequence[LayerInfo]


@dataclass(frozen=True)
class Column:
    """A column: `value` for sorting and bars, `text` for reading; the same of a group of layers."""

    key: str
    title: str
    tip: str
    value: Callable[[LayerInfo], Any]
    text: Callable[[LayerInfo], str]
    group_value: Callable[[Layers], Any]
    group_text: Callable[[Layers], str]
    bar: bool = False


def mean_bits(layers: Layers) -> float:
    """Average over the weights of the layers."""
    count = sum(prod(layer.weight_shape) for layer in layers)
    return sum(prod(layer.weight_shape) * layer.weight_bits for layer in layers) / max(count, 1)


def columns() -> tuple[Column, ...]:
    """All columns, in the user's language."""

    def number(value: float | None) -> str:
        if value is None:
            return "\u2013"
        return f"{value:.4f}" if value == 0 or abs(value) >= 1e-3 else f"{value:.1e}"

    def percent(value: float | None) -> str:
        return "\u2013" if value is None else f"{100 * value:.2f}\u202f%"

    def signed(value: float) -> str:
        return value_text(value).replace("-", "\u2212")

    def most(value: Callable[[LayerInfo], float | None]) -> Callable[[Layers], float | None]:
        return lambda layers: max((own for layer in layers if (own := value(layer)) is not None), default=None)

    def measure(key: str, title: str, tip: str, value: Callable[[LayerInfo], float | None],
                write: Callable[[float | None], str]) -> Column:
        """A figure with a bar; a group has its worst layer's."""
        worst = most(value)
        return Column(key, title, tip, value, lambda layer: write(value(layer)), worst,
                      lambda layers: "\u2013" if worst(layers) is None else f"\u2264 {write(worst(layers))}", bar=True)

    def sizes(layers: Layers) -> int:
        return sum(prod(layer.weight_shape) for layer in layers)

    def spread(layers: Layers) -> str:
        found = sorted({layer.activation_bits for layer in layers if layer.activation_bits is not None})
        return "\u2013" if not found else "\u2013".join(map(str, dict.fromkeys((found[0], found[-1]))))

    return (
        Column("name", translate("Layers", "layer"), translate("Layers", "The module's path in the model"),
               lambda layer: layer.name, lambda layer: layer.name, lambda layers: layers[0].name, lambda layers: ""),
        Column("kind", translate("Layers", "type"), translate("Layers", "What the layer computes"),
               lambda layer: layer.kind, lambda layer: layer.kind, lambda layers: "",
               lambda layers: translate("Layers", "{0} layers").format(len(layers))),
        Column("shape", translate("Layers", "weights"),
               translate("Layers", "Shape of the weights; for a group: number of weights"),
               lambda layer: prod(layer.weight_shape), lambda layer: "\u00d7".join(map(str, layer.weight_shape)),
               sizes, lambda layers: grouped(sizes(layers))),
        Column("bits", translate("Layers", "bits"),
               translate("Layers", "Bits of the weights. To change them for the next run: double-click, F2, or keys 2 "
                                   "to 8; Delete reverts"),
               lambda layer: layer.weight_bits, lambda layer: str(layer.weight_bits), mean_bits,
               lambda layers: f"{mean_bits(layers):.3g}"),
        Column("outputs", translate("Layers", "act. bits"),
               translate("Layers", "Bits of the layer's activations; –: not quantized"),
               lambda layer: layer.activation_bits or 0,
               lambda layer: "\u2013" if layer.activation_bits is None else str(layer.activation_bits),
               lambda layers: max(layer.activation_bits or 0 for layer in layers), spread),
        measure("error", translate("Layers", "error"),
                translate("Layers", "Squared error of the quantized weights, relative to their squared norm"),
                lambda layer: layer.weight_error, percent),
        measure("cut", translate("Layers", "w. clipped"),
                translate("Layers", "Share of weights more than half a step outside their channel's range"),
                lambda layer: layer.weight_clipping, percent),
        measure("clipping", translate("Layers", "act. clipped"),
                translate("Layers", "Share of activations outside the quantization range"),
                lambda layer: layer.clipping_rate, percent),
        measure("sensitivity", translate("Layers", "sensitivity"),
                translate("Layers", "Change of the model's output if only this layer is quantized"),
                lambda layer: layer.sensitivity, number),
        Column("low", translate("Layers", "min"), translate("Layers", "Smallest representable weight"),
               lambda layer: layer.weight_low, lambda layer: signed(layer.weight_low),
               lambda layers: min(layer.weight_low for layer in layers),
               lambda layers: signed(min(layer.weight_low for layer in layers))),
        Column("high", translate("Layers", "max"), translate("Layers", "Largest representable weight"),
               lambda layer: layer.weight_high, lambda layer: signed(layer.weight_high),
               lambda layers: max(layer.weight_high for layer in layers),
               lambda layers: signed(max(layer.weight_high for layer in layers))),
        Column("scale", translate("Layers", "act. scale"),
               translate("Layers", "Quantization step size of the activations"),
               lambda layer: layer.output_scale, lambda layer: number(layer.output_scale),
               most(lambda layer: layer.output_scale), lambda layers: ""),
    )
