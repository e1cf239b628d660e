"""A folder of the user's own images: what is read, what is refused, and what a run does with them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from acq_engine.errors import DataError
from acq_engine.events import Event, Finished, LogMessage
from acq_engine.models import LoadedModel, load_model
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.pipeline.session import TrainingSession
from acq_engine.settings import ModelConfig, RunConfig
from acq_engine.settings.pictures import PicturesConfig
from acq_engine.test_sets.pictures import load_pictures
from acq_engine.training.image_bank import HELD_OUT
from tests.tools.no_export import stand_in


@pytest.fixture(scope="module")
def loaded() -> LoadedModel:
    return load_model(ModelConfig())


def folder_of(where: Path, count: int) -> Path:
    """Images of several sizes and kinds, in two folders."""
    random = np.random.default_rng(3)
    for number in range(count):
        parent = where / ("a" if number % 2 else "b/c")
        parent.mkdir(parents=True, exist_ok=True)
        size = (20 + 7 * number, 64, 3)
        pixels = random.integers(0, 256, size, dtype=np.uint8)
        Image.fromarray(pixels).save(parent / f"{number}.{'png' if number % 3 else 'jpg'}")
    return where


def settings(folder: Path | None, **values: object) -> RunConfig:
    return RunConfig.from_data({
        "schedule": {"preset": "custom", "warmup_steps": 2, "finetune_steps": 2, "generator_batch": 8,
                     "student_batch": 8, "calibration_samples": 16, "canvas_share": 0.0},
        "quantization": {"rounding": "nearest"}, "test_set": {"limit": 20}, "device": "cpu", "threads": 1,
        "pictures": {"path": None if folder is None else str(folder)}, **values,
    })


def test_images_of_any_size_are_read_from_all_subfolders(tmp_path: Path, loaded: LoadedModel) -> None:
    folder = folder_of(tmp_path / "own", 9)
    (folder / "a/broken.png").write_bytes(b"no picture")
    (folder / "notes.txt").write_text("not an image")
    found = load_pictures(PicturesConfig(path=folder), loaded)
    assert found is not None
    assert found.images.shape == (9, 32, 32, 1)
    assert found.skipped == 1
    said = " ".join(found.sentences())
    assert "9 own images are used" in said
    assert "1 of the own images could not be read" in said
    assert "Fewer than 10" in said
    few = load_pictures(PicturesConfig(path=folder, limit=4), loaded)
    assert few is not None
    assert len(few) == 4
    assert load_pictures(PicturesConfig(), loaded) is None


@pytest.mark.parametrize("make", ["absent", "file", "empty", "damaged"])
def test_folders_without_images_are_refused_with_the_way_out(tmp_path: Path, loaded: LoadedModel, make: str) -> None:
    folder = tmp_path / "own"
    if make == "file":
        folder.write_bytes(b"")
    elif make != "absent":
        folder.mkdir()
    if make == "damaged":
        (folder / "one.jpg").write_bytes(b"\xff\xd8nothing")
    with pytest.raises(DataError) as caught:
        load_pictures(PicturesConfig(path=folder), loaded)
    assert caught.value.hint
    assert str(folder) in (caught.value.cause or "")


def test_calibration_sees_each_image_and_some_only_judge(loaded: LoadedModel) -> None:
    session = TrainingSession(settings(None), loaded, torch.device("cpu"))
    own = torch.rand(32, *loaded.input_shape)
    session.batches.pictures = own
    judging = {image.numpy().tobytes() for image in own[HELD_OUT - 1 :: HELD_OUT]}
    learning = {image.numpy().tobytes() for image in own} - judging
    calibrated = [image.numpy().tobytes() for part in session.batches.for_calibration() for image in part]
    assert learning <= set(calibrated[:28]), "the user's own come first"
    assert len(calibrated) == 28 + 16, "beside the samples"
    drawn = {image.numpy().tobytes() for _ in range(20) for image in session.batches.next()[0]}
    assert drawn & learning
    assert drawn - learning, "samples too"
    assert not (drawn | set(calibrated)) & judging
    held = {image.numpy().tobytes() for image in session.batches.held_out()}
    assert judging <= held


def run(config: RunConfig, folder: Path) -> list[Event]:
    """All that a run says; its export is not in question."""
    with stand_in():
        return list(QuantizationRun.create(config, folder).events())


def test_a_run_says_how_many_were_used_and_warns_of_its_test_images(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "own", 12)
    tested = tmp_path / "own" / "tested"
    for name in range(10):
        (tested / str(name)).mkdir(parents=True)
        Image.fromarray(np.full((28, 28), 20 * name, np.uint8)).save(tested / str(name) / "one.png")
    config = settings(folder, test_set={"path": str(tested)})
    events: list[Event] = run(config, tmp_path / "run")
    assert isinstance(events[-1], Finished)
    assert events[-1].pictures == 22
    said = " ".join(event.text for event in events if isinstance(event, LogMessage))
    assert "22 own images are used next to the synthetic samples" in said
    assert "folder of the test images" in said
    plain = run(settings(None), tmp_path / "plain")
    assert isinstance(plain[-1], Finished)
    assert plain[-1].pictures == 0
    assert not [event for event in plain if isinstance(event, LogMessage) and "own images" in event.text]
