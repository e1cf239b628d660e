"""The smallest real run: a file with weights, images of 12 pixels, a step or two of everything."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from acq_engine.models import builtin
from acq_engine.settings import RunConfig


def weights(folder: Path) -> Path:
    """A model file in that folder."""
    return Path(shutil.copy(builtin.sample_dir() / builtin.WEIGHTS_FILE, folder / "own.safetensors"))


def images(folder: Path, count: int = 8) -> Path:
    """A test set in that folder: few, since each is computed in integers, too."""
    path, random = folder / "test.npz", np.random.default_rng(0)
    np.savez(path, images=random.integers(0, 256, (count, 12, 12), np.uint8), labels=np.arange(count) % 10)
    return path


def config(model: Path, test_set: Path, **schedule: Any) -> RunConfig:
    """One thread, and no time limit, so that no plan depends on how fast the machine is."""
    return RunConfig.from_data({
        "device": "cpu", "threads": 1, "precision": "float32",
        "model": {"source": "checkpoint", "path": str(model), "arch": "fashion_resnet", "input_size": 12},
        "generator": {"width": 8, "noise_dim": 8}, "quantization": {"rounding": "nearest"},
        "test_set": {"path": str(test_set)},
        "schedule": {
            "preset": "custom", "warmup_steps": 12, "finetune_steps": 4, "generator_batch": 4, "student_batch": 4,
            "calibration_samples": 8, "pool_samples": 8, "canvas_share": 0, "report_every": 1, "sample_every": 6,
            "checkpoint_every": 2} | schedule})


def settings_file(folder: Path, **schedule: Any) -> Path:
    """The same as a file for the command line."""
    path = folder / "settings.json"
    path.write_text(json.dumps(json.loads(config(weights(folder), images(folder), **schedule).to_json())))
    return path
