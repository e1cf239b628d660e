"""The real models beside the checkout: recognised without help, and as accurate as their README says."""

from __future__ import annotations

from pathlib import Path

import pytest

from acq_engine.evaluation.accuracy import evaluate
from acq_engine.models import load_model
from acq_engine.models.inspect import inspect_model
from acq_engine.settings import ModelConfig, TestSetConfig
from acq_engine.test_sets.loading import load_test_set

pytestmark = pytest.mark.real


def test_cifar_resnet20_is_as_accurate_as_published(shared_data: Path) -> None:
    loaded = load_model(ModelConfig(source="checkpoint", path=shared_data / "cifar10" / "resnet20.safetensors"))
    assert (loaded.arch, loaded.num_classes, loaded.input_shape) == ("cifar_resnet20", 10, (3, 32, 32))
    test_set = load_test_set(TestSetConfig(path=shared_data / "cifar10" / "test_0000_4999.npz"), loaded)
    assert test_set is not None and len(test_set) == 5000
    found = evaluate(loaded.module, test_set, loaded)
    assert found.top1 == pytest.approx(92.20, abs=0.021)  # one picture: other processors round otherwise
    assert found.top5 == pytest.approx(99.84, abs=0.021)
    inspection = inspect_model(loaded)
    assert (inspection.parameters, inspection.batch_norms, inspection.quantizable) == (272_474, 21, 22)


@pytest.mark.slow
def test_efficientnet_lite0_sees_what_it_should(shared_data: Path) -> None:
    weights = shared_data / "imagenet" / "efficientnet_lite0.safetensors"
    loaded = load_model(ModelConfig(source="checkpoint", path=weights))
    assert (loaded.arch, loaded.num_classes, loaded.input_shape) == ("efficientnet_lite0", 1000, (3, 224, 224))
    assert loaded.mean == pytest.approx((127 / 255,) * 3) and loaded.std == pytest.approx((128 / 255,) * 3)
    summary = loaded.summary()
    assert (summary.parameters, summary.bn_layers) == (4_652_008, 49)
    test_set = load_test_set(TestSetConfig(path=shared_data / "imagenet" / "val", limit=100), loaded)
    assert test_set is not None and test_set.images.shape == (100, 224, 224, 3)
    found = evaluate(loaded.module, test_set, loaded)
    assert found.top1 > 72  # all 650: 83.38; with the wrong preprocessing: 76
    assert test_set.skipped == 0


@pytest.mark.slow
@pytest.mark.parametrize(("name", "least"), [("ccby", 80), ("val_labels.csv", 72)])
def test_pictures_with_a_table_of_labels(shared_data: Path, name: str, least: float) -> None:
    """A folder whose table lies beside it, and the table itself. Of all pictures: 87.72 and 83.38 %."""
    loaded = load_model(ModelConfig(source="checkpoint", path=shared_data / "imagenet/efficientnet_lite0.safetensors"))
    test_set = load_test_set(TestSetConfig(path=shared_data / "imagenet" / name, limit=60), loaded)
    assert test_set is not None and (len(test_set), test_set.skipped) == (60, 0)
    found = evaluate(loaded.module, test_set, loaded)
    assert found.top1 > least and found.top5 is not None and found.top5 >= found.top1
