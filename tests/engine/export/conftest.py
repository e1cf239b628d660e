"""The sample and one student of it for all export tests: calibration is made once."""

from __future__ import annotations

from pathlib import Path

import pytest
from torch import Tensor

from acq_engine.models import LoadedModel, load_model, save_teacher
from acq_engine.quantization import QuantizedModel
from acq_engine.settings import ModelConfig, RunConfig, TestSetConfig
from acq_engine.store import RunStore
from acq_engine.test_sets.loading import load_test_set
from tests.engine.export.students import calibrated


@pytest.fixture(scope="session")
def sample() -> LoadedModel:
    return load_model(ModelConfig())


@pytest.fixture(scope="session")
def images(sample: LoadedModel) -> Tensor:
    """200 test images, normalised."""
    test_set = load_test_set(TestSetConfig(), sample)
    assert test_set is not None
    return sample.to_model_input(test_set.images[:200])


@pytest.fixture(scope="session")
def student(sample: LoadedModel, images: Tensor) -> QuantizedModel:
    """W4A4, convention B. Tests must leave it as it is."""
    return calibrated(sample.module, images[:96])


@pytest.fixture(scope="session")
def run_folder(sample: LoadedModel, student: QuantizedModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder with the student, as a finished run leaves it; tests write elsewhere."""
    folder = tmp_path_factory.mktemp("run") / "R"
    with RunStore.create(folder, RunConfig(test_set=TestSetConfig(limit=100))) as store:
        save_teacher(sample, store.path)
        store.save_student(student.state_dict())
    return folder
