"""Files that can run code: only with consent, only in another process, and as exact as the original."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from acq_engine.errors import (
    ArchitectureError,
    ConsentNeededError,
    ModelError,
    ModelFileError,
    NoBatchNormError,
)
from acq_engine.models import LoadedModel, load_model, load_teacher, save_teacher
from acq_engine.models.exporting import convert_module
from acq_engine.models.graph import Structure, build_network, read_structure
from acq_engine.models.inspect import inspect_model
from acq_engine.models.registry import architecture
from acq_engine.models.untrusted import Opened, Request, _open, _take_over, open_untrusted
from acq_engine.quantization import quantize_model
from acq_engine.settings import ModelConfig, RunConfig

SOURCE = """
import os
import torch
from torch import nn
import torch.nn.functional as F

open(r"MARKER", "a").write(str(os.getpid()) + " ")
print("this must not reach the output")

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)
        self.bn = nn.BatchNorm2d(8)
        self.block = nn.Sequential(nn.Conv2d(8, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8))
        self.scale = nn.Parameter(torch.ones(1, 8, 1, 1) * 0.5)
        self.fc = nn.Linear(8, 5)

    def forward(self, x):
        x = F.leaky_relu(self.bn(self.conv(x)), 0.1)
        x = F.relu_(x + self.scale * self.block(x))
        x = F.relu(x + self.block(x))
        return self.fc(x.mean((2, 3)))

def build():
    torch.manual_seed(3)
    return Net()

def without_bn():
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 2))

def number():
    return 7

def forever():
    while True:
        pass

def leave():
    os._exit(3)

def wrapped():
    class Wrapped(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = Net()
        def forward(self, x):
            return self.net(x)
    return Wrapped()

def flat_norm():
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.AdaptiveAvgPool2d(2), nn.Flatten(),
                         nn.Linear(16, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 5))

