"""Comparing and trying on a finished run: pictures, folders, test sets and samples, on a run that was opened."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from acq_app.features.compare.jobs import CompareJob, TryJob, exported_file, picture_files
from acq_app.settings.model_catalogue import IMAGE_SUFFIXES
from acq_app.shell.studio import Studio
from acq_engine.errors import DataError, StorageError
from acq_engine.settings import TestSetConfig
from acq_engine.test_sets.images import EXTENSIONS
from tests.tools.old_files import OLD
from tests.tools.windows import Make, drop, view_of

RUN = OLD / "finished"


def no_events(_: object) -> None:
    pass


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Three pictures, one of them broken, one of them deeper down, and a file that is none."""
    folder = tmp_path / "pictures"
    (folder / "deeper").mkdir(parents=True)
    rng = np.random.default_rng(1)
    for name in ("one.png", "deeper/two.jpg"):
        Image.fromarray(rng.integers(0, 256, (30, 20, 3), dtype=np.uint8)).save(folder / name)
    (folder / "broken.png").write_bytes(b"no picture")
    (folder / "notes.txt").write_text("none")
    (folder / ".hidden.png").write_bytes(b"x")
    return folder


def test_kinds_of_pictures_are_the_engines() -> None:
    assert IMAGE_SUFFIXES == EXTENSIONS


def test_a_folder_is_read_whole_and_what_is_broken_is_named(pictures: Path) -> None:
    assert [path.name for path in picture_files([pictures])] == ["broken.png", "one.png", "two.jpg"]
    found = CompareJob(RUN, "files", (pictures,)).run(no_events)
    assert found is not None
    assert found.names == ("one.png", "two.jpg") and found.unread == ("broken.png",) and found.in_all == 3
    assert found.labels is None and found.images.shape == (2, 12, 12, 3)
    assert found.errors.shape == (2, len(found.layers)) and found.quantized_maps is not None


def test_folders_of_classes_and_npz_files_bring_their_labels(pictures: Path) -> None:
    classes = pictures.parent / "classes"
    for number in range(10):
        (classes / str(number)).mkdir(parents=True)
        shutil.copy(pictures / "one.png", classes / str(number) / "a.png")
    found = CompareJob(RUN, "files", (classes,)).run(no_events)
    assert found is not None and found.labels is not None and sorted(found.labels.tolist()) == list(range(10))
    found = CompareJob(RUN, "files", (OLD / "test.npz",)).run(no_events)
    assert found is not None and found.labels is not None and len(found) == 40


def test_test_images_and_samples_of_the_run(tmp_path: Path) -> None:
    cache: dict = {}
    found = CompareJob(RUN, "test", (), TestSetConfig(path=OLD / "test.npz", limit=7), cache).run(no_events)
    assert found is not None and len(found) == 7 and found.source == "test"
    networks = cache[RUN][1]
    found = CompareJob(RUN, "samples", (), None, cache).run(no_events)
    assert found is not None and found.labels is not None and found.source == "samples" and len(found) > 0
    assert cache[RUN][1] is networks, "they were not built again"


def test_a_cell_of_the_confusion_matrix_brings_the_images_it_was_measured_on(
    opened: Studio, qtbot: QtBot, tmp_path: Path,
) -> None:
    with np.load(OLD / "test.npz") as data:
        labels = data["labels"]
    opened.run_settings.set_value("test_set.path", str(tmp_path / "others.npz"))
    truth = int(labels[5])
    opened.session.run_dir and opened.features.measuring._sets.update(
        {opened.session.run_dir: TestSetConfig(path=OLD / "test.npz")})
    view_of(opened, "results").imagesRequested.emit(truth, 3)
    view = view_of(opened, "compare")
    qtbot.waitUntil(lambda: view.shown is not None, timeout=60_000)
    assert opened.window.current_page == "compare"
    assert view.shown.cell == (truth, 3) and set(view.shown.labels.tolist()) == {truth}
    assert view.shown.names == tuple(f"{place + 1}" for place in np.flatnonzero(labels == truth))
    assert view.prediction_box.currentData() == 3


