"""The teacher sees both modes and is never changed by being looked at."""

from __future__ import annotations

import copy

import pytest
import torch

from acq_engine.errors import ModelError, NoBatchNormError
from acq_engine.quantization import quantize_model
from acq_engine.settings import QuantizationConfig
from acq_engine.teacher.model import Teacher, batch_statistics
from tests.engine.nets import TinyNet


@pytest.fixture
def net() -> TinyNet:
    net = TinyNet().train()
    for _ in range(3):  # running statistics that are neither 0 nor 1
        net(torch.randn(16, 1, 16, 16) * 2 + 1)
    return net


def test_passes_in_both_modes_leave_every_buffer_bit_for_bit(net: TinyNet) -> None:
    before = copy.deepcopy(net.state_dict())
    teacher = Teacher(net, ["stage2"])
    x = torch.randn(8, 1, 16, 16, requires_grad=True)
    for mode in ("train", "eval", "train"):
        teacher(x, mode, statistics=True).logits.sum().backward()
    after = net.state_dict()
    assert all(torch.equal(before[key], after[key]) for key in before)
    assert not net.training
    assert all(not module.training for module in net.modules())
    assert all(parameter.grad is None for parameter in net.parameters())


def test_eval_mode_equals_the_plain_model_and_train_mode_uses_the_batch(net: TinyNet) -> None:
    x = torch.randn(8, 1, 16, 16)
    plain = copy.deepcopy(net).eval()
    by_batch = copy.deepcopy(net).train()
    by_batch.dropout.eval()
    teacher = Teacher(net)
    assert torch.equal(teacher(x, "eval").logits, plain(x))
    assert torch.equal(teacher(x, "train").logits, by_batch(x))
    assert not torch.allclose(teacher(x, "train").logits, plain(x), atol=1e-3)


def test_statistics_are_those_that_batch_norm_would_store(net: TinyNet) -> None:
    x = torch.randn(32, 1, 16, 16) * 3 - 1
    seen = Teacher(net)(x, "train", statistics=True).statistics
    assert seen is not None
    fresh = copy.deepcopy(net)
    for module in fresh.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = 1.0
            module.train()
    fresh(x)
    norms = [module for module in fresh.modules() if isinstance(module, torch.nn.BatchNorm2d)]
    for mean, variance, norm in zip(seen.means, seen.variances, norms, strict=True):
        assert norm.running_mean is not None
        assert norm.running_var is not None
        torch.testing.assert_close(mean, norm.running_mean, rtol=1e-4, atol=1e-5)
        torch.testing.assert_close(variance, norm.running_var, rtol=1e-2, atol=1e-4)  # unbiased there


def test_batch_statistics_are_mean_and_biased_variance() -> None:
    x = torch.randn(6, 5, 7, 9, dtype=torch.float64) * 4 + 10
    mean, variance = batch_statistics(x)
    torch.testing.assert_close(mean, x.mean((0, 2, 3)))
    torch.testing.assert_close(variance, x.var((0, 2, 3), unbiased=False))


def test_taps_return_the_named_layers(net: TinyNet) -> None:
    seen = Teacher(net, ["stage1", "stage2"])(torch.randn(2, 1, 16, 16))
    assert {name: tuple(f.shape) for name, f in seen.features.items()} == {
        "stage1": (2, 8, 16, 16), "stage2": (2, 16, 8, 8),
    }


def test_a_model_without_batch_norm_is_refused_in_plain_words() -> None:
    with pytest.raises(NoBatchNormError, match="no batch norm"):
        Teacher(TinyNet(norm=False))


def test_an_unknown_tap_is_refused(net: TinyNet) -> None:
    with pytest.raises(ModelError, match="layer9"):
        Teacher(net, ["layer9"])


def test_passes_of_others_leave_no_trace_in_the_teacher(net: TinyNet) -> None:
    teacher = Teacher(net, ["stage2"])
    example = torch.zeros(2, 1, 16, 16)
    seen = teacher(example).features["stage2"]
    net(torch.randn(4, 1, 16, 16))  # such as an evaluation of the module itself
    assert teacher(example).features["stage2"].shape == seen.shape
    quantize_model(net, example, QuantizationConfig())
    quantize_model(net, example, QuantizationConfig())  # what the first capture saw is not in the way
