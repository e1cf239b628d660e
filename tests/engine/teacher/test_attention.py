"""Attention maps and their centres."""

from __future__ import annotations

import pytest
import torch

from acq_engine.pipeline.snapshots import MOST_PIXELS, other_attention
from acq_engine.teacher import attention


def test_the_map_is_the_sum_of_squares_over_channels() -> None:
    features = torch.tensor([[[[1.0, -2.0]], [[3.0, 0.0]]]])
    assert attention.attention_map(features).tolist() == [[[10.0, 4.0]]]


def test_normalised_maps_sum_to_one_and_an_empty_map_is_uniform() -> None:
    maps = torch.stack((torch.rand(5, 5), torch.zeros(5, 5)))
    result = attention.normalised(maps)
    torch.testing.assert_close(result.sum((1, 2)), torch.ones(2))
    torch.testing.assert_close(result[1], torch.full((5, 5), 1 / 25))


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [(0, 0, (-0.75, -0.75)), (0, 3, (0.75, -0.75)), (3, 0, (-0.75, 0.75)), (2, 1, (-0.25, 0.25))],
)
def test_the_centre_of_a_single_point_is_that_points_position(
    row: int, column: int, expected: tuple[float, float]
) -> None:
    maps = torch.zeros(1, 4, 4)
    maps[0, row, column] = 7.0
    torch.testing.assert_close(attention.centre(maps)[0], torch.tensor(expected), atol=1e-5, rtol=0)


def test_a_higher_power_moves_the_centre_towards_the_peak() -> None:
    maps = torch.full((1, 8, 8), 1.0)
    maps[0, 1, 6] = 5.0
    soft, sharp = attention.centre(maps, 1.0)[0], attention.centre(maps, 6.0)[0]
    assert sharp[0] > soft[0] + 0.2
    assert sharp[1] < soft[1] - 0.2


def test_the_centre_has_a_gradient_and_survives_extreme_values() -> None:
    maps = (torch.rand(2, 8, 8) * 1e12).requires_grad_()
    centre = attention.centre(maps, 8.0)
    centre.sum().backward()
    assert torch.isfinite(centre).all()
    assert maps.grad is not None
    assert torch.isfinite(maps.grad).all()
    assert (maps.grad != 0).any()
    assert torch.isfinite(attention.centre(torch.zeros(1, 8, 8))).all()


def test_similarity_is_one_for_equal_maps_and_zero_for_disjoint_ones() -> None:
    one = torch.zeros(2, 4, 4)
    one[:, 0, 0] = 1
    other = one.clone()
    other[1] = one[1].flip(1)
    torch.testing.assert_close(attention.similarity(one, 3 * other), torch.tensor([1.0, 0.0]))


def test_a_large_map_that_is_only_looked_at_is_made_smaller_but_measured_whole() -> None:
    features = torch.rand(2, 3, 56, 70) + 0.1
    features[0, :, 10:14, 50:54] = 9.0
    other = features.flip(-1)
    event = other_attention(7, "layer1", features, other, 2.0)
    whole = [attention.normalised(attention.attention_map(one)) for one in (features, other)]
    assert max(event.eval_maps.shape) <= MOST_PIXELS
    assert event.eval_maps.shape[2] > event.eval_maps.shape[1], "it keeps its shape"
    assert event.eval_maps.sum((1, 2)) == pytest.approx([1.0, 1.0])
    assert event.similarity == pytest.approx(attention.similarity(*whole).numpy())
    assert event.centres == pytest.approx(attention.centre(whole[0]).numpy())
    row, column = divmod(int(event.eval_maps[0].argmax()), event.eval_maps.shape[2])
    assert (row // 2, column // 2) in ((1, 8), (2, 8), (1, 9), (2, 9)), "the peak stays in its place"
    assert not event.corrected


def test_spread_within_a_class_is_zero_for_equal_maps_and_one_for_disjoint_ones() -> None:
    left, right = torch.zeros(4, 4), torch.zeros(4, 4)
    left[:, 0] = right[:, 3] = 1
    labels = torch.tensor([0, 0, 1, 1])
    assert attention.class_spread(torch.stack([left, left, right, right]), labels) == pytest.approx(0)
    assert attention.class_spread(torch.stack([left, right, left, right]), labels) == pytest.approx(1)
    assert attention.class_spread(torch.stack([left, right]), torch.tensor([0, 1])) is None
