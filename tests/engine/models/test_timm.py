"""timm's networks by name; the whole file is skipped where timm is not installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file

from acq_engine.errors import ArchitectureError, ModelError
from acq_engine.models import load_model, load_teacher, save_teacher, timm_models
from acq_engine.models.pretrained import StoppedError
from acq_engine.models.registry import architecture
from acq_engine.settings import ModelConfig
from acq_engine.settings.command_line import build_config

timm = pytest.importorskip("timm", reason="timm is not installed")


def weights(folder: Path, name: str, classes: int, channels: int = 3) -> Path:
    path = folder / "model.safetensors"
    save_file(architecture(name).build(classes, channels).state_dict(), path)
    return path


@pytest.mark.slow
def test_bare_weights_are_recognised(tmp_path: Path) -> None:
    loaded = load_model(ModelConfig(source="checkpoint", path=weights(tmp_path, "timm/repvgg_a0", 12), input_size=64))
    assert (loaded.arch, loaded.num_classes) == ("timm/repvgg_a0", 12)
    assert loaded.summary().bn_layers > 20
    save_teacher(loaded, tmp_path / "run")
    x = torch.randn(2, 3, 64, 64)
    assert torch.equal(load_teacher(tmp_path / "run").module(x), loaded.module(x))


def test_weights_without_batch_norm_are_compared_with_such_networks_only() -> None:
    keys = {timm_models.DEPTHWISE, "head.fc.bias"}
    depthwise, plain = timm_models.usual_names(keys), timm_models.usual_names({"head.fc.bias"})
    normed = timm_models.usual_names({*keys, "bn1.running_mean"})
    assert "timm/convnext_tiny" in depthwise and "timm/resnet50_gn" in plain and "timm/repvgg_a0" in normed
    assert len({*depthwise, *plain, *normed}) == len(depthwise) + len(plain) + len(normed)
    assert {*depthwise, *plain, *normed} <= set(timm_models.usual_names())


@pytest.mark.slow
def test_bare_weights_of_a_convnext_are_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timm_models, "CONVNEXTS", ("convnext_atto",))
    loaded = load_model(ModelConfig(source="checkpoint", path=weights(tmp_path, "timm/convnext_atto", 12),
                                    input_size=32))
    assert (loaded.arch, loaded.num_classes, loaded.measured) == ("timm/convnext_atto", 12, True)


def test_a_named_network_takes_its_own_preprocessing(tmp_path: Path) -> None:
    path = weights(tmp_path, "timm/tf_efficientnet_lite0", 5, channels=1)
    loaded = load_model(ModelConfig(source="checkpoint", path=path, arch="timm/tf_efficientnet_lite0"))
    assert loaded.input_shape == (1, 224, 224)
    assert (loaded.mean, loaded.std, loaded.resize, loaded.interpolation) == ((0.5,), (0.5,), 256, "bicubic")


@pytest.mark.parametrize(
    "typed", ["timm/resnet18.a2_in1k", "hf-hub:timm/resnet18.a2_in1k", "https://huggingface.co/timm/resnet18.a2_in1k"]
)
def test_names_are_taken_as_the_hub_writes_them(typed: str) -> None:
    config = build_config(typed, None, None, {}).model
    assert (config.source, config.name) == ("timm", "resnet18.a2_in1k")
    assert timm_models.weights_location(config.name) == ("timm/resnet18.a2_in1k", "model.safetensors")
    assert architecture(f"timm/{config.name}").default_preprocessing(1000, 3).size == 224


def test_unknown_weights_of_a_known_network_are_refused_with_the_known_ones() -> None:
    with pytest.raises(ArchitectureError, match="no weights 'b9_in1k' of resnet18") as caught:
        timm_models.describe("timm/resnet18.b9_in1k")
    assert "a1_in1k" in caught.value.cause and "timm/resnet18" in caught.value.hint


def test_published_weights_come_from_the_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = weights(tmp_path, "timm/lcnet_050", 1000)
    seen: list[tuple[int, int]] = []

    def download(repository: str, file: str, tqdm_class: Any) -> str:
        assert (repository, file) == ("timm/lcnet_050.ra2_in1k", "model.safetensors")
        with tqdm_class(total=10, name="x") as bar:
            bar.update(10)
        return str(path)

    monkeypatch.setattr("huggingface_hub.hf_hub_download", download)
    config = ModelConfig(source="timm", name="lcnet_050")
    loaded = load_model(config, progress=lambda *now: seen.append(now))
    assert (loaded.arch, loaded.num_classes, loaded.class_names[1]) == ("timm/lcnet_050", 1000, "goldfish")
    assert seen == [(10, 10)]
    with pytest.raises(StoppedError):
        load_model(config, stop=lambda: True)


def test_without_a_network_the_hint_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def download(*_args: Any, **_kwargs: Any) -> str:
        raise OSError("no route to host")

    monkeypatch.setattr("huggingface_hub.hf_hub_download", download)
    with pytest.raises(ModelError, match="can't be downloaded") as caught:
        load_model(ModelConfig(source="timm", name="repvgg_a0"))
    assert "architecture timm/repvgg_a0" in caught.value.hint


@pytest.mark.parametrize(("written", "first"), [
    ("ecaresnet26t", "timm/ecaresnet26t"), ("timm:resnet26d", "timm/resnet26d"), ("timm/resnet26dd", "timm/resnet26d"),
    ("resnet-18", "resnet18"), ("ResNet_50", "resnet50"),
])
def test_the_name_that_was_meant_comes_first(written: str, first: str) -> None:
    with pytest.raises(ArchitectureError) as caught:
        architecture(written)
    assert caught.value.cause.startswith(f"Similar names: {first}")


def test_unknown_names_and_a_missing_timm(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ArchitectureError, match="timm has no model called 'resnet9000'"):
        load_model(ModelConfig(source="timm", name="resnet9000"))
    monkeypatch.setattr(timm_models, "installed", lambda: False)
    with pytest.raises(ModelError, match="needs the package timm"):
        load_model(ModelConfig(source="timm", name="fbnetv3_b"))
    assert timm_models.usual_names() == ()
