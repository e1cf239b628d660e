"""Where files of older versions are, and the settings that stand in several of them, written out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from acq_engine.settings import RunConfig

OLD = Path(__file__).parents[1] / "data" / "version-0.1"

SETTINGS: dict[str, Any] = {
    "method": "acq", "seed": 41, "device": "cpu", "threads": 3, "precision": "float32", "cuda_graphs": True,
    "model": {
        "source": "checkpoint", "name": "birds", "path": "/data/acq-0.1/birds.safetensors", "arch": "cifar_resnet20",
        "weights": None, "num_classes": 12, "input_size": 40, "preprocessing": "cifar10", "mean": [0.5, 0.4, 0.3],
        "std": [0.25, 0.2, 0.125],
    },
    "quantization": {
        "weight_bits": 3, "activation_bits": 5, "shortcut_bits": 6, "edge_bits": 7, "convention": "A",
        "weight_range": "minmax", "rounding": "nearest", "learned_scales": False, "mean_bits": 3.5,
        "layer_bits": {"layer1.0.conv1": 2, "fc": 8},
    },
    "generator": {
        "kind": "centre", "start": "/data/acq-0.1/runs/earlier", "noise_dim": 48, "width": 40,
        "attention_layer": "layer2", "centre_power": 3.5, "centre_reach": 0.45,
    },
    "losses": {
        "class": 1.5, "bn": 4.5, "centre": 3.5, "pair": 2.5, "modes_bn": 0.4, "modes_output": 0.2,
        "modes_attention": 0.6, "modes_every": 3, "label_smoothing": 0.2, "distillation": 1.25, "temperature": 3.5,
        "feature": 0.75, "student_class": 0.05,
    },
    "schedule": {
        "preset": "custom", "warmup_steps": 110, "finetune_steps": 120, "generator_batch": 24, "student_batch": 12,
        "generator_every": 4, "pool_samples": 96, "calibration_samples": 72, "generator_lr": 0.002,
        "student_lr": 0.004, "scale_lr": 0.0005, "averaging": 0.95, "optimizer": "sgd", "decay": "quarters",
        "second_look": 0.15, "canvas_share": 0.3, "canvas_limit": 0.75, "mixup": False, "flip": False,
        "report_every": 7, "sample_every": 21, "checkpoint_every": 77, "keep_checkpoints": 4,
    },
    "test_set": {"path": "/data/acq-0.1/test.npz", "use_sample": False, "limit": 321},
}

# What version 0.1 did where it had no setting, if that is not today's default.
AS_BEFORE: dict[str, Any] = {"trial_steps": 0}


def plain(config: RunConfig) -> dict[str, Any]:
    """Settings as in a settings file, as far as version 0.1 had them. Newer ones must do as it did."""
    data, usual = (each.model_dump(mode="json", by_alias=True) for each in (config, RunConfig()))
    del data["schema_version"], usual["schema_version"]
    return _known(data, usual, SETTINGS)


def _known(data: dict[str, Any], usual: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in data.items():
        if name not in old:
            before = AS_BEFORE | {"first_output_bits": data.get("activation_bits")}  # as all others
            assert value == before.get(name, usual[name]), name
        elif isinstance(value, dict) and name in usual and name != "layer_bits":
            found[name] = _known(value, usual[name], old[name])
        else:
            found[name] = value
    return found


def run_with_test_images(folder: Path) -> Path:
    """A copy of the finished run in `folder`, with test images of noise: 60 of its size, 6 of each class."""
    run = shutil.copytree(OLD / "finished", folder / "run")
    np.savez(folder / "test.npz", images=np.random.default_rng(0).integers(0, 255, (60, 12, 12), np.uint8),
             labels=np.arange(60) % 10)
    settings = json.loads((run / "run.json").read_text(encoding="utf-8"))
    settings["settings"]["test_set"]["path"] = str(folder / "test.npz")
    (run / "run.json").write_text(json.dumps(settings), encoding="utf-8")
    return run
