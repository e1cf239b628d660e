"""What fastai, Lightning and ultralytics write: weights beside other objects, and whole pickled networks."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torchvision.transforms import Compose, Normalize

from acq_engine.errors import ArchitectureError, ConsentNeededError, UnsafeFileError
from acq_engine.models import LoadedModel, load_model
from acq_engine.models.registry import architecture
from acq_engine.settings import ModelConfig
from tests.engine.models.same_process import open_in_this_process


class ListLike:
    """As fastcore's L: it keeps what it has in an attribute."""

    def __init__(self, items: list[Any]) -> None:
        self.items = items


class Settings(dict):
    """As Lightning's AttributeDict."""


class ConvBlock(nn.Module):
    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.conv, self.bn = nn.Conv2d(inputs, outputs, 3, 2, 1, bias=False), nn.BatchNorm2d(outputs)
        self.act = nn.SiLU()

    def forward(self, x: Tensor) -> Tensor:
        return self.act(self.bn(self.conv(x)))


class Classify(nn.Module):
    """Probabilities and logits in eval mode, as ultralytics' head gives them."""

    def __init__(self, inputs: int, classes: int) -> None:
        super().__init__()
        self.conv, self.pool = ConvBlock(inputs, 16), nn.AdaptiveAvgPool2d(1)
        self.drop, self.linear = nn.Dropout(0.0), nn.Linear(16, classes)

    def forward(self, x: Tensor | list[Tensor]) -> Any:
        joined = torch.cat(x, 1) if isinstance(x, list) else x
        logits = self.linear(self.drop(self.pool(self.conv(joined)).flatten(1)))
        return logits if self.training else (logits.softmax(1), logits)


class ClassificationModel(nn.Module):
    """Layers in a row with the place that each takes its input from."""

    def __init__(self, classes: int = 4) -> None:
        super().__init__()
        self.model = nn.Sequential(ConvBlock(3, 8), Classify(8, classes))
        self.sources = [-1, -1]
        self.names = {index: f"kind {index}" for index in range(classes)}
        self.transforms = Compose([Normalize(torch.tensor([0.1, 0.2, 0.3]), torch.tensor([0.5, 0.6, 0.7]))])

    def forward(self, x: Tensor) -> Any:
        kept: list[Tensor] = []
        for layer, source in zip(self.model, self.sources, strict=True):
            x = layer(x if source == -1 else kept[source])
            kept.append(x)
        return x


PLACES = {"fastcore.foundation": ListLike, "pytorch_lightning.utilities.parsing": Settings,
          "ultralytics.nn.modules.conv": ConvBlock, "ultralytics.nn.modules.head": Classify,
          "ultralytics.nn.tasks": ClassificationModel}


