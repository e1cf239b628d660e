"""What the losses view saves: a table and images."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QImage

from acq_app.views.losses.view import LossesView
from acq_engine.errors import StorageError
from acq_engine.events import Event, StepMetrics

Shown = Callable[..., LossesView]


def test_the_table_holds_exactly_what_came(shown: Shown, run_events: list[Event], tmp_path: Path) -> None:
    view = shown(LossesView, run_events)
    view.save(str(tmp_path / "losses.csv"))
    rows = list(csv.DictReader(io.StringIO((tmp_path / "losses.csv").read_text())))
    events = [event for event in run_events if isinstance(event, StepMetrics) and event.phase != "calibrate"]
    by_step = {int(row["step"]): row for row in rows}
    for event in events:
        row = by_step[event.global_step]
        assert row["phase"] == event.phase
        for key, value in event.values.items():
            if key.startswith(("generator/", "student/")) or key in ("accuracy/student", "accuracy/agreement"):
                assert float(row[key]) == value


def test_pictures_are_saved(shown: Shown, run_events: list[Event], tmp_path: Path) -> None:
    view = shown(LossesView, run_events)
    view.save(str(tmp_path / "losses.png"))
    view.save(str(tmp_path / "losses.svg"))
    image = QImage(str(tmp_path / "losses.png"))
    assert image.width() == 2 * view.content.width()
    drawing = (tmp_path / "losses.svg").read_text()
    assert "<svg" in drawing
    assert drawing.count("<poly") + drawing.count("<path") > 5


def test_a_place_that_cannot_be_written_is_reported(shown: Shown, run_events: list[Event], tmp_path: Path) -> None:
    view = shown(LossesView, run_events)
    errors: list[object] = []
    view.errorRaised.connect(errors.append)
    view.save(str(tmp_path / "missing" / "losses.csv"))
    assert len(errors) == 1
    assert isinstance(errors[0], StorageError)
    assert "losses.csv" in errors[0].message
