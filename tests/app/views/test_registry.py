"""All views keep the common promises, whatever they show."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QScrollBar
from pytestqt.qtbot import QtBot

from acq_app.appearance.theme import THEME_NAMES, load_theme
from acq_app.views import VIEWS, ViewInfo
from acq_engine.events import Event


@pytest.mark.parametrize("info", VIEWS, ids=[info.id for info in VIEWS])
def test_a_view_lives_through_a_run_in_every_theme(info: ViewInfo, qtbot: QtBot, run_events: list[Event]) -> None:
    view = info.factory(None)
    qtbot.addWidget(view)
    view.resize(420, 300)
    view.show()
    assert view.title == info.page.title
    assert view.is_empty
    assert view.accessibleName()
    view.select_sample(3)
    for number, event in enumerate(run_events):
        view.apply(event)
        if number % 20 == 0:
            view.flush()
    for name in THEME_NAMES:
        view.set_theme(load_theme(name))
        view.flush()
        view.grab()
    view.select_sample(5)
    view.select_sample(10_000)
    view.reset()
    view.flush()
    view.grab()
    assert view.is_empty


@pytest.mark.parametrize("info", VIEWS, ids=[info.id for info in VIEWS])
def test_every_control_has_a_name_and_takes_the_keyboard(info: ViewInfo, qtbot: QtBot) -> None:
    view = info.factory(None)
    qtbot.addWidget(view)
    for control in view.findChildren(QAbstractButton) + view.findChildren(QComboBox):
        if control.parent() is not None and control.objectName().startswith("qt_"):
            continue
        if isinstance(control, QAbstractButton) and not control.text() and not control.accessibleName():
            assert not control.isVisibleTo(view), control  # parts of Qt's own controls
            continue
        name = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
        assert name, control
        assert control.toolTip() or name, control
    for slider in view.findChildren(QAbstractSlider):
        assert isinstance(slider, QScrollBar) or slider.accessibleName(), slider


def test_the_registry_loads_no_view_and_no_plot_library() -> None:
    code = ("import sys, acq_app.views; "
            "print([m for m in sys.modules if m.startswith(('pyqtgraph', 'torch', 'acq_app.views.'))])")
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout.strip() == "[]"


def test_views_import_no_torch() -> None:
    names = ",".join(f"acq_app.views.{info.id}" for info in VIEWS)
    code = f"import sys, {names}; print('torch' in sys.modules, 'onnx' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout.strip() == "False False"
