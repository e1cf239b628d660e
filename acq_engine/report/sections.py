"""The report's sections: each is a function from the run's data to HTML, and a line in SECTIONS."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from html import escape
from pathlib import PurePath
from typing import Any

from acq_engine.events import METRICS, PHASE_TITLES, Failed, Finished, Metric, Verified
from acq_engine.report import charts, images
from acq_engine.report.html import Cell, Figure, figure, megabytes, paragraph, percent, section, table, tiles
from acq_engine.report.predictions import predictions
from acq_engine.report.run_data import RunData
from acq_engine.settings import RunConfig
from acq_engine.settings.command_line import command_for
from acq_engine.settings.published import SOURCE, published
from acq_engine.store.plans import PLAN_COLUMNS, about, plan_rows
from acq_engine.store.plans import summary as summary_of_plan

_MAX_CLASSES = 30
_STATES = {
    "draft": "not started", "running": "still running when this report was created", "paused": "paused",
    "stopped": "stopped; it can be resumed", "succeeded": "succeeded", "failed": "failed",
}


def summary(data: RunData) -> str:
    """The figures that people look for first."""
    bits = data.info.config.quantization
    end = data.end
    words = f"weights and activations, {bits.scheme()} scheme"
    items = [(f"W{bits.weight_text()} A{bits.activation_text()}", words, "")]
    names = {"float": "float", "student": "quantized", "exported": "exported"}
    for subject, name in names.items():
        found = data.evaluated.get(subject)
        if found is not None and found.top1 is not None:
            items.append((percent(found.top1), f"top-1, {name} model", ""))
    if isinstance(end, Finished):
        if end.float_bytes and end.exported_bytes:
            words = f"exported (float weights: {megabytes(end.float_bytes)})"
            items.append((megabytes(end.exported_bytes), words, ""))
        if end.exported_bytes:
            items.append(("verified", "exported file verified", "good") if end.verified
                         else ("not verified", "exported file", "bad"))
    on = data.evaluated.get("student") or data.evaluated.get("float")
    words = f"Accuracy on {on.images:,} {on.on} images." if on is not None and on.top1 is not None else (
        "Without test images, accuracy was not measured.")
    failure = paragraph(f"{end.message} {end.cause} {end.hint}", "bad") if isinstance(end, Failed) else ""
    warnings = "".join(paragraph(text) for text in dict.fromkeys(data.warnings))
    return tiles(items) + failure + paragraph(words, "muted") + warnings


def accuracy(data: RunData) -> str:
    """Every model that was measured, and the classes that changed most; without test images there is no accuracy."""
    names = {"float": "float", "student": "quantized", "exported": "exported (ONNX Runtime)"}
    rows: list[tuple[Cell, ...]] = [
        (names[subject], item.images, item.on, _places(item.top1), _places(item.top5),
         _places(item.agreement if subject == "student" else None))
        for subject, item in data.evaluated.items()
    ]
    titles: tuple[str, ...] = ("model", "images", "kind", "top-1, %", "top-5, %", "agreement, %")
    end = data.end
    own = f"Quantized with {end.pictures:,} own images next to the synthetic samples." if (
        isinstance(end, Finished) and end.pictures) else ""
    title = "Accuracy"
    if all(item.top1 is None for item in data.evaluated.values()):
        title, titles = "Agreement with the float model", ("model", "images", "kind", "agreement, %")
        rows = [(*row[:3], row[5]) for row in rows if row[5] is not None]
    return section(title, table(titles, rows), paragraph(own) if own else "", paragraph(_published(data), "muted"),
                   _per_class(data))


def _published(data: RunData) -> str:
    """The paper's figure for a run like this one."""
    model, measured = data.info.model, data.evaluated.get("student")
    if model is None or measured is None or measured.top1 is None:
        return ""
    found = published(data.info.config, model.arch, model.num_classes, model.input_shape)
    return "" if found is None else (
        f"Published (ACQ, {SOURCE}): {found.top1:.2f} % top-1 for {found.network} on ImageNet with {found.bits} bits. "
        "Recognized by architecture, 1,000 classes, scheme and bits. The paper has float weights, a training schedule "
        "and test images of its own, so the difference is not due to the method alone.")


def _per_class(data: RunData) -> str:
    known = {subject: item.per_class for subject, item in data.evaluated.items() if item.per_class is not None}
    if "float" not in known or "student" not in known:
        return ""
    before, after = known["float"], known["student"]
    exported = known.get("exported")
    order = sorted(range(min(len(before), len(after))), key=lambda index: float(after[index] - before[index]))
    rows = [
        (data.class_name(index), _places(before[index]), _places(after[index]),
         _places(exported[index] if exported is not None and index < len(exported) else None),
         _places(after[index] - before[index], sign=True))
        for index in order[:_MAX_CLASSES]
    ]
    note = f"The {_MAX_CLASSES} of {len(order):,} classes with the largest drop." if len(order) > _MAX_CLASSES else ""
    titles = ("class", "float, %", "quantized, %", "exported, %", "difference, pp")
    return "<h3>Classes, largest drop first</h3>" + paragraph(note, "muted") + table(titles, rows)


