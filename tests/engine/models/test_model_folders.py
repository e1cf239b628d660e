"""Folders with config.json and weights, as the hubs have them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from safetensors.torch import save_file

from acq_engine.errors import ModelFileError
from acq_engine.models import builtin, load_model
from acq_engine.settings import ModelConfig


def write(folder: Path, config: object, name: str = "model.safetensors") -> ModelConfig:
    folder.mkdir(exist_ok=True)
    save_file({key: value.clone() for key, value in builtin.load_sample_weights().items()}, folder / name)
    (folder / "config.json").write_text(config if isinstance(config, str) else json.dumps(config), encoding="utf-8")
    return ModelConfig(source="checkpoint", path=folder)


def test_architecture_names_and_preprocessing_are_taken(tmp_path: Path) -> None:
    names = [f"thing {number}" for number in range(10)]
    loaded = load_model(write(tmp_path / "net", {
        "architecture": builtin.ARCHITECTURE, "num_classes": 10, "label_names": names,
        "pretrained_cfg": {"mean": [0.3], "std": [0.4], "input_size": [1, 32, 32]},
    }))
    assert (loaded.arch, loaded.class_names, loaded.mean, loaded.std) == (
        builtin.ARCHITECTURE, tuple(names), (0.3,), (0.4,))
    assert loaded.input_shape == (1, 32, 32)
    assert any("model.safetensors" in note for note in loaded.notes)


def test_labels_of_hugging_face_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    loaded = load_model(write(tmp_path / "net", {"id2label": {str(n): f"c{n}" for n in reversed(range(10))}}))
    assert loaded.class_names == tuple(f"c{n}" for n in range(10))


def test_an_unknown_architecture_is_recognised_by_its_weights(tmp_path: Path) -> None:
    loaded = load_model(write(tmp_path / "net", {"architecture": "my_net"}, "weights.safetensors"))
    assert loaded.arch == builtin.ARCHITECTURE
    assert any("my_net" in note for note in loaded.notes)


def test_folders_without_weights_or_with_several_say_what_to_do(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(ModelFileError, match="no file with weights"):
        load_model(ModelConfig(source="checkpoint", path=empty))
    config = write(tmp_path / "two", {}, "a.safetensors")
    write(tmp_path / "two", {}, "b.safetensors")
    with pytest.raises(ModelFileError, match="several files") as caught:
        load_model(config)
    assert "a.safetensors, b.safetensors" in caught.value.cause


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "\ud83d".encode("utf-8", "surrogatepass").decode("latin-1")])
def test_a_damaged_config_is_said(tmp_path: Path, text: str) -> None:
    with pytest.raises(ModelFileError, match=r"config\.json can't be read"):
        load_model(write(tmp_path / "net", text))
