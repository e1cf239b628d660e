"""What a run takes over from its test images: the names of the classes, where the model has none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from acq_engine.models.loaded import LoadedModel
from acq_engine.pipeline import preparation
from acq_engine.pipeline.preparation import prepare
from acq_engine.settings import RunConfig, TestSetConfig
from acq_engine.test_sets.test_set import TestSet
from tests.engine.nets import TinyNet


@pytest.mark.parametrize("own", [(), tuple(f"own {number}" for number in range(4))])
def test_class_names_come_with_the_test_images(
    own: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded = LoadedModel(TinyNet(), "net", "net", 4, (1, 16, 16), (0.5,), (0.5,), own)
    names = tuple(f"bird {number}" for number in range(4))
    found = TestSet(np.zeros((2, 16, 16, 1), np.uint8), np.zeros(2, np.int64), names)
    monkeypatch.setattr(preparation, "load_model", lambda *_, **__: loaded)
    monkeypatch.setattr(preparation, "load_test_set", lambda *_, **__: found)
    config = RunConfig(test_set=TestSetConfig(path=tmp_path / "a.npz"))
    assert prepare(config, progress=None, stop=lambda: False).loaded.class_names == (own or names)
