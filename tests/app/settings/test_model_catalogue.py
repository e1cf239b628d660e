"""What the window offers without loading torch is what the engine knows."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from acq_app.settings.model_catalogue import ARCHITECTURES, PREPROCESSING, SAMPLE_FACTS, TORCHVISION, kind_of


def test_the_lists_are_in_step_with_the_engine() -> None:
    from acq_engine.models import load_model
    from acq_engine.models.preprocessing import PRESETS
    from acq_engine.models.registry import architectures
    from acq_engine.settings import ModelConfig

    assert set(ARCHITECTURES) <= set(architectures())
    assert set(TORCHVISION) <= set(architectures())
    assert all(PRESETS[name] == (mean, std) for name, _, mean, std in PREPROCESSING)
    options = get_args(ModelConfig.model_fields["preprocessing"].annotation)
    assert options == ("own", *(name for name, *_ in PREPROCESSING))
    summary = load_model(ModelConfig()).summary()
    assert (summary.parameters, summary.bn_layers, summary.num_classes) == SAMPLE_FACTS


@pytest.mark.parametrize(
    ("name", "kind"),
    [("net.safetensors", "model"), ("net.PTH", "model"), ("net.onnx", "model"), ("data.npz", "test_set"),
     ("mine.json", "settings"), ("run.json", "run"), ("val.txt", "test_set"), ("labels.csv", "test_set"),
     ("t10k-images-idx3-ubyte.gz", "test_set"), ("notes.docx", "")],
)
def test_what_a_dropped_file_is(tmp_path: Path, name: str, kind: str) -> None:
    assert kind_of(tmp_path / name) == kind


def test_what_a_dropped_folder_is(tmp_path: Path) -> None:
    assert kind_of(tmp_path) == "test_set"
    (tmp_path / "run.json").write_text("{}")
    assert kind_of(tmp_path) == "run"
