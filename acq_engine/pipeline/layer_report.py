"""What the student's layers look like in the middle of a run, as an event (OURS)."""

from __future__ import annotations

import torch

from acq_engine.events import LayerReport
from acq_engine.pipeline.bit_allocation import sensitivity_samples
from acq_engine.pipeline.session import Workbench
from acq_engine.quantization.histograms import measured_report
from acq_engine.quantization.sensitivity import sample_count


def look_at_layers(bench: Workbench) -> LayerReport:
    """Report the calibrated student's layers, measured on pictures of the kind that it was calibrated with.

    Nothing of what the run draws later is changed by it.
    """
    student = bench.student
    assert student is not None
    samples = sensitivity_samples(bench, sample_count(student.input_shape))
    if bench.canvases is not None:
        count = min(round(len(samples) * bench.config.schedule.canvas_share), len(bench.canvases))
        chosen = torch.linspace(0, len(bench.canvases) - 1, count, device=bench.device).long()
        samples = torch.cat([samples[count:], bench.canvases[chosen].to(samples.dtype)])
    return measured_report(student, samples)