def deployment(data: RunData) -> str:
    """Exported files: sizes, the check, measured latency."""
    whole = data.exported[0].float_bytes if data.exported else 0
    files = [(name, title, megabytes(size), f"{whole / size:.1f} times smaller" if whole and size else "")
             for name, title, size in data.files]
    parts = [table(("format", "file", "size", "than the float weights"), files)]
    if whole:
        rows = [("float weights", float(whole), megabytes(whole))]
        rows += [(name, float(size), megabytes(size)) for name, _, size in data.files]
        parts.append(figure(charts.bars(rows), title="Size"))
    for item in data.verified:
        parts += _check(item)
    return section("Export", *parts)


def _check(item: Verified) -> list[str]:
    verdict = "passed" if item.passed else "failed"
    rows = [
        ("outputs bit-exact with the integer reference", percent(item.exact_rows)),
        ("top-1 agreement with the quantized model", percent(item.agreement)),
        ("images", f"{item.images:,} {item.on}"),
        ("convolutions with integer kernels", str(item.integer_convolutions)),
        ("convolutions in float", str(item.float_convolutions)),
        *((("matrix products with integer kernels", str(item.products[0])),
           ("matrix products in float", str(item.products[1]))) if sum(item.products) > 1 else ()),
        ("operators in the runtime", ", ".join(f"{count} {name}" for name, count in item.operators.items())),
        ("runtime", item.runtime or "ONNX Runtime"),
    ]
    parts = [
        f"<h3>Verification of {escape(PurePath(item.path).name)}: "
        f'<span class="{"good" if item.passed else "bad"}">{verdict}</span></h3>',
        paragraph(item.detail, "" if item.passed else "bad"), table(("", "measured"), [row for row in rows if row[1]]),
    ]
    threads = "" if item.threads is None else f", {item.threads} thread{'s' if item.threads != 1 else ''}"
    for count, quantized, slow, onnx in (
        ("batch 1", item.latency_ms, item.float_latency_ms, item.onnx_latency_ms),
        ("batch 16", item.latency_16_ms, item.float_latency_16_ms, item.onnx_latency_16_ms),
    ):
        if quantized and slow is not None:
            end = "ms" if count == "batch 1" else "16_ms"
            found = [("float", slow, "float_"), ("ONNX file", onnx, "onnx_"), ("exported", quantized, "")]
            bars, ranges = [], []
            for label, value, name in found:
                if value is not None:
                    ends = item.latency_ranges.get(f"{name}latency_{end}")
                    spread = "" if ends is None else f" ({ends[0]:.2f} to {ends[1]:.2f})"
                    bars.append((label, value, f"{value:.2f} ms{spread}"))
                    ranges.append(ends)
            words = f"Median, on the machine of the run{threads}; {slow / quantized:.2f} times as fast as float."
            turns = item.latency_turns.get(count.removeprefix("batch "))
            if any(ranges):
                words += (f" In brackets, and as a line, the 10th to 90th percentile of {turns} repetitions, in which "
                          "the files took turns.")
            parts.append(figure(charts.bars(bars, ranges=ranges), words, f"Latency: {count}"))
    return parts


def curves(data: RunData) -> str:
    """Losses on a logarithmic axis, then accuracy and health, each with its own axis."""
    parts = []
    phases = [(PHASE_TITLES.get(name, name), step) for name, step in data.phases]
    for group, title in (("generator", "Generator losses"), ("student", "Losses of the student")):
        chosen = {metric.label: data.curves[metric.key] for metric in METRICS
                  if metric.group == group and metric.key in data.curves}
        drawing = charts.line_chart(chosen, width=960, height=280, log=True, phases=phases, title=title)
        parts.append(figure(drawing, title=title))
    small = [_small_chart(data, metric, phases) for metric in METRICS
             if metric.group in ("accuracy", "health") and len(data.curves.get(metric.key, ())) > 1]
    if small:
        parts.append(f'<div class="grid-2">{"".join(small)}</div>')
    return section("Curves", *parts)


def _small_chart(data: RunData, metric: Metric, phases: list[tuple[str, int]]) -> str:
    unit = f" {metric.unit}" if metric.unit else ""
    drawing = charts.line_chart({metric.label: data.curves[metric.key]}, width=460, height=180, unit=unit,
                                phases=phases, title=metric.label)
    return figure(drawing, metric.help, f"{metric.group}: {metric.label}")


def samples(data: RunData) -> str:
    """The same samples over time."""
    if not data.snapshots:
        return ""
    words = ("The same noise, classes and centres throughout the run. Filled dot: measured attention centre."
             + (" Hollow ring: target centre." if data.snapshots[-1].asked is not None else ""))
    figures = [figure(images.sample_grid(data, one), title=f"Step {one.step:,}") for one in data.snapshots]
    return section("Synthetic samples", paragraph(words, "muted"), *figures)


