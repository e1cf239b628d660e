"""Wrote the files in this folder. It calls version 0.1 as it was then, and is not kept in step with later ones.

    python write.py FOLDER      with that version's checkout on PYTHONPATH; FOLDER must not exist

In text files, the name of the folder becomes /data/acq-0.1, which says nothing about a machine, and the name of the
system is replaced as well. Nothing else is changed.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

NEUTRAL = "/data/acq-0.1"
SYSTEM = "Linux-x86_64"

TINY = '''"""A residual network of a few thousand weights."""
import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.skip = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return torch.relu(y + self.skip(x))


class Tiny(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(1, 8, 3, 1, 1, bias=False), nn.BatchNorm2d(8), nn.ReLU())
        self.stage1, self.stage2 = Block(8, 8, 1), Block(8, 16, 2)
        self.head = nn.Linear(16, 4)

    def forward(self, x):
        return self.head(self.stage2(self.stage1(self.stem(x))).mean((2, 3)))


def build():
    torch.manual_seed(11)
    network = Tiny().train()
    with torch.no_grad():
        for _ in range(40):
            network(torch.randn(64, 1, 8, 8))
        network.head.weight.mul_(20)
    return network.eval()
'''

# Every setting whose name or title may change, away from its default.
SETTINGS: dict[str, Any] = {
    "method": "acq", "seed": 41, "device": "cpu", "threads": 3, "precision": "float32", "cuda_graphs": True,
    "model": {
        "source": "checkpoint", "name": "birds", "path": f"{NEUTRAL}/birds.safetensors", "arch": "cifar_resnet20",
        "num_classes": 12, "input_size": 40, "preprocessing": "cifar10", "mean": [0.5, 0.4, 0.3],
        "std": [0.25, 0.2, 0.125],
    },
    "quantization": {
        "weight_bits": 3, "activation_bits": 5, "shortcut_bits": 6, "edge_bits": 7, "convention": "A",
        "weight_range": "minmax", "rounding": "nearest", "learned_scales": False, "mean_bits": 3.5,
        "layer_bits": {"layer1.0.conv1": 2, "fc": 8},
    },
    "generator": {
        "start": f"{NEUTRAL}/runs/earlier", "noise_dim": 48, "width": 40, "attention_layer": "layer2",
        "centre_power": 3.5, "centre_reach": 0.45,
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
    "test_set": {"path": f"{NEUTRAL}/test.npz", "use_sample": False, "limit": 321},
}


def command_line(*arguments: str) -> None:
    """`acq ...`, in this environment."""
    subprocess.run([sys.executable, "-m", "acq_engine", *arguments], check=True)


def small_test_set(path: Path) -> None:
    """The middle of 40 of the sample's test images, at a quarter of their pixels, as any test set is given."""
    import numpy as np
    from acq_engine.config import RunConfig, TestSetConfig
    from acq_engine.data import load_test_set

    from acq_engine.models import load_model

    test_set = load_test_set(TestSetConfig(limit=40), load_model(RunConfig().model))
    assert test_set is not None
    images = test_set.images[:, 4:28, 4:28, 0].reshape(40, 12, 2, 12, 2).mean((2, 4)).round().astype(np.uint8)
    np.savez_compressed(path, images=images, labels=test_set.labels)


def finished_run(folder: Path) -> None:
    """A whole run on the built-in sample, and its export as acq."""
    run = folder / "finished"
    command_line(
        "quantize", "--sample", "fashion", "--input-size", "12", "--test-set", str(folder / "test.npz"), "--seed", "7",
        "--threads", "1", "--device", "cpu", "--precision", "float32", "--warmup-steps", "20", "--finetune-steps", "8",
        "--generator-batch", "16", "--student-batch", "8", "--mean-bits", "3.5", "--averaging", "0.5",
        "--decay", "quarters", "--second-look", "0.1", "--canvas-share", "0.25", "--out", str(run),
    )
    command_line("export", str(run), "--format", "acq", "--out", str(folder / "model.acq.safetensors"))
    shutil.rmtree(run / "checkpoints")  # nothing needs them any more


