"""Exporting and verifying from a run folder: all formats, the files beside them, and what can go wrong."""

from __future__ import annotations

import errno
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

from acq_engine.errors import ConsentNeededError, ExportError, StorageError, VerificationError
from acq_engine.events import Verified
from acq_engine.export import FORMATS
from acq_engine.export.from_run import export_all, export_run
from acq_engine.export.info import ExportOptions, facts
from acq_engine.export.metadata import preprocessing
from acq_engine.export.verify.of_run import verify_all, verify_run
from acq_engine.models import LoadedModel
from acq_engine.quantization import QuantizedModel
from acq_engine.settings import TestSetConfig
from acq_engine.store import RunStore
from acq_engine.test_sets.images import read_image
from acq_engine.test_sets.loading import load_test_set
from tests.engine.cli.made_up import acq
from tests.engine.export.students import size_of

# The run's grid has zero points, which TensorRT refuses: test_tensorrt.py has one without.
AVAILABLE = [entry for entry in FORMATS.values() if entry.is_available and entry.name != "tensorrt"]


@pytest.fixture(scope="module")
def exported(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the run with all formats in it."""
    folder = tmp_path_factory.mktemp("all") / "R"
    shutil.copytree(run_folder, folder)
    export_all(folder)
    return folder


def test_all_formats_lie_beside_each_other_and_each_is_proven(exported: Path) -> None:
    for entry in AVAILABLE:
        assert (exported / entry.file_name).is_file()
    seen: list[Any] = []
    results = verify_all(exported, trust=True, on_event=seen.append)
    assert results == seen and len(results) == len(AVAILABLE)
    for result in results:
        near = result.path.endswith(".xml")  # OpenVINO rounds in other places
        assert result.passed and result.images == 100 and result.on == "test" and result.top1_images == 100
        assert result.bytes == size_of(Path(result.path))
        assert near or (result.exact_rows == 100.0 and result.top1 == results[0].top1 is not None)
    for result in results[:2]:
        assert None not in (result.latency_ms, result.float_latency_ms, result.latency_16_ms,
                            result.float_latency_16_ms, result.float_file_bytes)
        assert result.threads == 1 and result.operators["QLinearConv"] == result.integer_convolutions > 0


def test_a_program_that_can_run_code_is_only_loaded_with_consent(exported: Path) -> None:
    with pytest.raises(ConsentNeededError) as caught:
        verify_run(exported, exported / "model.pt2")
    assert "--trust" in caught.value.hint
    assert verify_run(exported, exported / "model.pt2", trust=True).exact_rows == 100.0
    seen: list[Any] = []
    assert len(verify_all(exported, on_event=seen.append)) == len(AVAILABLE) - 1
    assert "model.pt2 was not checked" in seen[-1].text, "whoever asks for all is told what is left out"


@pytest.mark.parametrize("name", ["model.acq.safetensors", "model.pt2"])
def test_a_file_of_another_model_does_not_pass(
    exported: Path, sample: LoadedModel, tmp_path: Path, name: str
) -> None:
    from tests.engine.export.students import calibrated

    other = calibrated(sample.module, torch.randn(64, 1, 32, 32))
    entry = next(entry for entry in FORMATS.values() if entry.file_name == name)
    entry.export(other, sample, tmp_path / name)
    result = verify_run(exported, tmp_path / name, trust=True)
    assert not result.passed and result.exact_rows < 100 and result.detail
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:500])
    with pytest.raises(VerificationError):
        verify_run(exported, tmp_path / name, trust=True)


@pytest.mark.parametrize(("name", "pixels"), [("onnx", False), ("onnx", True), ("tflite", False)])
def test_the_readme_and_the_program_beside_a_file_classify_a_picture(
    run_folder: Path, student: QuantizedModel, sample: LoadedModel, tmp_path: Path, name: str, pixels: bool
) -> None:
    if not FORMATS[name].is_available:
        pytest.skip("LiteRT has no package for this system")
    export_run(run_folder, name, tmp_path / f"model.{name}", options=ExportOptions(with_preprocessing=pixels))
    test_set = load_test_set(TestSetConfig(), sample)
    assert test_set is not None
    plain = np.repeat(np.repeat(test_set.images[7, :, :, 0], 3, 0), 2, 1)  # 64 x 96: resized and cropped
    Image.fromarray(plain).convert("RGB").save(tmp_path / "picture.png")
    commands = re.findall(r"```\n(.*?)```", (tmp_path / "README.md").read_text(encoding="utf-8"), re.DOTALL)[0]
    install, classify = commands.strip().splitlines()
    assert install.startswith("pip install") and "torch" not in install
    arguments = shlex.split(classify.replace("IMAGE", "picture.png"))
    assert arguments[0] == "python"
    done = subprocess.run([sys.executable, *arguments[1:]], cwd=tmp_path, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    x = sample.to_model_input(read_image(tmp_path / "picture.png", sample)[None].copy())
    with torch.no_grad():
        logits = student(x)[0]
    expected = sample.class_names[int(logits.argmax())]
    assert done.stdout.splitlines()[1] == f"  {expected}: {100 * float(logits.softmax(0).max()):.1f} %"


def test_the_program_needs_nothing_but_runtime_numpy_and_pillow() -> None:
    from acq_engine.export import deploy

    text = (Path(deploy.__file__).parent / "predict.py").read_text(encoding="utf-8")
    imported = set(re.findall(r"^(?:import|from) (\w+)", text, re.MULTILINE)) - set(sys.stdlib_module_names)
    assert imported == {"numpy", "PIL"}
    later = set(re.findall(r"^ +(?:import|from) (\w+)", text, re.MULTILINE))
    assert later == {"onnxruntime", "ai_edge_litert", "openvino"}, "each for its own kind of file"


def test_the_program_says_which_picture_it_can_not_read_and_goes_on(run_folder: Path, tmp_path: Path) -> None:
    export_run(run_folder, "onnx", tmp_path / "my model.onnx")
    assert "--model 'my model.onnx'" in (tmp_path / "README.md").read_text(encoding="utf-8")
    ramp = np.linspace(0, 255, 32 * 32).reshape(32, 32)
    Image.fromarray(ramp.round().astype(np.uint8)).save(tmp_path / "eight.png")
    Image.fromarray((257 * ramp.round()).astype(np.uint16)).save(tmp_path / "sixteen.png")
    (tmp_path / "broken.png").write_bytes(b"no picture")
    done = subprocess.run([sys.executable, "predict.py", "broken.png", "eight.png", "sixteen.png", "missing.png"],
                          cwd=tmp_path, capture_output=True, text=True, timeout=100)
    assert done.returncode == 1
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["broken.png", "missing.png"]
    lines = done.stdout.splitlines()
    assert lines[0] == "eight.png" and lines[4] == "sixteen.png" and lines[1:4] == lines[5:8]


def test_an_export_never_takes_the_place_of_what_it_is_made_from(run_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(run_folder, tmp_path / "R")
    before = {path: path.read_bytes() for path in (tmp_path / "R").iterdir() if path.is_file()}
    for format, name in (("acq", "student.safetensors"), ("acq", "teacher.safetensors")):  # noqa: A001
        with pytest.raises(StorageError, match="overwrite its own source"):
            export_run(tmp_path / "R", format, tmp_path / "R" / name)
    export_run(tmp_path / "R", "acq", tmp_path / "only.acq.safetensors")
    with pytest.raises(StorageError):
        export_run(tmp_path / "only.acq.safetensors", "onnx", tmp_path / "only.acq.safetensors")
    assert all(path.read_bytes() == content for path, content in before.items())


def test_files_are_called_so_that_they_are_recognised_later(run_folder: Path, tmp_path: Path) -> None:
    done = export_run(run_folder, "acq", tmp_path / "mine")
    assert Path(done.path) == tmp_path / "mine.acq.safetensors"
    with pytest.raises(StorageError, match=r"has to end in \.pt2") as caught:
        export_run(run_folder, "pt2", tmp_path / "mine.bin")
    assert "mine.pt2" in caught.value.hint


def test_models_of_other_than_pictures_get_no_program_for_pictures(tmp_path: Path) -> None:
    from acq_engine.export.deploy import write_deploy_files
    from acq_engine.export.onnx.exporting import export_onnx
    from tests.engine.export.students import calibrated

    net = nn.Sequential(nn.Conv2d(4, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
                        nn.Linear(8, 4)).eval()
    loaded = LoadedModel(net, "four", "four", 4, (4, 16, 16), (0.5,) * 4, (0.5,) * 4, sha256="0" * 64)
    student = calibrated(net, torch.randn(64, 4, 16, 16))
    info = export_onnx(student, loaded, tmp_path / "model.onnx")
    write_deploy_files(tmp_path, [info], student, facts(loaded))
    assert not (tmp_path / "predict.py").exists()
    assert "predict.py" not in (tmp_path / "README.md").read_text(encoding="utf-8")
    assert preprocessing(facts(loaded))["channels"] == "4 channels"


def test_all_formats_without_the_files_beside(run_folder: Path, tmp_path: Path) -> None:
    export_all(run_folder, tmp_path, beside=False)
    weights = {"model.bin"} if FORMATS["openvino"].is_available else set()
    assert {path.name for path in tmp_path.iterdir()} == {entry.file_name for entry in AVAILABLE} | weights


def test_where_only_a_program_lies_consent_is_asked_for(run_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(run_folder, tmp_path / "R")
    for entry in FORMATS.values():
        (tmp_path / "R" / entry.file_name).unlink(missing_ok=True)
    export_run(tmp_path / "R", "pt2")
    with pytest.raises(ConsentNeededError):
        verify_all(tmp_path / "R")


def test_files_beside_an_export_that_are_not_ours_stay(run_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# My project\n")
    export_run(run_folder, "onnx", tmp_path / "model.onnx")
    assert (tmp_path / "README.md").read_text() == "# My project\n" and (tmp_path / "predict.py").is_file()
    (tmp_path / "bare").mkdir()
    export_run(run_folder, "onnx", tmp_path / "bare" / "model.onnx", beside=False)
    assert [entry.name for entry in (tmp_path / "bare").iterdir()] == ["model.onnx"]


def test_an_acq_file_exports_without_its_run(exported: Path, tmp_path: Path) -> None:
    shutil.copy(exported / "model.acq.safetensors", tmp_path)
    done = export_run(tmp_path / "model.acq.safetensors", "onnx-int4")
    assert Path(done.path) == tmp_path / "model.int4.onnx"
    assert verify_run(exported, done.path).exact_rows == 100.0


def disk_full(*_: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("name", [entry.name for entry in AVAILABLE])
def test_a_full_disk_leaves_the_old_file_whole(
    run_folder: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / FORMATS[name].file_name
    path.write_bytes(b"the old file")
    monkeypatch.setattr("os.fsync", disk_full)
    with pytest.raises(StorageError) as caught:
        export_run(run_folder, name, path)
    assert "disk is full" in caught.value.cause and str(path) in caught.value.cause and caught.value.hint
    assert path.read_bytes() == b"the old file" and list(tmp_path.iterdir()) == [path]


def occupied(folder: Path) -> Path:
    (folder / "model.onnx").mkdir()
    return folder / "model.onnx"


def below_a_file(folder: Path) -> Path:
    (folder / "file").write_text("a file")
    return folder / "file" / "model.onnx"


@pytest.mark.parametrize("place", [occupied, below_a_file, lambda folder: folder / "nowhere" / "model.onnx"])
def test_targets_that_can_not_be_written(run_folder: Path, tmp_path: Path, place: Callable[[Path], Path]) -> None:
    path = place(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(StorageError) as caught:
        export_run(run_folder, "onnx", path)
    assert path.name in caught.value.cause and caught.value.hint
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission(run_folder: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StorageError, match="could not be written"):
            export_run(run_folder, "onnx", tmp_path / "model.onnx")
    finally:
        tmp_path.chmod(0o700)


def test_a_refused_permission_is_said(run_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    (tmp_path / "model.onnx").write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", refuse)  # as where another program holds the file open
    with pytest.raises(StorageError) as caught:
        export_run(run_folder, "onnx", tmp_path / "model.onnx", beside=False)
    assert "permission" in caught.value.cause
    assert [entry.name for entry in tmp_path.iterdir()] == ["model.onnx"]
    assert (tmp_path / "model.onnx").read_bytes() == b"old"


def test_unknown_formats_and_opsets_are_said_before_anything_is_written(run_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        export_run(run_folder, "gguf", tmp_path / "model")
    assert all(name in caught.value.hint for name in FORMATS)
    with pytest.raises(ExportError, match="opset 99"):
        export_all(run_folder, tmp_path / "all", options=ExportOptions(opset=99))
    assert not list(tmp_path.glob("**/*.onnx"))
    (tmp_path / "file").write_text("a file")
    with pytest.raises(StorageError):
        export_all(run_folder, tmp_path / "file")


@pytest.mark.parametrize("passes", [True, False])
def test_an_export_of_a_run_whose_check_failed_is_checked_and_says_so(
    run_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passes: bool
) -> None:
    from acq_engine.export.verify import of_run

    folder = tmp_path / "R"
    shutil.copytree(run_folder, folder)
    with RunStore.open(folder, write=True) as store:
        store.write(Verified("model.onnx", False, 100, "test", 0.0, 50.0, 9, 0, detail="The outputs differ."))
    if not passes:
        real = of_run.verify_run
        monkeypatch.setattr(of_run, "verify_run", lambda *args, **kw: replace(
            real(*args, **kw), passed=False, detail="The outputs differ."))
    result = acq("export", folder, "--out", tmp_path / "copy.onnx")
    assert (tmp_path / "copy.onnx").is_file() and "failed its verification" in result.stdout
    assert result.exit_code == (0 if passes else 1), result.output
    assert ("failed: The outputs differ." in result.stdout) is not passes
    assert ("Do not use" in result.stdout) is not passes
