"""Checkpoints as trainers and repositories write them: prefixes, entries that are not weights, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from acq_engine.errors import ModelFileError, NoBatchNormError
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


def test_two_networks_in_one_mapping_are_not_one_flat_one(state: State) -> None:
    found, _ = find_state_dict({"one": torch.ones(3), "two": torch.ones(3), "model": state})
    assert found.keys() == state.keys()
    with pytest.raises(ModelFileError, match="contains no weights"):
        find_state_dict({"one": torch.ones(3), "two": torch.ones(3), "mine": state})


@pytest.mark.parametrize("arch", [None, "cifar_resnet20"])
def test_missing_statistics_are_called_missing(tmp_path: Path, state: State, arch: str | None) -> None:
    parameters = {key: value for key, value in state.items() if "running" not in key and "num_batches" not in key}
    with pytest.raises(NoBatchNormError, match="lacks the batch-norm statistics") as caught:
        load(tmp_path, parameters, arch=arch)
    assert "all parameters of cifar_resnet20, but none of its 42 running means" in caught.value.cause
    assert "model.state_dict()" in caught.value.hint


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
