"""Figures of the student's layers in the middle of a run, as an event (OURS)."""

from __future__ import annotations

import torch

from acq_engine.events import LayerReport
from acq_engine.pipeline.bit_allocation import sensitivity_samples
from acq_engine.pipeline.session import TrainingSession
from acq_engine.quantization.histograms import measured_report
from acq_engine.quantization.sensitivity import sample_count


def report_layers(session: TrainingSession) -> LayerReport:
    """Report the calibrated student's layers, measured on images of the kind that it was calibrated with.

    Nothing of what the run draws later is changed by it.
    """
    student = session.student
    assert student is not None
    samples = sensitivity_samples(session, sample_count(student.input_shape))
    if session.batches.procedural is not None:
        count = min(round(len(samples) * session.config.schedule.canvas_share), len(session.batches.procedural))
        chosen = torch.linspace(0, len(session.batches.procedural) - 1, count, device=session.device).long()
        samples = torch.cat([samples[count:], session.batches.procedural[chosen].to(samples.dtype)])
    return measured_report(student, samples)
