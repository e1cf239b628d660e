"""The last two phases of a run: evaluate the student, export it, and prove the export."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import torch
from torch import Tensor

from acq_engine.control import Told, tell_nobody
from acq_engine.evaluation.accuracy import Evaluation, agreement, evaluate
from acq_engine.evaluation.chance import chance_warning
from acq_engine.evaluation.predictions import compare_predictions
from acq_engine.events import (
    Evaluated,
    Event,
    Exported,
    Finished,
    LogMessage,
    PredictionsCompared,
    Verified,
)
from acq_engine.export.onnx.exporting import export_onnx
from acq_engine.export.verify.proof import onnx_predictor, prove
from acq_engine.models import LoadedModel
from acq_engine.quantization import QuantizedModel
from acq_engine.settings import RunConfig
from acq_engine.test_sets.test_set import TestSet

Stop = Callable[[], bool]

# The integer reference is exact, not fast; this many rows are compared bit for bit.
EXACT_IMAGES = 256


class EvaluateAndExport:
    """Evaluates, exports and verifies one student; afterwards the attributes hold what was found.

    Args:
        student: On any device; it is moved to the CPU, where exported files run.
        loaded: The float model, for preprocessing and class names.
        config: For the convention.
        test_set: Labelled images, or None.
        float_result: The float model's evaluation on them.
        synthetic: (N, C, H, W) samples to verify with where there are no images.
        stop: True ends an evaluation early.
        exact_images: How many are compared bit for bit.
        told: How far it is.
        procedural: Where there are no test images, (N, C, H, W) procedural images to compare predictions on as well.
        samples_are: What `synthetic` is: procedural images where there is no generator.
    """

    def __init__(
        self, student: QuantizedModel, loaded: LoadedModel, config: RunConfig, test_set: TestSet | None,
        float_result: Evaluation | None, synthetic: Tensor, stop: Stop = lambda: False,
        exact_images: int = EXACT_IMAGES, told: Told = tell_nobody,
        procedural: Tensor | None = None, samples_are: Literal["synthetic", "procedural"] = "synthetic",
    ) -> None:
        self.student, self.loaded, self.config, self.test_set = student, loaded, config, test_set
        self.float_result, self.synthetic, self.stop = float_result, synthetic, stop
        self.exact_images, self.told = exact_images, told
        self.procedural, self.samples_are = procedural, samples_are
        self.student_result: Evaluation | None = None
        self.exported_result: Evaluation | None = None
        self.exported: Exported | None = None
        self.verified: Verified | None = None

    def evaluate(self, device: torch.device) -> Iterator[Event]:
        """The student's accuracy on every test image; without any, its agreement with the teacher on samples."""
        convention = self.config.quantization.convention
        if self.test_set is None or self.float_result is None:
            found = self._compared(self.samples_are, self.synthetic, device)
            same = 100.0 * float((found.float_classes == found.quantized_classes).mean())
            yield Evaluated("student", len(self.synthetic), "synthetic", agreement=same, convention=convention)
            yield found
            if self.procedural is not None:
                yield self._compared("procedural", self.procedural, device)
            return
        self.student_result = evaluate(
            self.student, self.test_set, self.loaded, device=device, reference=self.float_result.predictions,
            stop=self.stop, shared_out=True, progress=lambda done, total: self.told("quantized", done, total),
        )
        yield self.student_result.event("student", convention=convention)
        measured, classes = self.student_result, self.loaded.num_classes
        said = chance_warning("quantized", measured.top1, measured.images, classes)
        if said and not chance_warning("float", self.float_result.top1, self.float_result.images, classes):
            yield LogMessage("warning", said)

    def _compared(
        self, on: Literal["synthetic", "procedural"], images: Tensor, device: torch.device
    ) -> PredictionsCompared:
        plain, quantized = (self._logits(model, images, device) for model in (self.loaded.module, self.student))
        return compare_predictions(on, images, plain, quantized, self.loaded)

    @torch.no_grad()
    def _logits(self, model: torch.nn.Module, images: Tensor, device: torch.device) -> Tensor:
        was_training = model.training
        model.eval()  # in which the student computes in integers, as the exported file does
        try:
            return torch.cat([model(part.to(device)).cpu() for part in images.split(64)])
        finally:
            model.train(was_training)

    def export(self, path: Path) -> Iterator[Event]:
        """Write the ONNX model, run it, and compare it with the student and the integer reference."""
        self.told("exporting", 0, 0)
        self.student.to("cpu")
        self.loaded.module.to("cpu")
        info = export_onnx(self.student, self.loaded, path)
        self.exported = Exported("onnx", path.name, info.bytes, info.float_bytes)
        yield self.exported
        if self.test_set is not None and self.float_result is not None:
            self.exported_result = evaluate(
                onnx_predictor(path), self.test_set, self.loaded, reference=self.float_result.predictions,
                stop=self.stop, progress=lambda done, total: self.told("file", done, total),
            )
            yield self.exported_result.event("exported", convention=self.config.quantization.convention)
            on: Literal["test", "synthetic"] = "test"
            images = self.loaded.to_model_input(self.test_set.some(self.exact_images)[0].images)
        else:
            on, images = "synthetic", self.synthetic.cpu()
        self.verified = replace(prove(path, self.student, self.loaded, images, on, told=self.told), path=path.name)
        yield self.verified
        if not self.verified.passed:
            yield LogMessage("error", f"The exported file did not pass its check. {self.verified.detail}")

    def result(self, artifacts: dict[str, str], seconds: float) -> Finished:
        """The run's last event. Agreement is that of exported file and student, on all images that were used."""
        assert self.exported is not None
        assert self.verified is not None
        agreed = self.verified.agreement
        if self.exported_result is not None and self.student_result is not None:
            agreed = agreement(self.exported_result.predictions, self.student_result.predictions)
        return Finished(
            "succeeded", _top1(self.float_result), _top1(self.student_result), _top1(self.exported_result), agreed,
            artifacts, round(seconds, 3), self.verified.passed, self.exported.float_bytes, self.exported.bytes,
        )


def _top1(result: Evaluation | None) -> float | None:
    return None if result is None else result.top1
