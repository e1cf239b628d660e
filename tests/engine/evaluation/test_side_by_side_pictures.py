"""Both networks on the same pictures: their answers are those of each alone, and errors grow where bits are few."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from acq_engine.errors import StorageError
from acq_engine.evaluation.side_by_side_pictures import BothNetworks
from acq_engine.export.from_run import load_student
from acq_engine.models import load_teacher
from acq_engine.store import RunStore
from acq_engine.test_sets.test_set import U8
from tests.tools.old_files import OLD

RUN = OLD / "finished"


@pytest.fixture(scope="module")
def both() -> BothNetworks:
    return BothNetworks.of_run(RUN)


@pytest.fixture(scope="module")
def images() -> U8:
    """(60, 12, 12, 1): more than a batch."""
    return np.random.default_rng(3).integers(0, 256, (60, 12, 12, 1), dtype=np.uint8)


def test_answers_are_those_of_each_network_alone(both: BothNetworks, images: U8) -> None:
    found = both.compare(images)
    student, loaded = load_student(RUN)
    x = loaded.to_model_input(images)
    with torch.no_grad():
        plain, quantized = loaded.module(x).softmax(1), student(x).softmax(1)
    assert found.float_classes.shape == found.quantized_shares.shape == (60, 5)
    assert (found.float_classes[:, 0] == plain.argmax(1).numpy()).all()
    assert (found.quantized_classes[:, 0] == quantized.argmax(1).numpy()).all()
    np.testing.assert_allclose(found.quantized_shares[:, 0], quantized.amax(1).numpy(), atol=1e-6)
    picked = plain.gather(1, torch.from_numpy(found.quantized_classes)).numpy()
    np.testing.assert_allclose(found.float_of_quantized, picked, atol=1e-6)
    expected = (plain * (plain.log() - quantized.log())).sum(1).numpy()
    np.testing.assert_allclose(found.divergence, expected, atol=1e-5)


def test_maps_and_errors_belong_to_the_layers(both: BothNetworks, images: U8) -> None:
    found = both.compare(images)
    student, _ = load_student(RUN)
    assert found.layers == tuple(layer.name for layer in student.layers())
    assert found.errors.shape == (60, len(found.layers))
    assert found.layer == "layer3" and found.quantized_maps is not None
    for maps in (found.float_maps, found.quantized_maps):
        np.testing.assert_allclose(maps.sum((1, 2)), 1, atol=1e-5)
    assert not np.allclose(found.float_maps, found.quantized_maps, atol=1e-6)
    # The last layer's output is the answer, so its error is known from the answers alone.
    loaded = load_teacher(RUN)
    x = loaded.to_model_input(images)
    with torch.no_grad():
        plain, quantized = loaded.module(x), student(x)
    error = ((quantized - plain).square().sum(1) / plain.square().sum(1)).numpy()
    np.testing.assert_allclose(found.errors[:, -1], error, rtol=0.05)


def test_a_network_that_was_not_rounded_differs_nowhere(images: U8) -> None:
    store = RunStore.open(RUN)
    both = BothNetworks(load_teacher(RUN), store.config.quantization, store.load_student_state())
    both.student.load_state_dict(both._plain.state_dict())
    both.student.set_mode("float")
    found = both.compare(images[:8])
    assert float(found.errors.max()) < 1e-9 and float(found.divergence.max()) < 1e-5
    assert found.quantized_maps is not None
    np.testing.assert_allclose(found.float_maps, found.quantized_maps, atol=1e-4)


def test_it_can_be_stopped_between_batches(both: BothNetworks, images: U8) -> None:
    told: list[tuple[int, int]] = []
    found = both.compare(images, progress=lambda done, total: told.append((done, total)), stop=lambda: True)
    assert told == [(both.batch_size(), 60)]
    assert len(found.divergence) == both.batch_size()


def test_a_place_that_is_folded_away_has_no_map_and_all_else() -> None:
    store = RunStore.open(RUN)
    both = BothNetworks(load_teacher(RUN), store.config.quantization, store.load_student_state(), "layer1.0.conv1")
    found = both.compare(np.zeros((2, 12, 12, 1), np.uint8))
    assert found.quantized_maps is None and found.float_maps.shape[0] == 2
    assert found.errors.shape[0] == 2


def test_a_run_without_a_quantized_model_is_refused() -> None:
    with pytest.raises(StorageError):
        BothNetworks.of_run(OLD / "stopped")
