"""Run by torchrun: work that each rank does whole, and that they share; prints how far the two differ.

Compared in one process, from the same state: over many steps, Adam and rounding to a grid amplify the last bit.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm

from acq_engine.distributed import apart, from_first, leads, share_of, shared, together
from acq_engine.distributed.batch_norm import synchronised
from acq_engine.distributed.start import joined
from acq_engine.generation import procedural_images
from acq_engine.generation.conditions import Conditions
from acq_engine.generation.procedural_images import make_procedural_images, refined
from acq_engine.models import load_model
from acq_engine.pipeline.preparation import prepare
from acq_engine.pipeline.session import TrainingSession
from acq_engine.quantization import calibrate
from acq_engine.quantization.model import quantize_model
from acq_engine.quantization.sensitivity import measure
from acq_engine.settings import QuantizationConfig, RunConfig
from acq_engine.teacher.model import batch_statistics
from tests.tools.bank_plan import bank_plan

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


def bank(session: TrainingSession) -> dict[str, float]:
    """A step of images that are optimized directly, of 7 pairs: parts of six and eight images."""
    session.follow(bank_plan(28, 14, 9))
    session.config.schedule.generator_batch = 14
    found: dict[str, float] = {}
    for _ in range(2):
        assert session.bank is not None
        before = copy.deepcopy(session.bank.state_dict())
        with apart():
            values = session.bank.step()
        whole = session.bank.images.clone(), session.bank._mean.clone()
        session.bank.load_state_dict(before)
        shared_values = session.bank.step()
        for name, value in values.items():
            found[name] = max(found.get(name, 0), float(abs(value - shared_values[name]) / abs(value)))
        now = session.bank.images, session.bank._mean
        for name, first, second in zip(("images", "gradient"), whole, now, strict=True):
            found[name] = max(found.get(name, 0), float((first - second).norm() / first.norm()))
    return found


def procedural(session: TrainingSession) -> dict[str, float]:
    """Images that are refined, nine in a batch, with few steps: Adam's forty amplify the last bit, differently on each
    processor (8e-4 and 8e-3 were seen).
    """
    procedural_images.REFINING_STEPS = 4
    drawn = make_procedural_images(session.loaded, 0)[:18]

    def images() -> Tensor:
        stream = torch.Generator().manual_seed(0)
        return torch.cat(list(refined(drawn, session.teacher, session.loaded, stream, 9)))

    with apart():
        whole = images()
    return {"images": float((whole - images()).norm() / (whole - drawn).norm())}


def calibration(session: TrainingSession) -> dict[str, float]:
    """Ranges, rounding, biases and sensitivities: each attempt is one rank's, so that they are equal bit for bit."""
    images = session.batches.watched(24)

    def calibrated() -> tuple[dict[str, Tensor], list[float]]:
        student = quantize_model(
            session.loaded.module, session._example(), QuantizationConfig(weight_bits=3, activation_bits=3), ())
        errors = [error for layer in measure(student, images[:2], (2, 4)) for error in layer.errors.values()]
        calibrate(student, images.split(12), QuantizationConfig(weight_bits=3, activation_bits=3))
        return student.state_dict(), errors

    with apart():
        whole, errors = calibrated()
    parts, others = calibrated()
    differ = sum(not torch.equal(whole[name].nan_to_num(), value.nan_to_num()) for name, value in parts.items())
    return {"values that differ": float(differ + sum(a != b for a, b in zip(errors, others, strict=True)))}


def planned(config: RunConfig) -> dict[str, float]:
    """The first rank measures what steps cost while the others wait, and all of them go on."""
    schedule = config.schedule.model_copy(update={"minutes": 0.1, "preset": "fast"})
    timed = config.model_copy(update={"schedule": schedule})
    prepared = together(lambda: prepare(timed, progress=None, stop=lambda: False) if leads() else None)
    return {"plans": float(from_first(prepared is not None and prepared.plan is not None))}


def worst(found: dict[str, float], names: Sequence[str]) -> dict[str, float]:
    return {name: max(value for key, value in found.items() if key.startswith(name)) for name in names}


def main() -> None:
    with joined():
        config = RunConfig.from_data(CONFIG)
        session = TrainingSession(config, load_model(config.model), torch.device("cpu"))
        found = {"generator": worst(generator(session), ("generator/", "gradient", "buffer", "samples", "answers")),
                 "student": worst(student(session), ("student/", "gradient")),
                 "procedural": procedural(session), "calibration": calibration(session)}
        config.losses.modes_every = 1
        session = TrainingSession(config, load_model(config.model), torch.device("cpu"))
        found |= {"bank": bank(session), "planned": planned(config)}
        if leads():
            print(json.dumps(found))


if __name__ == "__main__":
    main()
