"""What the views' tests share: one made-up run, and a way to fill a view with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from acq_app.views.shared.base import View
from acq_engine.events import Event
from acq_engine.settings import RunConfig
from tests.tools.fake_run import FakeRun

ViewType = TypeVar("ViewType", bound=View)


@pytest.fixture(scope="session")
def run_events() -> list[Event]:
    """All events of a short run that went well."""
    config = RunConfig()
    config.schedule.warmup_steps = 60
    config.schedule.finetune_steps = 60
    return list(FakeRun(seed=1, config=config).events())


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[..., ViewType]:
    """Makes a view of a size, shows it and gives it events."""

    def show(kind: type[ViewType], events: list[Event], size: tuple[int, int] = (640, 420)) -> ViewType:
        view = kind()
        qtbot.addWidget(view)
        view.resize(*size)
        view.show()
        for event in events:
            view.apply(event)
        view.flush()
        return view

    return show
