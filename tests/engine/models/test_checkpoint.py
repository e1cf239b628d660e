"""Weights from files: every honest way of saving them works, every other one is refused in plain words."""

from __future__ import annotations

import argparse
import collections
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import torchvision.models
from safetensors.torch import save_file
from torch import Tensor

from acq_engine.errors import ArchitectureError, ConfigError, ModelFileError, UnsafeFileError
from acq_engine.models import LoadedModel, load_model
from acq_engine.models.registry import architecture
from acq_engine.models.torchvision_models import published_preprocessing
from acq_engine.settings import ModelConfig

State = dict[str, Tensor]


@pytest.fixture(scope="module")
def state() -> State:
    torch.manual_seed(0)
    module = architecture("cifar_resnet20").build(10, 3)
    return {key: value.detach().clone() for key, value in module.state_dict().items()}


def load(path: Path, **settings: Any) -> LoadedModel:
    return load_model(ModelConfig(source="checkpoint", path=path, **settings))


def saved(tmp_path: Path, content: Any, **options: Any) -> Path:
    path = tmp_path / "model.pth"
    torch.save(content, path, **options)
    return path


def beside(state: State, **extra: Any) -> dict[str, Any]:
    return {"state_dict": state, "epoch": 3, **extra}


@pytest.mark.parametrize(
    "wrap",
    [
        lambda state: state,
        lambda state: collections.OrderedDict(state),
        lambda state: {"state_dict": state},
        lambda state: {"model": state, "optimizer": {"state": {0: {"momentum_buffer": torch.zeros(3)}}}},
        lambda state: {"model_state_dict": {f"module.{key}": value for key, value in state.items()}},
        lambda state: {"net": {f"module.model.{key}": value for key, value in state.items()}, "acc": 92.5},
        lambda state: {f"_orig_mod.{key}": value for key, value in state.items()},
        lambda state: {"checkpoint": 1, "model": {"state_dict": state}},
        lambda state: beside(state, args=argparse.Namespace(lr=0.1, arch="resnet20")),
        lambda state: beside(state, best=np.float64(92.5), counts=np.arange(3), size=torch.Size([3])),
        lambda state: beside(state, dtype=torch.float32, names={"a", "b"}, epochs=collections.Counter([1, 1])),
        lambda state: {key: torch.nn.Parameter(value) if value.is_floating_point() else value
                       for key, value in state.items()},
        lambda state: {key: value for key, value in state.items() if "num_batches" not in key},
        lambda state: {**state, "total_ops": torch.zeros(1), "layer1.total_params": torch.zeros(1)},
        lambda state: {key: value.double() if value.is_floating_point() else value for key, value in state.items()},
    ],
)
@pytest.mark.parametrize("legacy", [False, True])
def test_honest_files_load(tmp_path: Path, state: State, wrap: Any, legacy: bool) -> None:
    path = saved(tmp_path, wrap(state), _use_new_zipfile_serialization=not legacy)
    loaded = load(path)
    assert loaded.arch == "cifar_resnet20"
    assert not loaded.module.training
    for key, value in loaded.module.state_dict().items():
        if "num_batches" not in key:
            assert value.dtype == torch.float32
            assert torch.equal(value, state[key]), key


def test_views_into_one_storage_load(tmp_path: Path, state: State) -> None:
    flat = torch.cat([value.flatten() for value in state.values() if value.is_floating_point()])
    views, offset = {}, 0
    for key, value in state.items():
        if value.is_floating_point():
            views[key] = flat[offset : offset + value.numel()].view(value.shape)
            offset += value.numel()
    assert load(saved(tmp_path, views)).num_classes == 10


def test_averaged_weights_are_preferred_and_said(tmp_path: Path, state: State) -> None:
    averaged = {f"module.{key}": value + 1 if value.is_floating_point() else value for key, value in state.items()}
    loaded = load(saved(tmp_path, {"model": state, "model_ema": {**averaged, "n_averaged": torch.tensor(5)}}))
    assert torch.equal(loaded.module.state_dict()["fc.bias"], state["fc.bias"] + 1)
    assert any("averaged" in note for note in loaded.notes)


