"""The bar of a run's phases: what was left out is told from what was ended early."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from acq_app.run.state import PhaseProgress
from acq_app.widgets.phase_bar import PhaseBar


def test_a_phase_that_was_ended_early_is_no_skipped_one(qtbot: QtBot) -> None:
    bar = PhaseBar()
    qtbot.addWidget(bar)
    bar.resize(600, 32)
    pictures = {}
    for reached in (0.0, 0.5):
        part = PhaseProgress("warmup", 1.0, fraction=1.0, skipped=True, reached=reached)
        bar.set_progress([part], None, 100)
        pictures[reached] = bar.grab().toImage()
        words = "ended early" if reached else "skipped"
        assert bar.toolTip().endswith(words) and words in bar.accessibleDescription()
    assert pictures[0.0] != pictures[0.5]
    row = bar.height() - 6
    assert pictures[0.0].pixel(400, row) == pictures[0.5].pixel(400, row), "the same stripes after what was done"
