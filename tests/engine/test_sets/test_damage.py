"""Damaged test sets: what is left to read, or an error of ours."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from acq_engine.errors import DataError
from acq_engine.models import load_model
from acq_engine.models.loaded import LoadedModel
from acq_engine.settings import ModelConfig, TestSetConfig
from acq_engine.test_sets.loading import load_test_set
from tests.engine.store.damage import damaged

SET = Path(__file__).parents[2] / "data/version-0.1/test.npz"


@pytest.fixture(scope="module")
def loaded() -> LoadedModel:
    return load_model(ModelConfig(input_size=12))


def test_a_damaged_npz_file_is_a_data_error(loaded: LoadedModel, tmp_path: Path) -> None:
    whole = SET.read_bytes()
    path = tmp_path / "set.npz"
    assert load_test_set(TestSetConfig(path=SET), loaded) is not None
    for seed in range(300):
        path.write_bytes(damaged(whole, seed))
        with suppress(DataError):
            load_test_set(TestSetConfig(path=path), loaded)


def test_a_damaged_table_of_labels_is_a_data_error(loaded: LoadedModel, tmp_path: Path) -> None:
    for number in range(10):
        Image.new("L", (12, 12), number).save(tmp_path / f"{number}.png")
    table = tmp_path / "labels.csv"
    whole = "".join(["file,label\n", *(f"{number}.png,{number}\n" for number in range(10))]).encode()
    for seed in range(300):
        table.write_bytes(damaged(whole, seed))
        with suppress(DataError):
            load_test_set(TestSetConfig(path=tmp_path), loaded)


def test_a_file_name_with_nul_is_told(loaded: LoadedModel, tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_bytes(b"file,label\na\0.png,1\n")
    with pytest.raises(DataError, match="table of labels is damaged"):
        load_test_set(TestSetConfig(path=tmp_path), loaded)
