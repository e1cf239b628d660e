"""The meter of processor, memory and card."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from acq_app.widgets.meter import Meter


def test_the_meter_measures_while_it_is_seen(qtbot: QtBot) -> None:
    meter = Meter()
    qtbot.addWidget(meter)
    meter.show()
    assert ("CPU" in meter.label.text() and "MB" in meter.label.text()) or "GB" in meter.label.text()
    assert meter.card.isHidden(), "no run computes on a graphics card"
    meter.hide()
    assert not meter._timer.isActive()


@pytest.mark.parametrize(("utilization", "text"), [(35, "GPU 35 %   6.5 GB"), (None, "GPU 6.5 GB")])
def test_the_meter_shows_the_card_that_a_run_uses(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, utilization: int | None, text: str,
) -> None:
    def share() -> int:
        if utilization is None:
            raise ModuleNotFoundError("pynvml")
        return utilization

    cuda = SimpleNamespace(is_initialized=lambda: True, utilization=share,
                           mem_get_info=lambda: (1_500_000_000, 8_000_000_000))
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(cuda=cuda))
    meter = Meter()
    qtbot.addWidget(meter)
    meter.show()
    assert meter.card.text() == text and meter.card.isVisible() and meter.accessibleName().startswith(text)
    monkeypatch.undo()
    meter.hide()
