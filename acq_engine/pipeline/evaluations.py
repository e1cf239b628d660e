"""Accuracy on test images while a run goes on: the float model's at its beginning, the student's on a part of them."""

from __future__ import annotations

import time

import torch

from acq_engine.control import RunControl
from acq_engine.evaluation.accuracy import Evaluation, evaluate
from acq_engine.events import Evaluated
from acq_engine.pipeline.preparation import Prepared
from acq_engine.pipeline.session import TrainingSession
from acq_engine.quantization import QuantizedModel

# Interim accuracy is that on a part of the test images; the result is measured on all of them, once.
INTERIM_PIXELS = 500 * 32 * 32
FEWEST_IMAGES = 50


class Evaluations:
    """Measures both, and keeps what the float model predicts.

    Attributes:
        float_result: The float model's accuracy; None until it is known, or without test images.
        float_seconds: What measuring it took.
    """

    def __init__(self, prepared: Prepared, control: RunControl) -> None:
        self._test_set, self._loaded, self._device = prepared.test_set, prepared.loaded, prepared.device
        self._convention, self._control = prepared.config.quantization.convention, control
        self.float_result: Evaluation | None = None
        self.float_seconds = 0.0

    def of_float(self, session: TrainingSession) -> Evaluation | None:
        """The float model's accuracy; None without test images."""
        if self._test_set is None:
            return None
        begin = time.monotonic()
        self.float_result = evaluate(
            lambda x: session.teacher(x).logits, self._test_set, self._loaded, device=self._device,
            stop=lambda: self._control.cancel_requested, shared_out=True,
            progress=lambda done, total: self._control.tell("float", done, total),
        )
        self.float_seconds = time.monotonic() - begin
        return self.float_result

    def of_student(self, student: QuantizedModel) -> tuple[Evaluated | None, dict[str, float]]:
        """The student's accuracy on a part of the test images; None without any, or before the float model's.

        Returns:
            The event, and figures by metric key for the curves.
        """
        if self._test_set is None or self.float_result is None:
            return None, {}
        _, height, width = self._loaded.input_shape
        part, places = self._test_set.some(max(FEWEST_IMAGES, INTERIM_PIXELS // (height * width)))
        seen = evaluate(
            student, part, self._loaded, device=self._device,
            reference=self.float_result.predictions[torch.from_numpy(places)],
            stop=lambda: self._control.cancel_requested, shared_out=True,
            progress=lambda done, total: self._control.tell("interim", done, total),
        )
        figures = {"accuracy/student": seen.top1}
        if seen.agreement is not None:
            figures["accuracy/agreement_test"] = seen.agreement
        plain = self.float_result.on_part(places, part.labels) if seen.complete else None
        return seen.event("student", convention=self._convention, final=False, plain=plain), figures
