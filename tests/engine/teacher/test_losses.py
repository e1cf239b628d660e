"""Each loss is small where it should be and grows where it should."""

from __future__ import annotations

import torch

from acq_engine.teacher import losses
from acq_engine.teacher.model import Statistics


def statistics(shift: float = 0.0, stretch: float = 1.0) -> Statistics:
    return Statistics(
        (torch.arange(4.0) + shift, torch.arange(3.0) + shift),
        (torch.ones(4) * stretch**2, 2 * torch.ones(3) * stretch**2),
    )


def test_bn_losses_are_zero_for_equal_statistics_and_grow_with_the_distance() -> None:
    for loss in (losses.bn_loss, losses.gdfq_bn_loss):
        assert loss(statistics(), statistics()) == 0
        assert 0 < loss(statistics(0.1), statistics()) < loss(statistics(0.5), statistics())
        assert loss(statistics(0, 1.5), statistics()) > 0


def test_the_bn_loss_does_not_depend_on_a_layers_scale() -> None:
    small = losses.bn_loss(statistics(0.1), statistics())
    scaled = [Statistics(tuple(10 * m for m in s.means), tuple(100 * v for v in s.variances))
              for s in (statistics(0.1), statistics())]
    torch.testing.assert_close(losses.bn_loss(*scaled), small)


def test_the_centre_loss_is_the_squared_distance() -> None:
    assert losses.centre_loss(torch.tensor([[0.3, 0.4]]), torch.zeros(1, 2)).item() == torch.tensor(0.25).item()


def test_the_pair_loss_is_one_for_twins_and_zero_for_strangers() -> None:
    first = {"a": torch.zeros(2, 4, 4, 4), "b": torch.zeros(2, 2, 2, 2)}
    other = {"a": torch.zeros(2, 4, 4, 4), "b": torch.zeros(2, 2, 2, 2)}
    first["a"][:, 0], first["b"][:, 0] = 1, 1
    other["a"][:, 1], other["b"][:, 1] = 1, 1
    torch.testing.assert_close(losses.pair_loss(first, first), torch.tensor(1.0))
    torch.testing.assert_close(losses.pair_loss(first, other), torch.tensor(0.0))


def test_mode_losses_are_zero_where_the_modes_agree() -> None:
    logits, maps = torch.randn(5, 10), torch.rand(5, 4, 4)
    assert losses.mode_output_loss(logits, logits).abs() < 1e-6
    assert losses.mode_attention_loss(maps, maps) == 0
    assert losses.mode_output_loss(logits, logits.flip(1)) > 0.1
    assert losses.mode_attention_loss(maps, maps.flip(2)) > 0.1


def test_distillation_ignores_a_shift_of_all_logits_and_its_gradient_keeps_its_size_with_temperature() -> None:
    teacher = torch.randn(64, 10)
    assert losses.distillation_loss(teacher + 3, teacher, 2.0).abs() < 1e-5
    sizes = []
    for temperature in (5.0, 20.0):
        student = (teacher + 0.1 * torch.randn(64, 10, generator=torch.Generator().manual_seed(1))).requires_grad_()
        losses.distillation_loss(student, teacher, temperature).backward()
        assert student.grad is not None
        sizes.append(student.grad.norm().item())
    assert 0.5 < sizes[0] / sizes[1] < 2
    one, two = losses.distillation_loss(2 * teacher, teacher, 4), losses.gdfq_distillation_loss(2 * teacher, teacher, 4)
    torch.testing.assert_close(one, 10 * two)


def test_the_feature_loss_is_relative_to_the_teachers_size() -> None:
    teacher = {"a": torch.randn(4, 3, 5, 5)}
    near = {"a": 1.1 * teacher["a"]}
    torch.testing.assert_close(losses.feature_loss(near, teacher), torch.tensor(0.01), atol=1e-5, rtol=0)
    larger = [{"a": 100 * f["a"]} for f in (near, teacher)]
    torch.testing.assert_close(losses.feature_loss(*larger), torch.tensor(0.01), atol=1e-5, rtol=0)
