"""The paper's figure comes to the page Results when a run that is like the paper's was measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from acq_engine.events import Evaluated, PhasePlan, RunStarted
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore
from tests.tools.fake_events import SUMMARY
from tests.tools.windows import Make, view_of

RESNET = replace(SUMMARY, arch="resnet18", num_classes=1000, input_shape=(3, 224, 224), class_names=())


@pytest.mark.parametrize(("scheme", "shown"), [("A", True), ("B", False)])
def test_only_a_run_in_the_papers_scheme_has_it(
    scheme: str, shown: bool, make: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    studio = make()
    with RunStore.create(tmp_path / "run", RunConfig.from_data({"quantization": {"convention": scheme}}), model=RESNET):
        pass
    studio.session.state.run_dir = str(tmp_path / "run")
    studio.session.take([RunStarted(str(tmp_path / "run"), RESNET, (PhasePlan("warmup", 1),), "cpu", 0),
                         Evaluated("float", 650, "test", 69.2)])
    studio.window.show_page("results")
    view = view_of(studio, "results")
    view.flush()
    assert not view.published.isVisible(), "nothing to compare it with yet"
    studio.session.take([Evaluated("student", 650, "test", 64.0, agreement=80.0)])
    view.flush()
    assert view.published.isVisible() is shown
    assert ("67.55" in view.published.text() and "ResNet-18" in view.published.text()) is shown
    assert ("67.55" in view.figures.markdown()) is shown
    studio.session.take([RunStarted("elsewhere", RESNET, (PhasePlan("warmup", 1),), "cpu", 0)])
    assert view.figures.published is None, "of the run before"