def test_averages_of_parameters_alone_get_the_buffers_of_the_rest(tmp_path: Path, state: State) -> None:
    averaged = {f"module.{key}": value + 1 for key, value in state.items()
                if value.is_floating_point() and "running" not in key}
    loaded = load(saved(tmp_path, {"state_dict": state, "ema": averaged}))
    found = loaded.module.state_dict()
    assert torch.equal(found["fc.bias"], state["fc.bias"] + 1)
    assert torch.equal(found["bn1.running_var"], state["bn1.running_var"])


def test_a_file_that_is_written_again_leaves_loaded_weights_alone(tmp_path: Path, state: State) -> None:
    path = tmp_path / "model.safetensors"
    save_file(state, path)
    loaded = load(path)
    before = {key: value.clone() for key, value in loaded.module.state_dict().items()}
    content = path.read_bytes()
    with path.open("r+b") as file:  # in place, as some programs do
        file.seek(len(content) // 2)
        file.write(bytes(len(content) // 2))
    assert all(torch.equal(value, before[key]) for key, value in loaded.module.state_dict().items())


def test_densenets_load_with_the_names_that_torchvision_publishes(tmp_path: Path) -> None:
    module = torchvision.models.densenet121(weights=None)
    published = {re.sub(r"(denselayer\d+\.(?:norm|conv))([12])\.", r"\1.\2.", key): value
                 for key, value in module.state_dict().items() if "num_batches" not in key}
    assert "features.denseblock1.denselayer1.norm.1.weight" in published
    path = tmp_path / "densenet121-a639ec97.pth"
    torch.save(published, path)
    loaded = load(path)
    assert loaded.arch == "densenet121"
    assert torch.equal(loaded.module.state_dict()["classifier.weight"], module.state_dict()["classifier.weight"])


@pytest.mark.parametrize(("name", "file", "size", "resize", "mean"), [
    ("efficientnet_b3", "mine", 300, 320, 0.485), ("efficientnet_v2_l", "mine", 480, 480, 0.5),
    ("mobilenet_v2", "mobilenet_v2-b0353104", 224, 256, 0.485),
    ("mobilenet_v2", "mobilenet_v2-7ebf99e0", 224, 232, 0.485),
    ("regnet_y_16gf", "regnet_y_16gf_swag-43afe44d", 384, 384, 0.485), ("googlenet", "mine", 224, 256, 0.5),
    ("inception_v3", "mine", 299, 342, 0.5),
])
def test_published_weights_bring_their_preprocessing_in_a_file_too(
    name: str, file: str, size: int, resize: int, mean: float,
) -> None:
    found = published_preprocessing(name, f"{file}.pth")
    assert found is not None
    assert (found.size, found.resize, found.mean[0]) == (size, resize, mean)


def test_googlenet_sees_what_torchvision_s_own_would(tmp_path: Path) -> None:
    own = torchvision.models.googlenet(weights=None, aux_logits=False, init_weights=False, transform_input=True).eval()
    path = tmp_path / "googlenet.pth"
    torch.save(own.state_dict(), path)
    loaded = load(path)
    pixels = np.random.default_rng(0).integers(0, 256, (2, 224, 224, 3), dtype=np.uint8)
    usual = (torch.from_numpy(pixels).permute(0, 3, 1, 2) / 255 - torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1))
    usual = usual / torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)
    with torch.no_grad():
        torch.testing.assert_close(loaded.module(loaded.to_model_input(pixels)), own(usual), rtol=1e-3, atol=1e-3)


def test_half_precision_becomes_float(tmp_path: Path, state: State) -> None:
    path = tmp_path / "half.safetensors"
    save_file({key: value.to(torch.bfloat16) if value.is_floating_point() else value
               for key, value in state.items()}, path)
    assert next(load(path).module.parameters()).dtype == torch.float32


def test_the_name_of_the_file_does_not_decide(tmp_path: Path, state: State) -> None:
    path = tmp_path / "weights.bin"
    save_file(state, path)
    assert load(path).arch == "cifar_resnet20"


def test_the_fingerprint_follows_the_weights_alone(tmp_path: Path, state: State) -> None:
    save_file(state, tmp_path / "a.safetensors")
    first = load(tmp_path / "a.safetensors").sha256
    assert load(saved(tmp_path, {"state_dict": dict(reversed(state.items()))})).sha256 == first
    changed = {**state, "fc.bias": state["fc.bias"] + 1}
    assert load(saved(tmp_path, changed)).sha256 != first


def test_class_count_is_read_from_the_weights(tmp_path: Path) -> None:
    path = saved(tmp_path, architecture("cifar_resnet32").build(37, 3).state_dict())
    assert load(path).num_classes == 37
    assert load(path, num_classes=37).num_classes == 37
    with pytest.raises(ArchitectureError, match="have 37 classes, not 10"):
        load(path, num_classes=10)


def test_grey_models_keep_one_channel(tmp_path: Path) -> None:
    loaded = load(saved(tmp_path, architecture("cifar_resnet20").build(10, 1).state_dict()))
    assert loaded.input_shape == (1, 32, 32)
    assert len(loaded.mean) == len(loaded.std) == 1


def test_settings_go_before_what_is_usual(tmp_path: Path, state: State) -> None:
    path = saved(tmp_path, state)
    loaded = load(path, mean=(0.1, 0.2, 0.3), std=(1, 2, 3), input_size=48)
    assert (loaded.mean, loaded.std, loaded.input_shape) == ((0.1, 0.2, 0.3), (1, 2, 3), (3, 48, 48))
    with pytest.raises(ConfigError, match="don't fit the model's channels"):
        load(path, mean=(0.1,), std=(0.2,))


def test_the_wrong_architecture_is_named_with_its_first_differences(tmp_path: Path, state: State) -> None:
    with pytest.raises(ArchitectureError) as caught:
        load(saved(tmp_path, state), arch="cifar_resnet32")
    assert "don't fit the architecture cifar_resnet32" in caught.value.message
    assert "layer1.3.conv1.weight is missing" in caught.value.cause
    with pytest.raises(ArchitectureError, match="no architecture called 'resnet2O'"):
        load(saved(tmp_path, state), arch="resnet2O")


def test_a_wrong_shape_is_said_in_words(tmp_path: Path, state: State) -> None:
    path = saved(tmp_path, {**state, "layer2.0.conv1.weight": torch.zeros(32, 16, 5, 5)})
    with pytest.raises(ArchitectureError) as caught:
        load(path, arch="cifar_resnet20")
    assert "layer2.0.conv1.weight is 32 x 16 x 5 x 5 instead of 32 x 16 x 3 x 3" in caught.value.cause


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="can't be opened"):
        load(tmp_path / "nothing.pth")
    with pytest.raises(ModelFileError, match="The folder has no file with weights"):
        load(tmp_path)


@pytest.mark.filterwarnings("ignore::FutureWarning")  # torch advises against TorchScript
def test_files_that_can_run_code_need_consent(tmp_path: Path) -> None:
    module = torch.nn.Sequential(torch.nn.Conv2d(3, 3, 1), torch.nn.BatchNorm2d(3)).eval()
    path = tmp_path / "model.pt"
    torch.jit.save(torch.jit.trace(module, torch.zeros(1, 3, 4, 4)), path)
    with pytest.raises(UnsafeFileError, match="TorchScript") as caught:
        load(path)
    assert "--trust" in caught.value.hint
    source = tmp_path / "model.py"
    source.write_text("raise SystemExit(1)")
    with pytest.raises(UnsafeFileError, match="Python source"):
        load(source)
