"""Fine-tuning is undone where it did harm (OURS)."""

from __future__ import annotations

import torch
from torch import Tensor

from acq_engine.events import FineTuned, LogMessage
from acq_engine.pipeline.session import TrainingSession
from acq_engine.quantization import QuantizedModel
from acq_engine.teacher.losses import distillation_loss

MUCH_WORSE = 2.0  # times the divergence after calibration: fine-tuning that ends above it went wrong


class Judge:
    """How far a fine-tuned student is from the teacher, beside the calibrated one.

    Judged by the divergence from the teacher on images that it never learned from: samples, and procedural images
    where they are used. Real images have no part in it.

    Args:
        session: With a student that was calibrated.

    Attributes:
        before: Divergence of the calibrated weights.
    """

    def __init__(self, session: TrainingSession) -> None:
        assert session.student is not None and session.calibrated is not None
        self._student, self._calibrated = session.student, session.calibrated
        self._batch = session.config.schedule.generator_batch
        self._images = session.batches.held_out()
        self._expected = session.teacher.logits(self._images, self._batch)
        tuned = {name: value.clone() for name, value in self._student.state_dict().items()}
        self.take_back()
        self.before = self.now()
        self._student.load_state_dict(tuned)

    @torch.no_grad()
    def now(self) -> float:
        """Divergence of the weights as they are."""
        return divergence(self._student, self._images, self._expected, self._batch)

    def take_back(self) -> None:
        """Give the student its calibrated weights."""
        self._student.load_state_dict(self._calibrated)

    def figures(self, after: float) -> str:
        """Both, for the log."""
        return f"divergence on held-out images: {self.before:.3f} before, {after:.3f} after"


def revert_if_worse(session: TrainingSession, began: int, ended: int) -> FineTuned | None:
    """Put the calibrated student back if fine-tuning took its logits further from the teacher's (see `Judge`).

    Args:
        session: With a student after its last step.
        began: The global step that fine-tuning began after.
        ended: Its last global step.

    Returns:
        Which weights are the result, or None where there is nothing to go back to, or no step was done.
    """
    assert session.student is not None
    if session.calibrated is None or ended == began:  # asked to finish before the first step: there is nothing to tell
        return None
    judge = Judge(session)
    after = judge.now()
    if after <= judge.before:
        return FineTuned(True, ended, judge.before, after)
    judge.take_back()
    return FineTuned(False, began, judge.before, after)


def said_of(result: FineTuned) -> LogMessage | None:
    """What the log says of it, or None where fine-tuning is kept.

    A warning if logits became much worse; that there was nothing to gain is usual at 4 bits and more.
    """
    before, after = result.before, result.after
    if result.kept:
        return None
    if after <= MUCH_WORSE * before:
        return LogMessage(
            "info", "Fine-tuning did not help; the calibrated weights are kept (divergence on held-out images: "
            f"{before:.3f} before, {after:.3f} after).",
        )
    return LogMessage(  # also where it is no number any more
        "warning", "Fine-tuning made the quantized model worse; the calibrated weights are kept (divergence on "
        f"held-out images: {before:.3f} before, {after:.3f} after). A lower student learning rate or more steps may "
        "help.",
    )


@torch.no_grad()
def divergence(student: QuantizedModel, images: Tensor, expected: Tensor, batch: int) -> float:
    """Mean KL divergence of the student's outputs from the teacher's, in nats.

    Args:
        student: Left in train mode.
        images: (N, C, H, W).
        expected: (N, classes), the teacher's logits.
        batch: Images in a pass.
    """
    student.eval()  # in integers, as what is exported
    logits = torch.cat([student(part) for part in images.split(batch)])
    student.train()
    return float(distillation_loss(logits, expected, 1.0).item())
