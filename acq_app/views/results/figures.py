"""What the results are made of: the figures that came so far, and what they say in words. No widgets."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from acq_app.appearance.language import grouped, said
from acq_app.views.shared.axes import bytes_text, latency_text, value_text
from acq_engine.events import (
    Evaluated,
    Event,
    Exported,
    FineTuned,
    Finished,
    LayerReport,
    ModelSummary,
    PredictionsCompared,
    RunStarted,
    StepMetrics,
    Verified,
)
from acq_engine.settings import Published

translate = QCoreApplication.translate

SUBJECTS = ("float", "student", "exported")


@dataclass
class Figures:
    """Everything that was measured in a run so far."""

    model: ModelSummary | None = None
    run_dir: str = ""
    evaluated: dict[str, Evaluated] = field(default_factory=dict)  # by subject, the last of each
    exported: dict[str, Exported] = field(default_factory=dict)  # by format
    verified: Verified | None = None
    finished: Finished | None = None
    fine_tuned: FineTuned | None = None
    compared: dict[str, PredictionsCompared] = field(default_factory=dict)  # by kind of image
    layers: LayerReport | None = None
    published: Published | None = None
    planned: dict[str, int] = field(default_factory=dict)  # steps, by phase
    done: dict[str, int] = field(default_factory=dict)

    def take(self, event: Event) -> bool:
        """Take note of an event; returns whether it changes the results."""
        if isinstance(event, Evaluated):
            self.evaluated[event.subject] = event
        elif isinstance(event, PredictionsCompared):
            self.compared[event.on] = event
        elif isinstance(event, LayerReport):
            self.layers = event
        elif isinstance(event, Exported):
            self.exported[event.format] = event
        elif isinstance(event, Verified):
            self.verified = event
        elif isinstance(event, FineTuned):
            self.fine_tuned = event
        elif isinstance(event, Finished):
            self.finished = event
        elif isinstance(event, StepMetrics):
            self.done[event.phase] = event.step
            return False
        elif isinstance(event, RunStarted):
            self.planned = {phase.phase: phase.steps for phase in event.plan}
            self.model, self.run_dir, self.fine_tuned = event.model, event.run_dir, None
            self.compared, self.layers, self.published = {}, None, None
        else:
            return False
        return True

    @property
    def quantized(self) -> Evaluated | None:
        """The best that is known of the quantized model: of the exported file, else before its export."""
        return self.evaluated.get("exported") or self.evaluated.get("student")

    @property
    def plain(self) -> Evaluated | None:
        """The float model on the images that the quantized one was measured on; None where that is not known."""
        whole, found = self.evaluated.get("float"), self.quantized
        if found is None or found.final or found.top1 is None:
            return whole
        if found.float_top1 is None:  # of an early build of version 0.1
            return whole if whole is not None and whole.images == found.images else None
        return Evaluated("float", found.images, found.on, found.float_top1, per_class=found.float_per_class,
                         confusion=found.float_confusion, convention=found.convention, final=False)

    @property
    def unlabelled(self) -> bool:
        """Whether the result is that of a run without test images."""
        found = self.quantized
        return found is not None and found.final and (found.on == "synthetic" or found.top1 is None)

    @property
    def main_export(self) -> Exported | None:
        """The ONNX export, else the first other one."""
        return self.exported.get("onnx") or next(iter(self.exported.values()), None)

    def row(self, subject: str) -> tuple[str, str, str, str, str]:
        """Top-1, drop from float, agreement with float, size and latency of one model, as text."""
        none = value_text(None)
        reference = self.plain
        found = reference if subject == "float" else self.evaluated.get(subject)
        top1 = found.top1 if found else None
        difference = none
        if subject != "float" and top1 is not None and reference is not None and reference.top1 is not None:
            difference = drop_text(top1 - reference.top1)
        agreement = found.agreement if found and subject != "float" else None
        export = self.main_export
        size = {
            "float": self.model.float_bytes if self.model else None,
            "exported": export.bytes if export else None,
        }.get(subject)
        latency, ends = None, None
        if self.verified is not None:
            latency = {"float": self.verified.float_latency_ms, "exported": self.verified.latency_ms}.get(subject)
            ends = self.verified.latency_ranges.get("float_latency_ms" if subject == "float" else "latency_ms")
        text = none if latency is None else latency_text(latency, ends)
        return value_text(top1, "%"), difference, value_text(agreement, "%"), bytes_text(size), text

    def markdown(self) -> str:
        """The table with on what it was measured, for a document or an issue."""
        heads = (translate("Results", "top-1"), translate("Results", "drop, pp"), self.agreement_words(),
                 translate("Results", "size"), translate("Results", "latency"))
        names = {"float": translate("Results", "Float"), "student": translate("Results", "Quantized"),
                 "exported": translate("Results", "Exported file")}
        kept = range(2, 5) if self.unlabelled else range(5)  # without test images there is no accuracy to leave empty
        lines = ["| | " + " | ".join(heads[column] for column in kept) + " |", "|---|" + "---:|" * len(kept)]
        for subject in SUBJECTS:
            row = self.row(subject)
            lines.append(f"| {names[subject]} | " + " | ".join(row[column] for column in kept) + " |")
        _, word, sentence = self.verdict()
        notes = (self.caption(), self.published_words(), self.training(), f"{word}: {sentence}")
        return "\n".join(lines).replace("\u202f", " ") + "\n\n" + "\n\n".join(
            note.replace("\u202f", " ") for note in notes if note) + "\n"

    def caption(self) -> str:
        """On what the figures were measured, and in which convention."""
        found = self.quantized or self.evaluated.get("float")
        if found is None:
            return ""
        count = grouped(found.images)
        convention = (
            translate("Results", "Deployable scheme: 8-bit input and quantized additions, as a runtime executes it.")
            if found.convention == "B"
            else translate("Results", "Paper scheme: the same bits in all layers; input and additions in float.")
        )
        if self.finished is not None and self.finished.pictures:
            convention += " " + translate("Results", "Quantized with {0} own images next to the synthetic samples."
                                          ).format(grouped(self.finished.pictures))
        if found.on == "synthetic" or found.top1 is None:
            text = translate("Results", "Without test images, accuracy can't be measured. Agreement with the float "
                                        "model was measured on {0} {1}. {2}")
            return text.format(count, self.images_words(), convention)
        interim = "" if found.final else translate("Results", "Interim result. ")
        text = translate("Results", "Measured on {0} test images. {1}").format(count, convention)
        return interim + text + self._top5()

    def _top5(self) -> str:
        """Top-5 of both models, where it was measured on the same images."""
        plain, found = self.plain, self.quantized
        if plain is None or found is None or plain.top5 is None or found.top5 is None:
            return ""
        return " " + translate("Results", "Top-5: float {0}, quantized {1}.").format(
            value_text(plain.top5, "%"), value_text(found.top5, "%"))

    def published_words(self) -> str:
        """What the paper reports for this network at these bits, and why the difference says little; else empty."""
        found, measured = self.published, self.quantized
        if found is None or measured is None or measured.top1 is None:
            return ""
        return translate("Results", "Published (ACQ, arXiv 2301.07266, abstract): {0} top-1 for {1} on ImageNet with "
                                    "{2} bits. Recognized by architecture, 1,000 classes, scheme and bits. The paper "
                                    "has float weights, a training schedule and test images of its own, so the "
                                    "difference is not due to the method alone.").format(
            f"{found.top1:.2f}\u202f%", found.network, found.bits)

    def training(self) -> str:
        """Whether training was ended early, and what became of fine-tuning, and why."""
        return " ".join(text for text in (self._cut_short(), self._fine_tuning()) if text)

    def _cut_short(self) -> str:
        """Steps that were planned and not taken; a trial of fine-tuning that ended is told of elsewhere."""
        if self.finished is None or self.finished.state != "succeeded":
            return ""
        ended = self.fine_tuned is not None and bool(self.fine_tuned.tried)
        generator, student = self.planned.get("warmup", 0), 0 if ended else self.planned.get("finetune", 0)
        made = self.done.get("warmup", generator)  # a reused generator takes no steps, and lacks none
        learned = self.done.get("finetune", 0)
        parts = []
        if made < generator:
            parts.append(translate("Results", "about {0} of {1} warm-up steps").format(made, generator))
        if learned < student:
            parts.append(translate("Results", "about {0} of {1} fine-tuning steps").format(learned, student) if learned
                         else translate("Results", "no fine-tuning"))
        return translate("Results", "Training was ended early: {0}.").format(", ".join(parts)) if parts else ""

    def _fine_tuning(self) -> str:
        """What became of fine-tuning, and why."""
        found = self.fine_tuned
        if found is None:
            return ""
        if found.kept:
            return translate("Results", "Fine-tuning helped and is kept. Divergence from the float model on held-out "
                                        "images: {0} after calibration, {1} after fine-tuning.").format(
                f"{found.before:.3f}", f"{found.after:.3f}")
        if found.tried:
            return translate("Results", "Fine-tuning was ended after a trial of {2} steps, as it did not clearly help: "
                                        "these are the calibrated weights. Divergence from the float model on held-out "
                                        "images: {0} after calibration, {1} after the trial.").format(
                f"{found.before:.3f}", f"{found.after:.3f}", found.tried)
        return translate("Results", "Fine-tuning did not help: these are the calibrated weights. Divergence from the "
                                    "float model on held-out images: {0} after calibration, {1} after fine-tuning."
                         ).format(f"{found.before:.3f}", f"{found.after:.3f}")

    @property
    def only_procedural(self) -> bool:
        """Whether procedural images stand in for samples, too, as they do where there is no generator."""
        return bool(self.compared) and "synthetic" not in self.compared

    def images_words(self) -> str:
        """What the images are that stand in for test images."""
        if self.only_procedural:
            return translate("Results", "procedural images")
        return translate("Results", "synthetic samples")

    def agreement_words(self) -> str:
        """The name of the agreement: it is on other images than the one on samples."""
        found = self.quantized
        if found is not None and (found.on == "synthetic" or found.top1 is None):
            return (translate("Results", "agreement (procedural)") if self.only_procedural
                    else translate("Results", "agreement (held-out)"))
        return translate("Results", "agreement (test)")

    def size_words(self) -> str:
        """How much smaller the exported file is."""
        export = self.main_export
        if export is None or not export.bytes:
            return ""
        return translate("Results", "{0}× smaller").format(f"{export.float_bytes / export.bytes:.1f}")

    def speed_words(self) -> str:
        """How much faster or slower it ran, if that was measured."""
        found = self.verified
        if found is None or not found.latency_ms or not found.float_latency_ms:
            return ""
        ratio = found.float_latency_ms / found.latency_ms
        words = (translate("Results", "{0}× faster") if ratio >= 1
                 else translate("Results", "{0}× slower"))
        text = words.format(f"{ratio if ratio >= 1 else 1 / ratio:.1f}")
        first, second = (found.latency_ranges.get(name) for name in ("float_latency_ms", "latency_ms"))
        if first is not None and second is not None and first[0] <= second[1] and second[0] <= first[1]:
            text += translate("Results", " (ranges overlap)")
        return text

    def verdict(self) -> tuple[bool | None, str, str]:
        """Whether the exported file was verified (None: not yet), in a word and in a sentence."""
        found = self.verified
        if found is None:
            return (None, translate("Results", "Not verified yet"),
                    translate("Results", "At the end, the run exports the model, runs the file in ONNX Runtime and "
                                         "compares the outputs."))
        images = (translate("Results", "{0} test images") if found.on == "test"
                  else translate("Results", "{0} procedural images") if self.only_procedural
                  else translate("Results", "{0} synthetic samples"))
        images = images.format(grouped(found.images))
        facts = [
            translate("Results", "{0} of the outputs for {1} are bit-exact with the integer reference.").format(
                value_text(found.exact_rows, "%"), images),
            translate("Results", "{0} top-1 agreement with the quantized model.").format(
                value_text(found.agreement, "%")),
            translate("Results", "{0} of {1} convolutions use integer kernels.").format(
                found.integer_convolutions, found.integer_convolutions + found.float_convolutions),
        ]
        whole, real = found.products
        if whole + real > 1:  # the head of a convolutional network is no news
            facts.append(translate("Results", "{0} of {1} matrix products use integer kernels.").format(
                whole, whole + real))
        if found.runtime:
            facts.append(translate("Results", "Runtime: {0}.").format(found.runtime))
        if found.passed:
            return True, translate("Results", "Verified"), " ".join([*facts, said(found.detail)]).strip()
        return False, translate("Results", "Not verified"), " ".join([said(found.detail), *facts]).strip()


def drop_text(points: float | None) -> str:
    """How far accuracy fell, from its difference to the float model's: "1.5" for -1.5, "\u22120.3" where it rose."""
    if points is None:
        return value_text(None)
    text = f"{-points:.1f}".replace("-", "\u2212")
    return "0.0" if text == "\u22120.0" else text


def signed(points: float) -> str:
    """A difference in percentage points with its sign."""
    text = f"{points:+.1f}".replace("-", "\u2212")
    return "\u00b10.0" if text in ("+0.0", "\u22120.0") else text
