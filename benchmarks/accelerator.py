"""Milliseconds a training step on a graphics card, in the ways that it could run there.

    python -m benchmarks.accelerator --data ../shared/data

"graphs" and "bfloat16" are the settings `cuda_graphs` and `precision`. The other ways are no settings: they are here to
show what they would give.
"graphs differ" is the largest relative difference of the quantized network's weights after the same steps with and
without graphs, beside that of two runs without.
"""

from __future__ import annotations

import argparse
import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

import torch

from acq_engine.evaluation.machine import machine
from acq_engine.models import load_model
from acq_engine.pipeline.device import choose_device
from acq_engine.pipeline.session import TrainingSession
from acq_engine.quantization import calibrate
from acq_engine.settings import RunConfig
from acq_engine.settings.presets import with_preset
from benchmarks import tables

WARM = 10  # steps before the clock starts: graphs are recorded in the fourth of each kind
WAYS = ("plain", "graphs", "bfloat16", "bfloat16, graphs", "autotuned", "channels last", "bfloat16, channels last")


def session_of(model: str, data: Path, device: torch.device, way: str) -> TrainingSession:
    """A session with a calibrated student, ready for either step."""
    config = with_preset(RunConfig(
        cuda_graphs="graphs" in way, precision="bfloat16" if "bfloat16" in way else "float32",
    ), "balanced")
    tables.use_model(config, model, data)
    loaded = load_model(config.model)
    config.schedule.calibration_samples, config.schedule.canvas_share = 64, 0.0
    session = TrainingSession(config, loaded, device)
    student = session.build_student()
    calibrate(student, session.batches.for_calibration(), config.quantization)
    if "channels last" in way:
        for module in (session.teacher.module, session.generator, student):
            module.to(memory_format=torch.channels_last)
    session.begin_finetuning()
    return session


@contextlib.contextmanager
def running(way: str) -> Iterator[None]:
    """The switch of torch that a way needs."""
    torch.backends.cudnn.benchmark = way == "autotuned"
    try:
        yield
    finally:
        torch.backends.cudnn.benchmark = False


def timed(session: TrainingSession, steps: int) -> tuple[float, float]:
    """Milliseconds of a generator step and of a student step."""
    found = []
    for step in (session.generator_trainer.step, session.student_step):
        for number in range(WARM + steps):
            if number == WARM:
                torch.cuda.synchronize()
                begin = time.perf_counter()
            step()
        torch.cuda.synchronize()
        found.append(1000 * (time.perf_counter() - begin) / steps)
    return found[0], found[1]


def weights(model: str, data: Path, device: torch.device, way: str) -> torch.Tensor:
    """The student's weights after some steps of both kinds."""
    session = session_of(model, data, device, way)
    for _ in range(WARM):
        session.generator_trainer.step()
    for _ in range(WARM):
        session.student_step()
    assert session.student is not None
    return torch.cat([parameter.detach().flatten() for parameter in session.student.weight_parameters()])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of real models")
    parser.add_argument("--steps", type=int, default=40)
    options = parser.parse_args()
    device = choose_device("cuda")
    print("model | way | generator ms | student ms")
    for model in (tables.CIFAR, tables.IMAGENET):
        for way in WAYS:
            try:
                session = session_of(model, options.data, device, way)
                with running(way):
                    generator, student = timed(session, options.steps)
            except RuntimeError as error:
                print(f"{model} | {way} | {str(error).splitlines()[0]}", flush=True)
                continue
            print(f"{model} | {way} | {generator:.1f} | {student:.1f} {session.step_runner.refusal}", flush=True)
        first, again, graphs = (weights(model, options.data, device, way) for way in ("plain", "plain", "graphs"))
        size = float(first.abs().max())
        print(f"{model}: graphs differ by {float((first - graphs).abs().max()) / size:.1e}, "
              f"two plain runs by {float((first - again).abs().max()) / size:.1e}", flush=True)
    print(machine("cuda"))


if __name__ == "__main__":
    main()
