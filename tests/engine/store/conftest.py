"""What the tests of the run folder share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acq_engine.settings import RunConfig
from acq_engine.store import RunStore


@pytest.fixture
def store(tmp_path: Path) -> Any:
    with RunStore.create(tmp_path / "run", RunConfig()) as made:
        yield made
