"""Every file that is written says its format, and one of a newer version is refused in a sentence that says so."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import onnx
import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

import acq_engine
from acq_engine.errors import AcqError
from acq_engine.models import load_teacher
from acq_engine.models.graph import Structure, read_structure
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.settings.reading import read_settings
from acq_engine.store import RunStore
from acq_engine.sweep.folder import SweepFolder
from tests.tools.old_files import OLD


def newer_json(path: Path, *keys: str) -> None:
    """Raise the version that stands under these keys."""
    data = json.loads(path.read_text("utf-8"))
    part = data
    for key in keys[:-1]:
        part = part[key]
    assert type(part[keys[-1]]) is int, "the file says its format"
    part[keys[-1]] += 100  # the newest that is known is above what is stored
    path.write_text(json.dumps(data), "utf-8")


def newer_checkpoint(folder: Path) -> None:
    for path in folder.glob("checkpoints/*.pt"):
        data = torch.load(path, weights_only=True)
        torch.save(data | {"format": data["format"] + 1}, path)


def newer_acq(path: Path) -> None:
    with safe_open(path, "pt") as file:
        document = json.loads(file.metadata()["acq"])
    # Its first version says nothing: what is as usual is left out.
    document["schema_version"] = document.get("schema_version", 1) + 1
    save_file(load_file(path), path, {"acq": json.dumps(document)})


def refused(read: Callable[[], Any]) -> str:
    with pytest.raises(AcqError) as caught:
        read()
    return caught.value.message


@pytest.mark.parametrize(("name", "keys", "read"), [
    ("finished/run.json", ("schema",), lambda folder: RunStore.open(folder / "finished")),
    ("finished/run.json", ("settings", "schema_version"), lambda folder: RunStore.open(folder / "finished")),
    ("finished/teacher.json", ("schema_version",), lambda folder: load_teacher(folder / "finished")),
    ("settings.json", ("schema_version",), lambda folder: read_settings(folder / "settings.json")),
    ("sweep/sweep.json", ("schema",), lambda folder: SweepFolder.open(folder / "sweep")),
])
def test_a_newer_file_is_refused(tmp_path: Path, name: str, keys: tuple[str, ...],
                                 read: Callable[[Path], Any]) -> None:
    folder = shutil.copytree(OLD, tmp_path / "old")
    read(folder)
    newer_json(folder / name, *keys)
    assert "newer version of ACQ Studio" in refused(lambda: read(folder))


def test_a_newer_checkpoint_is_no_damaged_one(tmp_path: Path) -> None:
    """To go on from an older one, or from the beginning, would be the end of what the newer program did."""
    folder = shutil.copytree(OLD / "stopped", tmp_path / "run")
    before = sorted(path.name for path in folder.glob("checkpoints/*"))
    newer_checkpoint(folder)
    assert refused(lambda: QuantizationRun.resume(RunStore.open(folder))) == \
        "The checkpoint was written by a newer version of ACQ Studio."
    assert sorted(path.name for path in folder.glob("checkpoints/*")) == before
    assert not (folder / "run.lock").exists()


def test_a_newer_acq_file_is_refused(tmp_path: Path) -> None:
    path = Path(shutil.copy(OLD / "model.acq.safetensors", tmp_path))
    acq_engine.load_quantized(path)
    newer_acq(path)
    assert "newer version" in refused(lambda: acq_engine.load_quantized(path))


def test_a_newer_structure_is_refused() -> None:
    text = Structure(steps=[], output="x").model_dump_json()
    read_structure(text)
    assert "newer version" in refused(lambda: read_structure(text.replace('"schema_version":1', '"schema_version":2')))


@pytest.mark.parametrize("version", ["1", None, 1.5, [], True, -1])
def test_a_version_that_is_none_is_damage(tmp_path: Path, version: object) -> None:
    folder = shutil.copytree(OLD / "finished", tmp_path / "run")
    data = json.loads((folder / "run.json").read_text("utf-8"))
    (folder / "run.json").write_text(json.dumps(data | {"schema": version}), "utf-8")
    if version == -1:
        RunStore.open(folder)
    else:
        assert "damaged" in refused(lambda: RunStore.open(folder))


def test_exported_files_say_the_format_of_their_notes() -> None:
    from acq_engine.export.from_run import load_student
    from acq_engine.export.info import facts
    from acq_engine.export.metadata import describe

    student, loaded = load_student(OLD / "finished")
    assert describe(student, facts(loaded))["schema_version"] == "1"
    old = {entry.key for entry in onnx.load(str(OLD / "finished/model.onnx")).metadata_props}
    assert "tool" in old and "schema_version" not in old, "the first ones say none"
