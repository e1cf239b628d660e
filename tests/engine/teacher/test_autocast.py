"""Training in bfloat16: faster where the processor multiplies it, and never what is measured."""

from __future__ import annotations

import copy
import math
from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn

from acq_engine.models import LoadedModel, load_model
from acq_engine.pipeline.session import TrainingSession
from acq_engine.quantization import calibrate
from acq_engine.settings import ModelConfig, RunConfig
from acq_engine.teacher.autocast import computes_in_bfloat16
from acq_engine.teacher.model import Mode, Teacher

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def loaded() -> LoadedModel:
    return load_model(ModelConfig())


def session(loaded: LoadedModel, precision: str, **settings: int) -> TrainingSession:
    config = RunConfig(precision=precision)
    for name, value in {"generator_batch": 16, "student_batch": 16, "canvas_share": 0, "calibration_samples": 16,
                        "finetune_steps": 6}.items():
        setattr(config.schedule, name, value)
    for name, value in settings.items():
        setattr(config.quantization, name, value)
    return TrainingSession(config, loaded, CPU)


@pytest.mark.parametrize(("found", "expected"), [
    ({"avx2": True}, False), ({"avx512_bf16": True}, True), ({"amx_bf16": True}, True), ({}, False),
])
def test_auto_is_bfloat16_only_where_the_processor_multiplies_it(
    monkeypatch: pytest.MonkeyPatch, found: dict[str, bool], expected: bool
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: found, raising=False)
    assert computes_in_bfloat16("auto", CPU) is expected
    assert computes_in_bfloat16("bfloat16", CPU)
    assert not computes_in_bfloat16("float32", CPU)
    assert not computes_in_bfloat16("auto", torch.device("cuda"))
    monkeypatch.delattr(torch.cpu, "get_capabilities")
    assert not computes_in_bfloat16("auto", CPU)


@pytest.mark.parametrize("mode", ["eval", "train"])
def test_a_reduced_pass_is_the_float_pass_to_two_digits_and_its_results_are_float32(
    loaded: LoadedModel, mode: Mode
) -> None:
    layer = loaded.default_attention_layer()
    teacher = Teacher(loaded.module, [layer])
    x = torch.randn(16, *loaded.input_shape)
    results, gradients = [], []
    for reduced in (False, True):
        picture = x.clone().requires_grad_()
        seen = teacher(picture, mode, statistics=True, reduced=reduced)
        assert seen.statistics is not None
        values: list[Tensor] = [seen.logits, seen.features[layer], *seen.statistics.means, *seen.statistics.variances]
        assert {value.dtype for value in values} == {torch.float32}
        torch.stack([value.square().sum() for value in values]).sum().backward()
        assert picture.grad is not None
        results.append([value.detach() for value in values])
        gradients.append(picture.grad.flatten())
    for exact, rough in zip(*results, strict=True):
        assert 0 < float((exact - rough).norm() / exact.norm()) < 0.02
    exact, rough = gradients
    assert float(exact @ rough / (exact.norm() * rough.norm())) > 0.995


def test_a_generators_steps_follow_the_float_ones(loaded: LoadedModel) -> None:
    exact, rough = (session(loaded, precision) for precision in ("float32", "bfloat16"))
    first, other = exact.generator_trainer.step(), rough.generator_trainer.step()
    assert first.keys() == other.keys()
    for name, value in first.items():
        assert float(other[name]) == pytest.approx(float(value), rel=0.1, abs=0.02), name
    assert any(not torch.equal(first[name], other[name]) for name in first)
    assert all(parameter.dtype == torch.float32 for parameter in rough.generator.parameters())
    assert rough.generator_trainer.latest()[0].dtype == torch.float32


@pytest.mark.parametrize(("bits", "same"), [(4, False), (5, True)])
def test_a_student_of_few_bits_learns_in_bfloat16_and_others_in_float32(
    loaded: LoadedModel, bits: int, same: bool
) -> None:
    samples, labels = torch.randn(16, *loaded.input_shape), torch.zeros(16, dtype=torch.int64)
    losses, weights = [], []
    for precision in ("float32", "bfloat16"):
        one = session(loaded, precision, activation_bits=bits)
        student = one.build_student()
        calibrate(student, [samples], one.config.quantization)
        losses.append(one.begin_finetuning().step(samples, labels))
        weights.append(torch.cat([p.detach().flatten() for p in student.weight_parameters()]))
        assert weights[-1].dtype == torch.float32
    assert torch.equal(*weights) is same
    assert float(losses[1]["student/total"]) == pytest.approx(float(losses[0]["student/total"]), rel=0.1)


def _knows_float32_alone(_module: nn.Module, args: tuple[Tensor, ...]) -> None:
    if args[0].dtype != torch.float32:
        raise RuntimeError("no kernel for bfloat16\nand more")


def test_where_torch_has_no_bfloat16_training_is_float32_and_the_log_says_so(
    loaded: LoadedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch, "is_autocast_enabled", lambda _kind: False)  # as torch leaves it where it only warns
    one = session(loaded, "bfloat16")
    assert not one.reduced and "no bfloat16 on cpu" in one.precision_note


def test_a_model_that_can_not_compute_in_bfloat16_trains_in_float32_and_the_log_says_so(loaded: LoadedModel) -> None:
    one = session(loaded, "bfloat16")
    assert one.reduced and one.precision_note == "Training computes in bfloat16."
    assert session(loaded, "float32").precision_note == ""
    module = copy.deepcopy(loaded.module)
    module.get_submodule("avgpool").register_forward_pre_hook(_knows_float32_alone)
    other = session(replace(loaded, module=module), "bfloat16")
    assert not other.reduced and "(no kernel for bfloat16)" in other.precision_note
    values = other.generator_trainer.step()
    assert math.isfinite(float(values["generator/total"]))
