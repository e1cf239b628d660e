"""Samples with their attention, one row above the other: what is said of them, and how many have room."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from acq_app.views.shared.history import Look
from acq_app.views.shared.looks import LooksSideBySide, NamedLook, similarities
from acq_engine.events import AttentionReady, SamplesReady
from tests.tools.fake_run import FakeRun


def test_attention_of_one_class_is_compared_in_pairs(qtbot: QtBot) -> None:
    events = list(FakeRun(seed=0).events())
    look = Look(next(event for event in reversed(events) if isinstance(event, SamplesReady)))
    assert len(similarities(look, None)) == 0, "without attention nothing is known"
    look.attention = next(event for event in reversed(events) if isinstance(event, AttentionReady)
                          and event.step == look.step and event.corrected)
    counts = np.unique(look.samples.labels, return_counts=True)[1]
    found = similarities(look, None)
    assert len(found) == sum(count * (count - 1) // 2 for count in counts)
    first, second = np.flatnonzero(look.samples.labels == 3)[:2]
    a, b = (look.attention.eval_maps[place].ravel() for place in (first, second))
    assert similarities(look, 3)[0] == pytest.approx(a @ b / np.linalg.norm(a) / np.linalg.norm(b), rel=1e-5)
    look.attention = replace(look.attention, eval_maps=np.repeat(look.attention.eval_maps[:1], 36, axis=0))
    assert similarities(look, None) == pytest.approx(1.0), "all in the same place"
    side = LooksSideBySide()
    qtbot.addWidget(side)
    side.resize(900, 200)
    side.show_looks([NamedLook("run", look)])
    assert "attention similarity in a class 1.00" in side.words(side.rows[0])
    wide = side.grab().toImage()
    side.resize(600, 200)
    assert side.grab().toImage() != wide.copy(0, 0, 600, 200), "the histogram gives way to samples"
    assert side.fitting(100, 36) == (600 - 100) // 60 and side.fitting(100, 3) == 3 and side.fitting(700, 3) == 0
