"""Seconds a training step: ours against a plain eager step of GDFQ, same batch, interleaved in one process.

    python -m benchmarks.speed --short --data ../shared/data
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from acq_engine.evaluation.machine import machine
from acq_engine.models import LoadedModel, load_model
from acq_engine.pipeline.session import TrainingSession
from acq_engine.quantization import calibrate
from acq_engine.settings import Method, ModelConfig, Precision, RunConfig
from acq_engine.settings.presets import with_method
from acq_engine.teacher.autocast import computes_in_bfloat16
from benchmarks.plain_gdfq import PlainGdfq

OURS: tuple[tuple[str, Method, Precision], ...] = (
    ("ACQ", "acq", "auto"), ("ACQ, float32", "acq", "float32"),
    ("GDFQ preset", "gdfq", "auto"), ("GDFQ preset, float32", "gdfq", "float32"),
)


def our_step(config: RunConfig, loaded: LoadedModel) -> Callable[[], None]:
    """One generator step and one student step on a batch of the same size, drawn from the latest samples."""
    session = TrainingSession(config, loaded, torch.device("cpu"))
    calibrate(session.build_student(), session.batches.for_calibration(), config.quantization)
    session.begin_finetuning()

    def step() -> None:
        session.generator_step()
        session.student_step()

    return step


def convolution_floor(loaded: LoadedModel, batch: int) -> Callable[[], None]:
    """The teacher's bare convolutions, forward and backward to the input: below this no step can go."""
    shapes: list[tuple[nn.Conv2d, tuple[int, ...]]] = []
    handles = [
        module.register_forward_hook(lambda m, i, o: shapes.append((m, tuple(i[0].shape))))
        for module in loaded.module.modules() if isinstance(module, nn.Conv2d)
    ]
    with torch.no_grad():
        loaded.module(torch.zeros(batch, *loaded.input_shape))
    for handle in handles:
        handle.remove()
    inputs = [(module, torch.randn(shape, requires_grad=True)) for module, shape in shapes]

    def step() -> None:
        for module, x in inputs:
            out = F.conv2d(x, module.weight.detach(), None, module.stride, module.padding, groups=module.groups)
            out.backward(torch.ones_like(out))
            x.grad = None

    return step


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="batch 16 only, few rounds")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of real models")
    parser.add_argument("--rounds", type=int, default=0, help="interleaved rounds; 0: 8, or 5 with --short")
    options = parser.parse_args()
    weights = options.data / "cifar10" / "resnet20.safetensors"
    model = ModelConfig()
    if weights.is_file():
        model = ModelConfig(source="checkpoint", path=weights, arch="cifar_resnet20")
    rounds = options.rounds or (5 if options.short else 8)
    print("model batch | ms of a step, and its ratio to plain GDFQ's")
    for batch in (16,) if options.short else (16, 64):
        steps: dict[str, Callable[[], None]] = {}
        loaded = load_model(model)
        plain = PlainGdfq(loaded.module, loaded.num_classes, loaded.input_shape, batch, 4)
        steps["plain GDFQ"] = plain.step
        for name, method, precision in OURS:
            config = with_method(RunConfig(model=model, precision=precision), method)
            config.schedule.generator_batch = config.schedule.student_batch = batch
            config.schedule.calibration_samples = 64
            config.schedule.generator_every, config.schedule.canvas_share = 1, 0
            steps[name] = our_step(config, load_model(model))
        steps["the teacher's convolutions"] = convolution_floor(loaded, batch)
        times: dict[str, list[float]] = {name: [] for name in steps}
        for number in range(rounds + 2):
            for name, step in steps.items():
                begin = time.perf_counter()
                step()
                step()  # two are one turn: every second one computes the losses of both modes
                if number >= 2:  # the first rounds warm caches up
                    times[name].append(500 * (time.perf_counter() - begin))
        middle = {name: statistics.median(values) for name, values in times.items()}
        for name, value in middle.items():
            print(f"{loaded.name} {batch} | {name} | {value:.0f} | {value / middle['plain GDFQ']:.2f}", flush=True)
    print(f"medians of {rounds} interleaved rounds, {torch.get_num_threads()} threads; {machine()}; auto is "
          f"{'bfloat16' if computes_in_bfloat16('auto', torch.device('cpu')) else 'float32'}")


if __name__ == "__main__":
    main()
