"""A whole run of a network without batch norm."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from acq_engine.events import AttentionReady, Event, FeaturesReady, Finished, LogMessage, StepMetrics
from acq_engine.models.loaded import LoadedModel, prepare
from acq_engine.models.measured_statistics import with_measured_statistics
from acq_engine.pipeline import preparation
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore
from tests.engine.nets import small_vit

SHAPE = (3, 16, 16)


class ConvNeXtLike(nn.Module):
    """Layer norm, GELU, a scaled skip connection; no batch norm."""

    def __init__(self) -> None:
        super().__init__()
        self.stem, self.depthwise = nn.Conv2d(3, 8, 2, 2), nn.Conv2d(8, 8, 3, padding=1, groups=8)
        self.norm, self.wide, self.narrow = nn.LayerNorm(8), nn.Linear(8, 16), nn.Linear(16, 8)
        self.scale = nn.Parameter(torch.full((8,), 0.5))
        self.last, self.fc = nn.Conv2d(8, 12, 3, padding=1), nn.Linear(12, 4)

    def forward(self, x: Tensor) -> Tensor:
        x = self.stem(x)
        y = self.narrow(nn.functional.gelu(self.wide(self.norm(self.depthwise(x).permute(0, 2, 3, 1)))))
        x = x + (y * self.scale).permute(0, 3, 1, 2)
        return self.fc(self.last(x).relu().mean((2, 3)))


def run(net: nn.Module, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """A run of a few steps: the generator learns, the student is fine-tuned."""
    torch.manual_seed(0)
    measured = with_measured_statistics(net.eval(), SHAPE, (0.5,) * 3, (0.25,) * 3)
    loaded = LoadedModel(prepare(measured.network), "net", "net", 4, SHAPE, (0.5,) * 3, (0.25,) * 3,
                         notes=measured.notes, structure=measured.structure)
    monkeypatch.setattr(preparation, "load_model", lambda *_, **__: loaded)
    config = RunConfig.from_data({"device": "cpu", "schedule": {
        "warmup_steps": 4, "finetune_steps": 4, "generator_batch": 8, "student_batch": 8, "calibration_samples": 16,
        "report_every": 1, "sample_every": 4, "canvas_share": 0}})
    assert config.losses.modes_output > 0
    return list(QuantizationRun.create(config, folder).events())


def test_a_network_without_batch_norm_is_quantized_and_its_export_verified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(0)
    events = run(ConvNeXtLike(), tmp_path / "run", monkeypatch)
    last = events[-1]
    assert isinstance(last, Finished) and last.state == "succeeded" and last.verified
    # The losses that compare eval and train mode have nothing to compare; the statistics are learned from.
    assert RunStore.open(tmp_path / "run").config.losses.modes_output == 0
    names = {name for event in events if isinstance(event, StepMetrics) for name in event.values}
    assert "generator/bn" in names and not [name for name in names if "modes" in name]


def test_a_transformer_is_quantized_and_its_attention_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    events = run(small_vit(classes=4), tmp_path / "run", monkeypatch)
    last = events[-1]
    assert isinstance(last, Finished) and last.state == "succeeded" and last.verified
    said = " ".join(event.text for event in events if isinstance(event, LogMessage))
    assert "class token's attention" in said and "The eval/train losses have nothing to compare" in said
    assert "such as GELU have 4 bits" in said and "scaled_dot_product_attention" in said
    values = [event.values for event in events if isinstance(event, StepMetrics)]
    names = {name for each in values for name in each}
    assert {"generator/bn", "generator/centre", "generator/pair", "student/feature", "health/centre_error"} <= names
    assert not [name for name in names if "modes" in name]
    maps = [event for event in events if isinstance(event, AttentionReady) and event.corrected]
    assert maps[-1].layer == "token_attention" and maps[-1].eval_maps.shape[1:] == (4, 4)
    assert np.allclose(maps[-1].eval_maps.sum((1, 2)), 1, atol=1e-4)
    assert {event.layer for event in events if isinstance(event, FeaturesReady)} == {"token_map"}