def stopped_run(folder: Path) -> None:
    """A run on a tiny network of the user's own, cancelled in fine-tuning; what it would have come to is printed."""
    from acq_engine.config import RunConfig
    from acq_engine.run import QuantizationRun

    from acq_engine.control import RunControl
    from acq_engine.events import StepMetrics

    (folder / "tiny.py").write_text(TINY, encoding="utf-8")
    config = RunConfig.from_data({
        "seed": 3, "threads": 1, "device": "cpu", "precision": "float32",
        "model": {"source": "checkpoint", "name": "tiny", "path": str(folder / "tiny.py:build"), "input_size": 8,
                  "preprocessing": "0..1", "trust": True},
        "quantization": {"weight_bits": 3, "activation_bits": 4, "mean_bits": 4.0},
        "generator": {"noise_dim": 8, "width": 8},
        "schedule": {
            "preset": "custom", "warmup_steps": 12, "finetune_steps": 10, "generator_batch": 16, "student_batch": 8,
            "generator_every": 2, "pool_samples": 32, "calibration_samples": 32, "canvas_limit": 100, "averaging": 0.5,
            "second_look": 0.1, "report_every": 2, "sample_every": 100, "checkpoint_every": 100, "keep_checkpoints": 1,
        },
    }, consent=True)
    for name in ("whole", "stopped"):
        control = RunControl()
        for event in QuantizationRun.create(config, folder / name, control).events():
            if isinstance(event, StepMetrics) and event.phase == "finetune":
                print(name, event.step, event.values)
                if name == "stopped" and event.step == 4:
                    control.cancel()
    shutil.rmtree(folder / "whole")


def windows_files(folder: Path) -> None:
    """Settings file, preferences, a preset of one's own and a waiting queue, as the window writes them."""
    os.environ["ACQ_STUDIO_CONFIG_DIR"] = str(folder / "window")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from acq_app.application import Studio, parse
    from acq_app.own_presets import save_preset
    from acq_app.queue_model import QueueItem, QueueModel
    from acq_engine.config import RunConfig
    from PySide6.QtCore import QEventLoop, QTimer

    from acq_app.settings import AppSettings, save_settings

    save_settings(AppSettings(
        theme="dark", language="de", threads=2, tour_seen=True, notify=False, runs_folder=Path(NEUTRAL) / "runs",
        recent_models=[Path(NEUTRAL) / "birds.safetensors", Path(NEUTRAL) / "older.pth"],
        recent_runs=[Path(NEUTRAL) / "runs" / "birds-1"], folded={"schedule": True, "model": False},
    ))
    studio = Studio(parse([]))
    loop = QEventLoop()
    studio.window.viewsLoaded.connect(lambda: QTimer.singleShot(500, loop.quit))
    studio.show()
    loop.exec()
    config = RunConfig.from_data(SETTINGS)
    studio.window.intents.take_config(config, "Load settings")
    studio.window.files.write_settings(folder / "settings.json")
    studio.window.close()
    studio.shutdown()
    save_preset("Three bits, patiently", config)
    QueueModel().add([
        QueueItem("birds at 3 bits", config),
        QueueItem("01-w2a2", RunConfig.from_data({"quantization": {"weight_bits": 2, "activation_bits": 2}}),
                  Path(NEUTRAL) / "sweep" / "01-w2a2", Path(NEUTRAL) / "sweep"),
    ])


def sweep_folder(folder: Path) -> None:
    """A sweep of which nothing has run yet, but one run that could not begin."""
    from acq_engine.config import RunConfig

    from acq_engine.sweep.folder import SweepFolder
    from acq_engine.sweep.plan import Axis, SweepPlan

    settings = RunConfig.from_data({**SETTINGS, "quantization": {}, "method": "acq"})
    axes = ("bits=2,4", "canvas-share=0,0.5", "convention=A,B")
    sweep = SweepFolder.create(folder / "sweep", SweepPlan("bits and canvases", settings, tuple(map(Axis.parse, axes))))
    sweep.note_problem(sweep.plan.runs[1], "The file can't be read.")
    sweep.write_table()


def without_this_machine(folder: Path) -> None:
    """Replace what says where this was written."""
    for path in folder.rglob("*"):
        if path.suffix in {".json", ".jsonl", ".txt", ".csv"}:
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(str(folder), NEUTRAL).replace(platform.platform(), SYSTEM), encoding="utf-8")


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True)
    small_test_set(folder / "test.npz")
    finished_run(folder)
    stopped_run(folder)
    windows_files(folder)
    sweep_folder(folder)
    without_this_machine(folder)
    (folder / "tiny.py").unlink()


if __name__ == "__main__":
    main()