@pytest.fixture
def packages(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The classes above as if they were those packages'; calling it takes the packages away."""
    made = {".".join(name.split(".")[:length]) for name in PLACES for length in range(1, name.count(".") + 2)}
    for name in made:
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    for name, kind in PLACES.items():
        monkeypatch.setattr(kind, "__module__", name)
        setattr(sys.modules[name], kind.__name__, kind)

    def leave() -> None:
        for name in made:
            monkeypatch.delitem(sys.modules, name, raising=False)

    return leave


@pytest.fixture(autouse=True)
def same_process(monkeypatch: pytest.MonkeyPatch) -> None:
    open_in_this_process(monkeypatch)


def load(path: Path, **settings: Any) -> LoadedModel:
    return load_model(ModelConfig(source="checkpoint", path=path, **settings))


def test_a_fastai_learner_s_weights_are_its_network(tmp_path: Path, packages: Callable[[], None]) -> None:
    torch.manual_seed(0)
    module = architecture("fastai_resnet18").build(5, 3).eval()
    torch.save({"model": module.state_dict(), "opt": {"hypers": ListLike([0.1]), "state": []}}, tmp_path / "m.pth")
    packages()
    loaded = load(tmp_path / "m.pth")
    assert (loaded.arch, loaded.num_classes) == ("fastai_resnet18", 5)
    assert any("fastcore.foundation.ListLike" in note and "none of its code is run" in note for note in loaded.notes)
    x = torch.randn(2, 3, 64, 64)
    torch.testing.assert_close(loaded.module(x), module(x))


def test_a_fastai_head_pools_by_maximum_and_mean() -> None:
    module = architecture("fastai_v1_resnet18").build(5, 3).eval()
    body, head = module.get_submodule("0"), module.get_submodule("1")
    x = torch.randn(2, 3, 64, 64)
    maps = body(x)
    pooled = torch.cat([maps.amax((2, 3)), maps.mean((2, 3))], 1)
    torch.testing.assert_close(module(x), nn.Sequential(*list(head.children())[2:])(pooled))
    keys = [key for key in module.state_dict() if key.startswith("1.") and "num_batches" not in key]
    assert keys[:2] == ["1.2.weight", "1.2.bias"] and keys[-2:] == ["1.8.weight", "1.8.bias"]


def test_a_lightning_checkpoint_with_settings_and_a_loss_function(
    tmp_path: Path, packages: Callable[[], None]
) -> None:
    torch.manual_seed(0)
    state = architecture("cifar_resnet20").build(10, 3).state_dict()
    torch.save({
        "epoch": 9, "global_step": 99, "pytorch-lightning_version": "2.4.0", "loops": {"fit_loop": {}},
        "callbacks": {"ModelCheckpoint": {"best_model_path": Path("a.ckpt"), "best_model_score": torch.tensor(0.9)}},
        "optimizer_states": [{"state": {0: {"exp_avg": torch.ones(3, 3)}}, "param_groups": [{"lr": 0.1}]}],
        "hyper_parameters": Settings(lr=0.1, loss=nn.CrossEntropyLoss()),
        "state_dict": {f"net.{key}": value for key, value in state.items()} | {"train_acc.total": torch.tensor(3)},
    }, tmp_path / "last.ckpt")
    packages()
    loaded = load(tmp_path / "last.ckpt")
    assert loaded.arch == "cifar_resnet20" and torch.equal(loaded.module.state_dict()["fc.weight"], state["fc.weight"])
    assert any("only the weights are read" in note for note in loaded.notes)


@pytest.mark.filterwarnings("ignore:Couldn't retrieve source code")
@pytest.mark.parametrize("legacy", [False, True])
def test_a_whole_model_is_opened_with_consent_alone(
    tmp_path: Path, packages: Callable[[], None], legacy: bool
) -> None:
    torch.manual_seed(0)
    module = ClassificationModel().half()
    path = tmp_path / "best.pt"
    torch.save({"epoch": -1, "model": module, "ema": None, "train_args": {"imgsz": 32, "task": "classify"}}, path,
               _use_new_zipfile_serialization=not legacy)
    with pytest.raises(ConsentNeededError, match="holds a whole model, pickled with its code") as caught:
        load(path)
    assert "ultralytics" in caught.value.cause and "yolo export" in caught.value.hint
    assert "--trust" in caught.value.hint
    loaded = load(path, trust=True)
    x = torch.randn(2, 3, 32, 32)
    torch.testing.assert_close(loaded.module(x), module.float().eval()(x)[1])
    assert loaded.input_shape == (3, 32, 32) and loaded.class_names == ("kind 0", "kind 1", "kind 2", "kind 3")
    assert loaded.mean == pytest.approx((0.1, 0.2, 0.3)) and loaded.std == pytest.approx((0.5, 0.6, 0.7))
    assert "The model is read from the entry model." in loaded.notes
    packages()
    with pytest.raises(ArchitectureError, match="needs ultralytics, which is not installed") as caught_again:
        load(path, trust=True)
    assert "torchscript" in caught_again.value.hint


def test_a_model_of_a_script_that_is_not_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ConvBlock, "__module__", "__main__")
    monkeypatch.setattr(sys.modules["__main__"], "ConvBlock", ConvBlock, raising=False)
    torch.save(ConvBlock(3, 8), tmp_path / "model.pth")
    monkeypatch.delattr(sys.modules["__main__"], "ConvBlock")
    with pytest.raises(ConsentNeededError):
        load(tmp_path / "model.pth")
    with pytest.raises(ArchitectureError, match="needs Python classes that are not here") as caught:
        load(tmp_path / "model.pth", trust=True)
    assert "--weights" in caught.value.hint


class Asks:
    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self.call = function, arguments

    def __reduce__(self) -> Any:
        return self.call


@pytest.mark.parametrize("function", [json.loads, Path.touch, sys.setrecursionlimit, torch.save])
def test_functions_are_no_part_of_a_training_s_record(tmp_path: Path, function: Callable[..., Any]) -> None:
    state = architecture("cifar_resnet20").build(10, 3).state_dict()
    torch.save({"state_dict": state, "extra": Asks(function, "x")}, tmp_path / "m.pth")
    with pytest.raises(UnsafeFileError) as caught:
        load(tmp_path / "m.pth", trust=True)
    assert not isinstance(caught.value, ConsentNeededError) and "None of its code was run" in caught.value.cause