def attention(data: RunData) -> str:
    """The last attention maps in both modes."""
    event = data.attention
    if event is None:
        return ""
    matching = next((one for one in reversed(data.snapshots) if one.step == event.step), None)
    words = (f"Layer {event.layer}, step {event.step:,}. Eval and train mode on one colour scale; in the difference "
             "blue means more in eval mode, orange more in train mode.")
    return section("Attention", paragraph(words, "muted"), figure(images.attention_grid(data, event, matching)))


def layers(data: RunData) -> str:
    """Every quantized layer."""
    rows = [
        (item.name, item.kind, " x ".join(map(str, item.weight_shape)), item.weight_bits, item.activation_bits,
         item.weight_low, item.weight_high, item.output_scale, item.output_zero_point,
         None if item.weight_error is None else 100 * item.weight_error,
         None if item.clipping_rate is None else 100 * item.clipping_rate, item.sensitivity)
        for item in data.layers
    ]
    titles = ("layer", "type", "weights", "bits", "act. bits", "min", "max", "act. scale", "zero point",
              "weight error, %", "clipped, %", "sensitivity")
    kept = [index for index in range(len(titles)) if any(row[index] is not None for row in rows)]
    return section("Layers", table([titles[index] for index in kept], [[row[index] for index in kept] for row in rows]))


def plan(data: RunData) -> str:
    """How the time was divided, and whether it was kept."""
    made, end = data.info.plan, data.end
    took = []
    if isinstance(end, Finished) and end.peak_bytes is not None:
        of = "of the GPU" if end.peak_of == "device" else "of the whole program"
        took.append(f"Peak memory {of}: {end.peak_bytes / 1e9:.1f} GB.")
    if made is None:
        return section("Time and memory", *(paragraph(line) for line in took)) if took else ""
    if isinstance(end, Finished) and end.state == "succeeded":
        took.insert(0, f"The run took {end.seconds / 60:.1f} min; planned were {made.seconds / 60:.1f} min.")
    costs = made.costs
    measured = "" if costs is None else (
        f"Measured before the run on {made.device}"
        + (f", {made.threads} thread{'s' if made.threads != 1 else ''}" if made.device == "cpu" else "")
        + f", in {about(costs.measuring)}: {costs.float_image:.3g} s for an image in the float model, "
        f"{costs.generator_sample:.3g} s for a sample in a generator step, {costs.student_sample:.3g} s in a student "
        "step.")
    return section(
        "Time and memory", paragraph(summary_of_plan(made)), table(PLAN_COLUMNS, plan_rows(made)),
        *(paragraph(note) for note in made.notes), *(paragraph(line) for line in took),
        paragraph(measured, "muted") if measured else "",
    )


def settings(data: RunData) -> str:
    """How to do it again, and what was set."""
    config = data.info.config
    command = command_for(config)
    if data.info.plan is not None and data.info.plan.reduced:  # a plan made anew may be another one
        command = "acq quantize --config RUN/run.json --plan RUN --out NEW"
    default = _flat(json.loads(RunConfig().to_json()))
    rows = [(name, value, "" if default.get(name) == value else f"default: {default.get(name) or 'empty'}")
            for name, value in _flat(json.loads(config.to_json())).items() if value or default.get(name)]
    return section(
        "Settings", "<h3>Repeat this run</h3>", f"<pre>{escape(command)}</pre>",
        paragraph(f"Seed {config.seed}. On one machine the same seed gives the same result.", "muted"),
        "<h3>All settings</h3>", table(("setting", "value", ""), rows),
    )


def versions(data: RunData) -> str:
    """What it was made with."""
    rows: list[tuple[str, str]] = list(data.info.versions.items())
    if data.started is not None:
        rows.append(("device", data.started.device))
    rows += [("teacher's SHA-256", data.info.teacher_sha256), ("run created", data.info.created),
             ("last written", data.info.updated), ("state", _STATES[data.info.state])]
    return section("Versions", table(("what", "version"), [row for row in rows if row[1]]))


SECTIONS: tuple[Callable[[RunData], str], ...] = (
    summary, accuracy, predictions, deployment, curves, samples, attention, layers, plan, settings, versions,
)


def _flat(data: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """Nested settings as {"section.name": text}."""
    result: dict[str, str] = {}
    for key, value in data.items():
        if isinstance(value, dict) and value:
            result.update(_flat(value, f"{prefix}{key}."))
        else:
            result[prefix + key] = "" if value is None or value == {} else str(value)
    return result


def _places(value: Any, *, sign: bool = False) -> Figure | None:
    """A percentage with two places, so that columns stand on the point; None where nothing was measured."""
    if value is None or not math.isfinite(value):
        return None
    return Figure(f"{float(value):+.2f}" if sign else f"{float(value):.2f}")
