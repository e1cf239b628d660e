"""What is known of a quantized model without test images, as rows and figures. No widgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from acq_app.appearance.language import grouped
from acq_app.views.results.tables import Cell
from acq_app.views.shared.axes import value_text
from acq_app.views.shared.sample_facts import class_name
from acq_engine.evaluation.match import by_class, interval, pairs, same_predictions
from acq_engine.events import F32, I64, LayerReport, PredictionsCompared

translate = QCoreApplication.translate

On = Literal["synthetic", "procedural"]
MOST_CLASSES = 40  # in the matrix; with more the table of pairs says it better


@dataclass(frozen=True)
class Match:
    """Both networks' predictions on images of one kind, summed up.

    Attributes:
        event: The predictions.
        names: Of the classes, or empty.
    """

    event: PredictionsCompared
    names: tuple[str, ...]

    @property
    def images(self) -> int:
        """How many there are."""
        return len(self.event.float_classes)

    @property
    def same(self) -> int:
        """How many have the same top-1 prediction in both."""
        return same_predictions(self.event)

    def figures(self) -> tuple[str, ...]:
        """As text: images; agreement; its interval; mean divergence; mean probability, float and quantized."""
        if not self.images:
            return (value_text(None),) * 5
        low, high = interval(self.same, self.images)
        event = self.event
        return (
            grouped(self.images), value_text(100 * self.same / self.images, "%"),
            translate("Agreement", "{0} to {1}").format(f"{low:.1f}", value_text(high, "%")),
            f"{float(event.divergence.mean()):.3f}",
            translate("Agreement", "{0} / {1}").format(
                f"{100 * float(event.float_shares.mean()):.1f}",
                value_text(100 * float(event.quantized_shares.mean()), "%")),
        )

    def by_class(self, classes: int) -> F32:
        """(classes,) percent of the images that the float network takes for a class which the other does, too; NaN
        where it takes none for it.
        """
        plain, other = self.event.float_classes, self.event.quantized_classes
        there = np.bincount(plain, minlength=classes)[:classes]
        same = np.bincount(plain[plain == other], minlength=classes)[:classes]
        with np.errstate(invalid="ignore"):
            return np.asarray(100 * same / there, np.float32)

    def class_rows(self) -> list[tuple[Cell, ...]]:
        """Class, images that float and quantized take for it, agreement in percent; least agreed first."""
        return [(class_name(self.names, row.label), row.plain, row.quantized, row.percent)
                for row in by_class(self.event)]

    def pair_rows(self) -> list[tuple[Cell, ...]]:
        """Float prediction, quantized prediction, and how many images; the most frequent first."""
        return [(class_name(self.names, plain), class_name(self.names, other), count)
                for plain, other, count in pairs(self.event)]

    def matrix(self) -> tuple[I64, tuple[str, ...]] | None:
        """Counts of the classes that occur, rows float and columns quantized, and their names; None: too many."""
        plain, other = self.event.float_classes, self.event.quantized_classes
        labels = np.unique(np.concatenate([plain, other]))
        if not 0 < len(labels) <= MOST_CLASSES:
            return None
        counts: NDArray[np.int64] = np.zeros((len(labels), len(labels)), np.int64)
        np.add.at(counts, (np.searchsorted(labels, plain), np.searchsorted(labels, other)), 1)
        return counts, tuple(class_name(self.names, int(label)) for label in labels)

    def words(self, place: int) -> str:
        """One of the images in a sentence."""
        event = self.event
        return translate("Agreement", "Float: {0} {1} %. Quantized: {2} {3} %. Divergence {4}.").format(
            class_name(self.names, int(event.float_classes[place])), f"{100 * event.float_shares[place]:.0f}",
            class_name(self.names, int(event.quantized_classes[place])), f"{100 * event.quantized_shares[place]:.0f}",
            f"{event.divergence[place]:.3f}")


def layer_rows(report: LayerReport | None) -> list[tuple[Cell, ...]]:
    """Layer, bits of weights and outputs, error of the weights and clipped outputs and weights in percent.

    What clips most comes first.
    """
    if report is None:
        return []
    rows: list[tuple[Cell, ...]] = []
    for layer in report.layers:
        shares = [None if share is None or share != share else 100 * share
                  for share in (layer.weight_error, layer.clipping_rate, layer.weight_clipping)]
        rows.append((layer.name, layer.weight_bits, layer.activation_bits, *shares))
    return sorted(rows, key=lambda row: -(float(row[4]) if row[4] is not None else -1.0))