def test_what_can_not_be_compared_says_why(pictures: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no images to compare"):
        CompareJob(RUN, "files", (pictures / "notes.txt",)).run(no_events)
    with pytest.raises(DataError, match="None of the images"):
        CompareJob(RUN, "files", (pictures / "broken.png",)).run(no_events)
    with pytest.raises(DataError, match="no test images"):
        CompareJob(RUN, "test", (), TestSetConfig(use_sample=False)).run(no_events)
    with pytest.raises(StorageError):
        CompareJob(OLD / "stopped", "samples").run(no_events)
    (tmp_path / "bad.npz").write_bytes(b"x")
    with pytest.raises(DataError):
        CompareJob(RUN, "files", (tmp_path / "bad.npz",)).run(no_events)
    job = CompareJob(RUN, "samples")
    job.cancel()
    assert job.run(no_events) is None


def test_the_exported_file_answers_as_the_network(pictures: Path) -> None:
    file = exported_file(RUN)
    assert file is not None and file.name == "model.onnx"
    cache: dict = {}
    answer = TryJob(RUN, pictures / "one.png", file, cache).run(no_events)
    compared = CompareJob(RUN, "files", (pictures / "one.png",)).run(no_events)
    assert compared is not None
    assert answer.classes[0][1] == compared.quantized_classes[0, 0]
    assert answer.classes[0][2] == pytest.approx(float(compared.quantized_shares[0, 0]), abs=1e-3)
    assert answer.file == "model.onnx" and "ONNX Runtime" in answer.runtime and answer.pixels.shape == (12, 12, 3)
    opened = cache[file][2]
    TryJob(RUN, pictures / "one.png", file, cache).run(no_events)
    assert cache[file][2] is opened, "the file is opened once"
    with pytest.raises(DataError, match="can't be read"):
        TryJob(RUN, pictures / "broken.png", file, cache).run(no_events)


def test_of_exported_files_the_one_that_can_answer_is_taken(tmp_path: Path) -> None:
    assert exported_file(tmp_path) is None
    (tmp_path / "model.pt2").write_bytes(b"x")
    assert exported_file(tmp_path) is None, "such a file can run code"
    (tmp_path / "model.acq.safetensors").write_bytes(b"x")
    assert exported_file(tmp_path) == tmp_path / "model.acq.safetensors"
    (tmp_path / "mine.onnx").write_bytes(b"x")
    assert exported_file(tmp_path, Path("mine.onnx")) == tmp_path / "mine.onnx"
    assert exported_file(tmp_path, tmp_path / "gone.onnx") == tmp_path / "model.acq.safetensors"


@pytest.fixture
def opened(make: Make, qtbot: QtBot, tmp_path: Path) -> Studio:
    """The window with an older run that was read back."""
    run = shutil.copytree(RUN, tmp_path / "run")
    studio = make()
    with qtbot.waitSignal(studio.session.opened, timeout=30_000):
        studio.session.open(run)
    qtbot.waitUntil(lambda: not studio.session.active, timeout=30_000)
    return studio


def test_a_run_from_the_history_is_compared(opened: Studio, qtbot: QtBot, pictures: Path) -> None:
    view = view_of(opened, "compare")
    view.filesDropped.emit([pictures])
    assert opened.window.current_page == "compare" and view.progress.isVisible()
    qtbot.waitUntil(lambda: view.shown is not None, timeout=60_000)
    assert view.shown.names == ("one.png", "two.jpg") and not view.progress.isVisible()
    drop(opened, pictures / "one.png", pictures / "deeper" / "two.jpg")
    drop(opened, pictures / "deeper" / "two.jpg", pictures / "one.png")  # meanwhile: only the last one counts
    qtbot.waitUntil(lambda: not opened.context.background.busy, timeout=60_000)
    assert view.shown.names == ("two.jpg", "one.png")
    (pictures / "deeper" / "two.jpg").write_bytes(b"")
    before = view.shown
    drop(opened, pictures / "broken.png", pictures / "deeper" / "two.jpg")
    qtbot.waitUntil(lambda: bool(opened.messages.open_errors), timeout=60_000)
    assert view.shown is before, "what was found before stays on the screen"


def test_one_image_dropped_on_the_window_is_tried(opened: Studio, qtbot: QtBot, pictures: Path) -> None:
    drop(opened, pictures / "one.png")
    compare = opened.features.compare
    dialog = compare.try_dialog
    assert dialog is not None and dialog.isVisible()
    qtbot.waitUntil(lambda: bool(dialog.bars.rows), timeout=60_000)
    assert "Predicted by model.onnx in ONNX Runtime" in dialog.source.text()
    dialog.pictureGiven.emit(pictures / "broken.png")
    qtbot.waitUntil(lambda: "can't be read" in dialog.source.text(), timeout=60_000)
    assert not dialog.bars.rows and dialog.picture.image is None, "no older answer stands beside it"
    dialog.close()
    qtbot.waitUntil(lambda: compare.try_dialog is None, timeout=5000)


def test_before_a_run_images_are_refused_in_words(make: Make, pictures: Path) -> None:
    studio = make()
    drop(studio, pictures / "one.png")
    assert "once a run has finished" in studio.window.banner.text.text()
    assert studio.features.compare.try_dialog is None and not studio.context.background.does(TryJob)
