"""The history of samples: bounded, and spread over the run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from acq_app.views.shared.history import LookHistory
from acq_engine.events import AttentionReady
from tests.app.views.few_samples import few


def test_history_is_bounded_and_stays_spread_over_the_run() -> None:
    history = LookHistory(max_looks=20)
    for step in range(1, 1001):
        history.add_samples(few(step=step))
    steps = [look.step for look in history.looks]
    assert len(steps) == 20
    assert steps[0] == 1
    assert steps[-1] == 1000
    gaps = np.diff(steps)
    assert gaps.max() <= 4 * gaps[gaps > 1].min()


def test_history_is_bounded_in_bytes_too_and_keeps_the_newest_at_full_size() -> None:
    history = LookHistory(max_bytes=30 * 2**20)
    big = few(images=np.zeros((4, 224, 224, 3), np.uint8))
    for step in range(1, 301):
        history.add_samples(replace(big, step=step))
    assert sum(look.nbytes for look in history.looks) <= 30 * 2**20
    assert history.looks[-1].samples.images.shape == (4, 224, 224, 3)
    assert history.looks[0].samples.images.shape == (4, 112, 112, 3)


def test_attention_of_a_look_that_is_gone_is_ignored() -> None:
    history = LookHistory()
    history.add_samples(few(step=1))
    maps = np.full((4, 2, 2), 0.25, np.float32)
    assert not history.add_attention(AttentionReady(9, "layer", maps, maps, np.ones(4, np.float32)))
    assert history.add_attention(AttentionReady(1, "layer", maps, maps, np.ones(4, np.float32)))
