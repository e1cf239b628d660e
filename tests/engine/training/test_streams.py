"""The numbers of random streams: what is taken stays, and nothing new is taken twice."""

from __future__ import annotations

import torch

from acq_engine.training import streams

TAKEN = {"TRAIN": 0, "STUDENT": 1, "CALIBRATE": 2, "AUGMENT": 3, "CANVAS": 4, "UNSEEN": 7, "SENSITIVITY": 11,
         "REFINING": 13, "EXPERIMENTS": 13}


def test_numbers_stay_and_new_ones_are_new() -> None:
    numbers = {name: value for name, value in vars(streams).items() if name.isupper() and type(value) is int}
    for other in ("SPACING", "HELD_OUT_SEED"):
        numbers.pop(other)
    assert {name: numbers.get(name) for name in TAKEN} == TAKEN, "seeded runs would give other files"
    del numbers["EXPERIMENTS"]  # the one number that was taken twice
    assert len(set(numbers.values())) == len(numbers)
    assert all(0 <= number < streams.SPACING for number in numbers.values()), "it would be another seed's"


def test_the_streams_in_checkpoints_keep_their_names() -> None:
    assert list(streams.IN_CHECKPOINTS) == ["train", "student", "calibrate", "augment", "canvas"]
    assert list(streams.IN_CHECKPOINTS.values()) == [0, 1, 2, 3, 4]


def test_a_stream_begins_where_its_seed_and_number_say() -> None:
    drawn = torch.rand(4, generator=streams.seeded(3, streams.UNSEEN))
    assert torch.equal(drawn, torch.rand(4, generator=torch.Generator().manual_seed(3 * 1009 + 7)))
    assert not torch.equal(drawn, torch.rand(4, generator=streams.seeded(3, streams.TRAIN)))
