"""What the tests of the command line share."""

from __future__ import annotations

import sys
import types

import pytest

from tests.engine.cli.made_up import MadeUpRun


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> type[MadeUpRun]:
    module = types.ModuleType("acq_engine.pipeline.run")
    module.QuantizationRun = MadeUpRun  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "acq_engine.pipeline.run", module)
    for name, value in (("verified", True), ("failure", None), ("interrupt_at", None)):
        monkeypatch.setattr(MadeUpRun, name, value)
    return MadeUpRun
