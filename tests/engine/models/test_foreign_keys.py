"""Checkpoints as trainers and repositories write them: prefixes, entries that are not weights, and what is missing."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from acq_engine.errors import ArchitectureError, ModelFileError, NoBatchNormError
from acq_engine.models import LoadedModel, load_model
from acq_engine.models.registry import architecture
from acq_engine.models.weights import find_state_dict
from acq_engine.settings import ModelConfig

State = dict[str, Tensor]


@pytest.fixture(scope="module")
def state() -> State:
    torch.manual_seed(0)
    module = architecture("cifar_resnet20").build(10, 3)
    return {key: value.detach().clone() for key, value in module.state_dict().items()}


def load(tmp_path: Path, content: Any, **settings: Any) -> LoadedModel:
    torch.save(content, tmp_path / "model.pth")
    return load_model(ModelConfig(source="checkpoint", path=tmp_path / "model.pth", **settings))


def under(prefix: str, state: State) -> State:
    return {prefix + key: value for key, value in state.items()}


@pytest.mark.parametrize("arch", [None, "cifar_resnet20"])
@pytest.mark.parametrize(
    ("wrap", "words"),
    [
        (lambda s: {"state_dict": {**under("model.", s), "criterion.weight": torch.ones(10)}},
         "start with model. are used; not used: criterion.weight."),
        (lambda s: under("backbone.", s), "All names in the file start with backbone., which is removed."),
        (lambda s: {**under("student.net.", s), **under("probe.", {"fc.weight": torch.ones(2, 64)})},
         "start with student.net. are used; not used: probe.fc.weight."),
        (lambda s: {"classifier": s, "epoch": 3}, "read from the entry classifier."),
        (lambda s: {"student": s, "teacher": s}, "read from the entry student. Not used: teacher;"),
        (lambda s: {key: value.numpy() for key, value in s.items()}, ""),
        (lambda s: {**under("encoder_q.", s), **under("encoder_k.", s), "queue": torch.ones(9)},
         "start with encoder_q. are used; not used: encoder_k.conv1.weight"),
        (lambda s: {"model": s, "ema": {"decay": 0.99, "shadow": s}}, "averaged weights (ema)"),
        (lambda s: {**s, "second.weight": torch.ones(3, 64), "second.bias": torch.ones(3)},
         "Weights that are no part of it are not used: second.weight, second.bias."),
        (lambda s: {**s, "comment": "best of three"}, "Entries that are not weights are ignored: comment."),
        (lambda s: {"state_dict": s, "state_dict_ema": {key: value.float() for key, value in s.items()}}, "averaged"),
    ],
)
def test_the_part_that_fits_is_used_and_the_rest_named(
    tmp_path: Path, state: State, wrap: Callable[[State], Any], words: str, arch: str | None
) -> None:
    loaded = load(tmp_path, wrap(state), arch=arch)
    assert loaded.arch == "cifar_resnet20" and words in " ".join(loaded.notes)
    assert torch.equal(loaded.module.state_dict()["fc.weight"], state["fc.weight"])


@pytest.mark.parametrize("prefix", ["ema.module.", "ema_model.", "model_ema.module.", "averaged_model."])
@pytest.mark.parametrize("counter", [{}, {"n_averaged": torch.tensor(5)}])
def test_averaged_weights_are_used_wherever_they_lie_beside_others(
    tmp_path: Path, state: State, prefix: str, counter: State
) -> None:
    plain = {f"model.module.{key}": torch.zeros_like(value) for key, value in state.items()}
    averaged = {prefix + key: value for key, value in (state | counter).items()}
    loaded = load(tmp_path, plain | averaged)
    assert torch.equal(loaded.module.state_dict()["fc.weight"], state["fc.weight"])
    assert "are used; not used: model." in " ".join(loaded.notes)


def test_two_networks_in_one_mapping_are_not_one_flat_one(state: State) -> None:
    found, _ = find_state_dict({"one": torch.ones(3), "two": torch.ones(3), "model": state})
    assert found.keys() == state.keys()
    found, notes = find_state_dict({"one": torch.ones(3), "two": torch.ones(3), "mine": state})
    assert found.keys() == state.keys() and notes == ["The weights are read from the entry mine."]


@pytest.mark.parametrize("arch", [None, "cifar_resnet20"])
def test_missing_statistics_are_called_missing(tmp_path: Path, state: State, arch: str | None) -> None:
    parameters = {key: value for key, value in state.items() if "running" not in key and "num_batches" not in key}
    with pytest.raises(NoBatchNormError, match="lacks the batch-norm statistics") as caught:
        load(tmp_path, parameters, arch=arch)
    assert "all parameters of cifar_resnet20, but none of its 42 running means" in caught.value.cause
    assert "model.state_dict()" in caught.value.hint


def test_variances_alone_can_be_missing(tmp_path: Path, state: State) -> None:
    with pytest.raises(NoBatchNormError, match="lacks the batch-norm statistics") as caught:
        load(tmp_path, {key: value for key, value in state.items() if "running_var" not in key})
    assert "21 of its running means and variances are missing" in caught.value.cause


def test_a_deeper_network_is_no_known_one_with_more(tmp_path: Path, state: State) -> None:
    more = {key.replace("layer3.2", "layer3.3"): value for key, value in state.items() if key.startswith("layer3.2")}
    with pytest.raises(ArchitectureError, match="match no known architecture"):
        load(tmp_path, state | more)


def test_unknown_networks_without_statistics_are_asked_for_them(tmp_path: Path, state: State) -> None:
    parameters = {f"body.{key}".replace("layer", "stage"): value for key, value in state.items()
                  if "running" not in key and "num_batches" not in key}
    with pytest.raises(NoBatchNormError, match="no batch-norm statistics") as caught:
        load(tmp_path, parameters)
    assert "21 normalization layers" in caught.value.cause and "model.state_dict()" in caught.value.hint


@pytest.mark.parametrize("between", ["/", "."])
def test_weights_in_keras_layout_are_called_so(tmp_path: Path, state: State, between: str) -> None:
    leaves = {"running_mean": "moving_mean", "running_var": "moving_variance"}
    converted = {}
    for key, value in state.items():
        path, _, leaf = key.rpartition(".")
        leaf = leaves.get(leaf, "kernel" if leaf == "weight" and value.dim() == 4 else leaf)
        turned = value.permute(2, 3, 1, 0).contiguous() if value.dim() == 4 else value
        converted[f"{path}{between}{leaf}" + (":0" if between == "/" else "")] = turned
    with pytest.raises(ArchitectureError, match="are Keras's") as caught:
        load(tmp_path, converted)
    assert "height, width, input, output" in caught.value.cause and "--trust" in caught.value.hint


OTHERS = {
    "model.h5": (b"\x89HDF\r\n\x1a\n" + bytes(99), "is a Keras or HDF5 file"),
    "model.tflite": (b"\x1c\0\0\0TFL3" + bytes(99), "is a TensorFlow Lite model"),
    "model.xml": (b'<?xml version="1.0"?>\n<net name="x">', "is an OpenVINO model"),
    "model.engine": (b"ftrt" + bytes(99), "is a TensorRT engine"),
    "model.pth.gz": (b"\x1f\x8b\x08" + bytes(99), "is a compressed archive"),
    "model.tar": (b"model.pth" + bytes(248) + b"ustar" + bytes(99), "is an archive"),
    "model.pth": (b'{"error": "rate limit"}', "is text, not a model"),
    "picture.pth": (b"\x89PNG\r\n\x1a\n" + bytes(99), "is an image"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_programs_files_are_named(tmp_path: Path, name: str) -> None:
    content, words = OTHERS[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelFileError, match=words) as caught:
        load_model(ModelConfig(source="checkpoint", path=tmp_path / name))
    assert caught.value.hint


@pytest.mark.parametrize(("member", "words"), [
    ("model.weights.h5", "is a Keras model"), ("repo/model.pth", "is an archive with files"),
    ("conv1.weight.npy", "NumPy arrays"), ("readme.txt", "contains no model"),
])
def test_archives_are_named_by_what_they_hold(tmp_path: Path, member: str, words: str) -> None:
    with zipfile.ZipFile(tmp_path / "model.zip", "w") as file:
        file.writestr(member, "x")
    with pytest.raises(ModelFileError, match=words):
        load_model(ModelConfig(source="checkpoint", path=tmp_path / "model.zip"))


@pytest.mark.parametrize("name", ["model.pth", "model.safetensors", "model.onnx"])
@pytest.mark.parametrize(
    ("content", "words", "help_"),
    [
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 1096168\n",
         "is a Git LFS pointer, not the model", "git lfs pull"),
        (b"<!DOCTYPE html><html><body>Sign in to continue</body></html>", "is a web page, not a model", "download the"),
        (b"\n <html>too many requests</html>", "is a web page, not a model", "download the"),
    ],
)
def test_what_lies_in_a_model_s_place_is_told_by_its_name(
    tmp_path: Path, name: str, content: bytes, words: str, help_: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelFileError, match=words) as caught:
        load_model(ModelConfig(source="checkpoint", path=tmp_path / name))
    assert help_ in caught.value.hint
