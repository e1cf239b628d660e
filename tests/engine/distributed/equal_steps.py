"""Run by torchrun: training passes over a whole batch on each rank, and over a shared one; prints how far they differ.

Compared in one process, from the same state: over many steps, Adam and rounding to a grid amplify the last bit.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm

from acq_engine.distributed import leads, share_of, shared
from acq_engine.distributed.batch_norm import synchronised
from acq_engine.distributed.start import joined
from acq_engine.generation.conditions import Conditions
from acq_engine.models import load_model
from acq_engine.pipeline.session import TrainingSession
from acq_engine.quantization import calibrate
from acq_engine.settings import RunConfig
from acq_engine.teacher.model import batch_statistics

CONFIG = {
    "precision": "float32", "generator": {"width": 16},
    "schedule": {"generator_batch": 14, "student_batch": 9, "calibration_samples": 28, "second_look": 0.1},
    "losses": {"student_class": 0.5}, "quantization": {"rounding": "nearest"},
}


def left_by(passes: Callable[[], dict[str, Tensor]], network: nn.Module) -> dict[str, Tensor]:
    """What passes leave behind: losses, gradients, running statistics; the latter are then put back."""
    before = {name: value.clone() for name, value in network.named_buffers()}
    left = {key: value.clone() for key, value in passes().items()}
    left |= {f"gradient of {name}": p.grad.clone() for name, p in network.named_parameters() if p.grad is not None}
    left |= {f"buffer {name}": value.clone() for name, value in network.named_buffers() if value.is_floating_point()}
    with torch.no_grad():
        for name, value in network.named_buffers():
            value.copy_(before[name])
    return left


def difference(first: dict[str, Tensor], second: dict[str, Tensor]) -> dict[str, float]:
    """The norm of each difference, relative to the larger of the tensor's norm and a hundredth of the largest one."""
    assert first.keys() == second.keys()
    largest = max(float(value.nan_to_num().norm()) for key, value in first.items() if key.startswith("gradient"))
    found = {}
    for key, value in first.items():
        floor = largest / 100 if key.startswith("gradient") else 1e-6
        found[key] = float((value - second[key]).nan_to_num().norm()) / max(float(value.nan_to_num().norm()), floor)
    return found


def generator(session: TrainingSession) -> dict[str, float]:
    trainer, norms = session.generator_trainer, [
        module for module in session.generator.modules() if isinstance(module, _BatchNorm)]
    conditions = session.batches.source("train").draw_pairs(14)  # seven pairs: parts of six and eight rows
    share = share_of(len(conditions), paired=True)

    def whole() -> dict[str, Tensor]:
        return trainer._passes(conditions, both_modes=True)

    def parts() -> dict[str, Tensor]:
        mine = Conditions(*map(share.mine, (conditions.noise, conditions.labels, conditions.centres)))
        with shared(share), synchronised(norms, batch_statistics):
            values = trainer._passes(mine, both_modes=True)
        return {key: share.joined(value) if value.dim() else value for key, value in values.items()}

    session.generator.train()
    return difference(left_by(whole, session.generator), left_by(parts, session.generator))


def student(session: TrainingSession) -> dict[str, float]:
    network = session.build_student()
    calibrate(network, session.batches.for_calibration(), session.config.quantization, session.loaded.input_range())
    session.agree()
    trainer = session.begin_finetuning()
    samples, labels = session.batches.samples("student", 9)
    labels[:3] = -100  # no class, and not the same number of them in both parts
    share = share_of(9)

    def whole() -> dict[str, Tensor]:
        return trainer._passes(samples, labels, with_gradient=True)

    def parts() -> dict[str, Tensor]:
        with shared(share):
            values = trainer._passes(share.mine(samples), share.mine(labels), with_gradient=True)
        return values | {"gradient": share.joined(values["gradient"])}

    return difference(left_by(whole, network), left_by(parts, network))


def worst(found: dict[str, float], names: Sequence[str]) -> dict[str, float]:
    return {name: max(value for key, value in found.items() if key.startswith(name)) for name in names}


def main() -> None:
    with joined():
        config = RunConfig.from_data(CONFIG)
        session = TrainingSession(config, load_model(config.model), torch.device("cpu"))
        found = {"generator": worst(generator(session), ("generator/", "gradient", "buffer", "samples", "answers")),
                 "student": worst(student(session), ("student/", "gradient"))}
        if leads():
            print(json.dumps(found))


if __name__ == "__main__":
    main()