def depends():
    class Odd(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = Net()
        def forward(self, x):
            return self.net(x) if x.sum() > 1 else self.net(x) * 2
    return Odd()
"""


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delitem(sys.modules, "model", raising=False)
    path = tmp_path / "model.py"
    path.write_text(SOURCE.replace("MARKER", str(tmp_path / "marker")))
    return path


def load(path: Path | str, **settings: Any) -> LoadedModel:
    return load_model(ModelConfig(source="checkpoint", path=Path(path), trust=True, **settings))


def trained(name: str = "cifar_resnet20") -> nn.Module:
    """A network whose batch norms have seen something."""
    module = architecture(name).build(10, 3)
    with torch.no_grad():
        module(torch.randn(16, 3, 32, 32))
    return module.eval()


def test_nothing_runs_without_consent(source: Path, tmp_path: Path) -> None:
    with pytest.raises(ConsentNeededError, match="loading it can run code"):
        load_model(ModelConfig(source="checkpoint", path=source))
    assert not (tmp_path / "marker").exists()


def test_no_settings_file_can_consent(source: Path) -> None:
    config = RunConfig(model=ModelConfig(source="checkpoint", path=source, trust=True))
    assert "trust" not in config.to_json()
    data = json.loads(config.to_json())
    data["model"]["trust"] = True
    assert not RunConfig.from_json(json.dumps(data)).model.trust
    assert RunConfig.from_data(data, consent=True).model.trust


def test_python_source_runs_in_another_process_only(
    source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    loaded = load(source, input_size=16)
    assert (loaded.arch, loaded.num_classes, loaded.input_shape) == ("Net", 5, (3, 16, 16))
    assert str(os.getpid()) not in (tmp_path / "marker").read_text().split()
    assert "must not reach" not in "".join(capfd.readouterr())
    summary = loaded.summary()
    assert summary.bn_layers == 2 and summary.attention_layer
    # A run folder holds the network as data: neither the source nor consent is needed again.
    save_teacher(loaded, tmp_path / "run")
    source.unlink()
    again = load_teacher(tmp_path / "run")
    x = torch.randn(4, 3, 16, 16)
    assert torch.equal(again.module(x), loaded.module(x))
    assert again.summary() == summary


def open_here(
    path: Path, kind: Any, folder: Path, function: str = "build", size: int | None = None, weights: Path | None = None
) -> Opened:
    """What the other process does, in this one: starting a process takes seconds."""
    folder.mkdir()
    answer = _open(Request(kind, str(path), function, str(weights) if weights else None, size), folder)
    (folder / "answer.json").write_text(json.dumps(answer))
    return _take_over(folder)


def test_a_size_is_assumed_and_said(source: Path, tmp_path: Path) -> None:
    opened = open_here(source, "python", tmp_path / "out")
    assert opened.input_shape == (3, 224, 224) and "assumed" in opened.notes[0]


def test_weights_for_a_network_from_source(source: Path, tmp_path: Path) -> None:
    weights = tmp_path / "weights.pth"
    names = {"conv.weight": (8, 3, 3, 3), "conv.bias": (8,), "scale": (1, 8, 1, 1), "fc.weight": (5, 8),
             "fc.bias": (5,), "block.0.weight": (8, 8, 3, 3)}
    norms = {f"{path}.{key}": (8,) for path in ("bn", "block.1")
             for key in ("weight", "bias", "running_mean", "running_var")}
    torch.save({key: torch.ones(shape) for key, shape in (names | norms).items()}, weights)
    opened = open_here(source, "python", tmp_path / "out", size=16, weights=weights)
    assert float(opened.network.state_dict()["fc.weight"].min()) == 1
    torch.save({"fc.weight": torch.ones(5, 8)}, weights)
    with pytest.raises(ArchitectureError, match=r"don't fit what build\(\) builds"):
        open_here(source, "python", tmp_path / "out2", size=16, weights=weights)


def test_weights_for_a_network_that_keeps_all_in_one_attribute(source: Path, tmp_path: Path) -> None:
    names = {"conv.weight": (8, 3, 3, 3), "conv.bias": (8,), "scale": (1, 8, 1, 1), "fc.weight": (5, 8),
             "fc.bias": (5,), "block.0.weight": (8, 8, 3, 3)}
    norms = {f"{path}.{key}": (8,) for path in ("bn", "block.1")
             for key in ("weight", "bias", "running_mean", "running_var")}
    weights = tmp_path / "weights.pth"
    torch.save({f"net.{key}": torch.ones(shape) for key, shape in (names | norms).items()}, weights)
    opened = open_here(source, "python", tmp_path / "out", "wrapped", size=16, weights=weights)
    assert float(opened.network.state_dict()["net.fc.weight"].min()) == 1


def test_batch_norm_of_features_is_one_too(source: Path, tmp_path: Path) -> None:
    opened = open_here(source, "python", tmp_path / "out", "flat_norm", size=16)
    x = torch.randn(4, 3, 16, 16)
    assert opened.network(x).shape == (4, 5)
    student = quantize_model(opened.network, x, RunConfig().quantization)
    assert {layer.name for layer in student.layers()} == {"0", "5", "8"}
    torch.testing.assert_close(student(x), opened.network(x), rtol=1e-4, atol=1e-4)


def test_an_exported_program_for_oblong_pictures_is_refused(tmp_path: Path) -> None:
    program = torch.export.export(trained(), (torch.zeros(2, 3, 32, 64),))
    torch.export.save(program, tmp_path / "oblong.pt2")
    with pytest.raises(ArchitectureError, match="not square") as caught:
        _open(Request("pt2", str(tmp_path / "oblong.pt2"), "build", None, None), tmp_path)
    assert "64 x 32 pixels" in caught.value.cause


@pytest.mark.parametrize(
    ("function", "words"),
    [
        ("nothing", "has no function called nothing"),
        ("number", "does not return a model"),
        ("depends", "can't be traced to a graph"),
    ],
)
def test_unfit_sources_are_refused_in_words(source: Path, tmp_path: Path, function: str, words: str) -> None:
    with pytest.raises(ArchitectureError, match=words):
        open_here(source, "python", tmp_path / "out", function, 16)


def test_sources_without_batch_norm_or_that_leave(source: Path) -> None:
    with pytest.raises(NoBatchNormError, match="has no batch norm"):
        load(f"{source}:without_bn", input_size=16)
    with pytest.raises(ModelError, match="ended without a result"):
        load(f"{source}:leave", input_size=16)


def test_a_source_that_never_ends_is_ended(source: Path) -> None:
    with pytest.raises(ModelError, match="took longer than 6 seconds"):
        open_untrusted(Path(f"{source}:forever"), time_limit=6)
    started = time.monotonic()
    with pytest.raises(ModelError, match="was stopped"):
        open_untrusted(Path(f"{source}:forever"), stop=lambda: time.monotonic() > started + 1)


def test_a_broken_source_is_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "model.py"
    path.write_text("def build(:\n")
    with pytest.raises(ModelError, match=r"model\.py can't be loaded") as caught:
        load(path)
    assert "SyntaxError" in caught.value.cause


def test_exported_programs(tmp_path: Path) -> None:
    module = trained()
    x = torch.randn(5, 3, 32, 32)
    for batch in (None, 1):
        shapes = ({0: torch.export.Dim.DYNAMIC},) if batch is None else None
        example = (torch.zeros(batch or 2, 3, 32, 32),)
        program = torch.export.export(module, example, dynamic_shapes=shapes, strict=False)
        torch.export.save(program, tmp_path / "net.pt2")
        network = open_here(tmp_path / "net.pt2", "pt2", tmp_path / f"out{batch}").network
        assert torch.allclose(network(x), module(x), atol=1e-4)
    with pytest.raises(ConsentNeededError, match="exported program"):
        load_model(ModelConfig(source="checkpoint", path=tmp_path / "net.pt2"))
    loaded = load(tmp_path / "net.pt2")
    assert loaded.summary().bn_layers == 21 and loaded.input_shape == (3, 32, 32)
    assert torch.allclose(loaded.module(x), module(x), atol=1e-4)
    types = {row.type for row in inspect_model(loaded).rows if not row.is_container}
    assert {"Conv2d", "BatchNorm", "relu", "add"} <= types and not {"Operation", "_BatchNorm"} & types


@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning")  # torch advises against TorchScript
@pytest.mark.parametrize("make", [torch.jit.script, lambda net: torch.jit.trace(net, torch.zeros(1, 3, 32, 32))])
def test_torchscript(tmp_path: Path, make: Any) -> None:
    module = trained()
    torch.jit.save(make(module), tmp_path / "net.pt")
    network = open_here(tmp_path / "net.pt", "torchscript", tmp_path / "out", size=32).network
    x = torch.randn(5, 3, 32, 32)
    assert torch.allclose(network(x), module(x), atol=1e-4)
    assert sum(isinstance(child, nn.BatchNorm2d) for child in network.modules()) == 21


@pytest.mark.parametrize(
    "name", ["cifar_resnet20_a", "mobilenet_v3_small", "shufflenet_v2_x0_5", "efficientnet_lite0"],
)
def test_conversion_keeps_layers_and_statistics(name: str) -> None:
    module = architecture(name).build(10, 3).eval()
    converted = convert_module(module, (3, 64, 64))
    network = build_network(read_structure(converted.structure.model_dump_json()), converted.state)
    kinds = (nn.Conv2d, nn.Linear, nn.BatchNorm2d)
    assert {path for path, child in network.named_modules() if isinstance(child, kinds)} == {
        path for path, child in module.named_modules() if isinstance(child, kinds)
    }
    same = module.state_dict()
    assert all(torch.equal(value, same[key]) for key, value in network.state_dict().items() if key in same)


@pytest.mark.parametrize(
    "change",
    [
        {"op": "aten", "target": "system.default"}, {"op": "exec"}, {"path": "../../x"}, {"path": "forward"},
        {"path": "steps.x"}, {"op": "aten", "target": "fill_.Scalar"}, {"op": "conv2d", "options": {"in_channels": 3}},
        {"op": "aten", "target": "relu.default", "path": "__class__"}, {"op": "aten", "target": "relu.__init__"},
    ],
)
def test_a_hostile_structure_is_refused(change: dict[str, Any]) -> None:
    step: dict[str, Any] = {"name": "a", "op": "linear", "path": "fc", "args": [{"ref": "input"}],
                            "options": {"in_features": 2, "out_features": 2, "bias": False}}
    honest = Structure.model_validate({"steps": [step], "output": "a"})
    assert build_network(honest, {"fc.weight": torch.eye(2)})(torch.ones(1, 2)).tolist() == [[1, 1]]
    with pytest.raises(ArchitectureError):
        build_network(Structure.model_validate({"steps": [{**step, **change}], "output": "a"}), {})
    with pytest.raises(ModelFileError):
        read_structure('{"steps": [{"name": 3}]}')


def test_a_huge_layer_in_a_structure_costs_no_memory() -> None:
    options = {"in_features": 1 << 30, "out_features": 1 << 30, "bias": False}
    step = {"name": "a", "op": "linear", "path": "fc", "args": [{"ref": "input"}], "options": options}
    with pytest.raises(ArchitectureError, match="don't fit"):
        build_network(Structure.model_validate({"steps": [step], "output": "a"}), {"fc.weight": torch.eye(2)})


class Shared(nn.Module):
    """One convolution at two strides, a batch norm twice, and an in-place sum."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 3, 3, padding=1)
        self.bn = nn.BatchNorm2d(3)
        self.fc = nn.Linear(3, 2)

    def forward(self, x: Tensor) -> Tensor:
        x = self.bn(self.conv(x))
        y = torch.relu(x)
        y += nn.functional.conv2d(x, self.conv.weight, self.conv.bias, 1, 2, 2)
        y[:, :1].mul_(2)
        result: Tensor = self.fc(self.bn(y).mean((2, 3)))
        return result


def test_shared_weights_and_in_place_views() -> None:
    converted = convert_module(Shared().eval(), (3, 8, 8))  # compares the answers itself
    network = build_network(converted.structure, converted.state)
    assert sum(isinstance(child, nn.BatchNorm2d) for child in network.modules()) == 1
