"""Histograms of weights and outputs: every value is counted once, at its place on the grid that is drawn under it."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from acq_engine.events import LayerReport
from acq_engine.models import load_model
from acq_engine.quantization import QuantizedModel, calibrate, quantize_model
from acq_engine.quantization.histograms import BINS, measured_report
from acq_engine.settings import ModelConfig, QuantizationConfig, TestSetConfig
from acq_engine.test_sets.loading import load_test_set


@pytest.fixture(scope="module")
def pictures() -> Tensor:
    sample = load_model(ModelConfig())
    test_set = load_test_set(TestSetConfig(), sample)
    assert test_set is not None
    return sample.to_model_input(test_set.images[:32])


def student_of(pictures: Tensor, **settings: object) -> QuantizedModel:
    config = QuantizationConfig(**settings)
    student = quantize_model(load_model(ModelConfig()).module, pictures[:2], config)
    calibrate(student, [pictures], config)
    return student


@pytest.fixture(scope="module")
def found(pictures: Tensor) -> tuple[QuantizedModel, LayerReport, Tensor]:
    student = student_of(pictures, weight_bits=3, activation_bits=3, rounding="nearest")
    before = student(pictures)
    return student, measured_report(student, pictures), before


def test_every_weight_is_counted_once(found: tuple[QuantizedModel, LayerReport, Tensor]) -> None:
    student, report, _ = found
    assert report.weight_counts is not None and report.weight_counts.shape == (len(report.layers), BINS)
    assert report.weight_counts.sum(1).tolist() == [layer.weight.numel() for layer in student.layers()]


def test_bins_of_weights_are_levels(found: tuple[QuantizedModel, LayerReport, Tensor]) -> None:
    """What lies in the cell of a level is what the student rounds to that level."""
    student, report, _ = found
    assert report.weight_counts is not None and report.weight_spans is not None
    for number, layer in enumerate(student.layers()):
        codes = layer.weight_quantizer.codes(layer.weight) + layer.weight_quantizer.zero_point.view(
            -1, *[1] * (layer.weight.dim() - 1))
        first, last = map(float, report.weight_spans[number])
        middles = first + (np.arange(BINS) + 0.5) * (last - first) / BINS
        cells = np.clip(np.floor(middles + 0.5), 0, 2**layer.bits - 1).astype(int)
        seen = np.bincount(cells, weights=report.weight_counts[number], minlength=2**layer.bits)
        expected = torch.bincount(codes.flatten().long(), minlength=2**layer.bits).numpy()
        # A bin may lie across the edge of a cell, so a few weights may be counted on its other side.
        assert np.abs(seen - expected).sum() <= 0.15 * layer.weight.numel()
        assert np.abs(seen - expected).max() <= max(0.05 * layer.weight.numel(), 8)


def test_what_is_cut_off_is_counted(found: tuple[QuantizedModel, LayerReport, Tensor]) -> None:
    student, report, _ = found
    for layer, info in zip(student.layers(), report.layers, strict=True):
        scale, zero_point = layer.weight_quantizer.parameters_for(layer.weight)
        shape = (-1, *[1] * (layer.weight.dim() - 1))
        low, high = -(zero_point * scale).view(shape), ((2**layer.bits - 1 - zero_point) * scale).view(shape)
        half = scale.view(shape) / 2
        outside = ((layer.weight < low - half) | (layer.weight > high + half)).float().mean()
        assert info.weight_clipping == pytest.approx(float(outside), abs=2e-3)
    assert any(info.weight_clipping for info in report.layers), "three bits cut weights off"
    assert any(info.clipping_rate for info in report.layers)


def test_outputs_lie_over_their_grid(found: tuple[QuantizedModel, LayerReport, Tensor]) -> None:
    _, report, _ = found
    assert report.output_counts is not None and report.output_spans is not None and report.output_zeros is not None
    for number, info in enumerate(report.layers):
        first, last = map(float, report.output_spans[number])
        if info.output_scale is None:
            assert np.isnan([first, last, report.output_zeros[number]]).all()
            assert report.output_counts[number].sum() == 0 and info.clipping_rate is None
            continue
        assert info.activation_bits is not None and info.output_zero_point is not None
        low = -info.output_zero_point * info.output_scale
        assert first <= low - 0.49 * info.output_scale
        assert last >= low + (2**info.activation_bits - 0.51) * info.output_scale
        assert report.output_counts[number].sum() > 0
    assert float(np.nanmax(report.output_zeros)) > 0.2, "behind a ReLU"


def test_the_student_stays_as_it_is(found: tuple[QuantizedModel, LayerReport, Tensor], pictures: Tensor) -> None:
    student, _, before = found
    assert torch.equal(student(pictures), before)
    assert all(not quantizer._forward_pre_hooks for quantizer in student.activation_quantizers())


def test_min_max_at_8_bits_cuts_nothing_off(pictures: Tensor) -> None:
    student = student_of(pictures, weight_bits=8, activation_bits=8, weight_range="minmax", learned_scales=False)
    report = measured_report(student, pictures)
    assert [info.weight_clipping for info in report.layers] == [0.0] * len(report.layers)
    assert report.weight_spans is not None
    assert report.weight_spans[1].tolist() == pytest.approx([-0.5, 255.5], abs=0.51), "a bin a level"
