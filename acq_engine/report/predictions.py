"""A run without test images: what both models predict for held-out images without labels, and which they differ on."""

from __future__ import annotations

from acq_engine.evaluation.match import by_class, interval, pairs, same_predictions
from acq_engine.events import PredictionsCompared
from acq_engine.report import images
from acq_engine.report.html import Cell, Figure, figure, paragraph, section, table
from acq_engine.report.run_data import RunData

_KINDS = {"synthetic": "synthetic samples", "procedural": "procedural images"}
_MAX_ROWS = 30


def predictions(data: RunData) -> str:
    """Agreement with its interval, by class and by image; apart for each kind of image, and never called accuracy."""
    found = [data.compared[kind] for kind in _KINDS if kind in data.compared and len(data.compared[kind].float_classes)]
    if not found:
        return ""
    titles = ("images without labels", "images", "same top-1 prediction, %", "95 % confidence interval, %",
              "mean divergence, nats", "mean probability, float, %", "mean probability, quantized, %")
    words = ("Both models' predictions on held-out images, of which the quantized model learned nothing. None of these "
             "figures is accuracy: the right class of the images is not known. Samples are made with the float model's "
             "own statistics; procedural images are drawn by rules and belong to no class.")
    return section("Predictions without test images", table(titles, [_row(one) for one in found]),
                   paragraph(words, "muted"), *(_details(data, one) for one in found))


def _row(found: PredictionsCompared) -> tuple[Cell, ...]:
    count, same = len(found.float_classes), same_predictions(found)
    low, high = interval(same, count)
    return (_KINDS[found.on], count, Figure(f"{100 * same / count:.1f}"), Figure(f"{low:.1f} to {high:.1f}"),
            Figure(f"{float(found.divergence.mean()):.3f}"), Figure(f"{100 * float(found.float_shares.mean()):.1f}"),
            Figure(f"{100 * float(found.quantized_shares.mean()):.1f}"))


def _details(data: RunData, found: PredictionsCompared) -> str:
    """The classes, the pairs and the images of one kind."""
    kind, count = _KINDS[found.on].capitalize(), len(found.float_classes)
    apart = count - same_predictions(found)
    flips = (f"{apart:,} of {count:,} images have different predictions; those that differ most come first." if apart
             else f"All {count:,} predictions are the same; the images whose probabilities differ most come first.")
    flips += " Below each image the float model's prediction, then the quantized model's."
    rows: list[tuple[Cell, ...]] = [
        (data.class_name(one.label), one.plain, one.quantized,
         None if one.percent is None else Figure(f"{one.percent:.1f}")) for one in by_class(found)]
    swaps: list[tuple[Cell, ...]] = [
        (data.class_name(plain), data.class_name(other), number) for plain, other, number in pairs(found)]
    return "".join((
        figure(images.prediction_grid(data, found), flips, f"{kind}: images that differ most"),
        _table(f"{kind}: classes, least agreement first",
               ("class", "float predicts it", "quantized predicts it", "same, %"), rows),
        _table(f"{kind}: different predictions", ("float", "quantized", "images"), swaps),
    ))


def _table(title: str, titles: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> str:
    if not rows:
        return ""
    note = f"The first {_MAX_ROWS} of {len(rows):,} rows." if len(rows) > _MAX_ROWS else ""
    return f"<h3>{title}</h3>" + paragraph(note, "muted") + table(titles, rows[:_MAX_ROWS])
