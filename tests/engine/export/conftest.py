"""The sample and one student of it for all export tests: calibration is made once."""

from __future__ import annotations

import pytest
from torch import Tensor

from acq_engine.config import ModelConfig, TestSetConfig
from acq_engine.data import load_test_set
from acq_engine.models import LoadedModel, load_model
from acq_engine.quantization import QuantizedModel
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
