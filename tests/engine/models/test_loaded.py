"""LoadedModel: figures, attention layers, pixels in and out, and its copy in a run folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from acq_engine.errors import ModelError, ModelFileError
from acq_engine.models import LoadedModel, load_model, load_teacher, save_teacher
from acq_engine.models.inspect import inspect_model
from acq_engine.models.loaded import match_channels, prepare
from acq_engine.models.preprocessing import Preprocessing
from acq_engine.models.pretrained import Published
from acq_engine.models.registry import architecture
from acq_engine.models.sources import _published
from acq_engine.settings import ModelConfig, QuantizationConfig


@pytest.fixture(scope="module")
def sample() -> LoadedModel:
    return load_model(ModelConfig())


def build(name: str, size: int, classes: int = 10) -> LoadedModel:
    module = prepare(architecture(name).build(classes, 3))
    return LoadedModel(module, name, name, classes, (3, size, size), (0.5,) * 3, (0.5,) * 3)


def test_a_single_number_is_no_answer_of_a_classifier() -> None:
    with pytest.raises(ModelError, match="single output"):
        build("cifar_resnet20", 32, classes=1).check_output()


def test_the_sample_s_summary(sample: LoadedModel) -> None:
    summary = sample.summary()
    assert (summary.parameters, summary.bn_layers, summary.num_classes) == (77754, 9, 10)
    assert summary.input_shape == (1, 32, 32)
    assert summary.class_names[0] == "T-shirt/top"
    assert summary.attention_layer == summary.attention_layers[0] == "layer3"
    assert sample.summary("layer2").attention_layer == "layer2"


@pytest.mark.parametrize(
    ("name", "size", "layer"),
    [("cifar_resnet20", 32, "layer3"), ("resnet18", 64, "layer4"), ("vgg11_bn", 64, "features"),
     ("mobilenet_v2", 64, "features"), ("efficientnet_lite0", 64, "_act"), ("shufflenet_v2_x0_5", 64, "conv5"),
     ("googlenet", 64, "inception5b"), ("densenet121", 64, "features")],
)
def test_the_last_stage_before_pooling_is_the_attention_layer(name: str, size: int, layer: str) -> None:
    assert build(name, size).default_attention_layer() == layer


def test_a_too_small_input_is_refused_in_words() -> None:
    with pytest.raises(ModelError, match=r"no layer with feature maps|can't process an image"):
        build("vgg11_bn", 8).default_attention_layer()


def test_taps_see_what_the_layer_gave_back() -> None:
    """In-place activations must not overwrite a batch norm's output after a tap has seen it."""
    loaded = build("resnet18", 32)
    seen: dict[str, torch.Tensor] = {}
    loaded.module.get_submodule("bn1").register_forward_hook(lambda _m, _i, output: seen.update(bn=output))
    loaded.module(torch.randn(2, 3, 32, 32))
    assert float(seen["bn"].min()) < 0


def test_pixels_survive_the_way_in_and_out(sample: LoadedModel) -> None:
    pixels = np.arange(256, dtype=np.uint8).repeat(4).reshape(1, 32, 32)
    x = sample.to_model_input(pixels)
    assert x.shape == (1, 1, 32, 32) and x.dtype == torch.float32
    assert float(x[0, 0, 0, 0]) == pytest.approx(-sample.mean[0] / sample.std[0])
    shown = sample.to_display(x)
    assert shown.shape == (1, 32, 32, 3)
    assert np.array_equal(shown[..., 0], pixels)
    many = replace(sample, input_shape=(5, 28, 28), mean=(0.0,) * 5, std=(1.0,) * 5)
    assert many.to_display(torch.full((2, 5, 28, 28), 0.5)).shape == (2, 28, 28, 3), "other sensors are shown in grey"
    assert sample.to_display(x * 100).max() == 255 and sample.to_display(x * float("nan")).max() == 0


def test_grey_and_colour_are_converted() -> None:
    colour = np.zeros((1, 2, 2, 3), dtype=np.uint8)
    colour[..., 1] = 255
    assert match_channels(colour, 1).tolist() == [[[[150], [150]], [[150], [150]]]]
    assert match_channels(match_channels(colour, 1), 3).shape == (1, 2, 2, 3)


def test_the_teacher_in_a_run_folder_is_the_same(sample: LoadedModel, tmp_path: Path) -> None:
    save_teacher(sample, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["teacher.json", "teacher.safetensors"]
    again = load_teacher(tmp_path)
    x = torch.randn(2, 1, 32, 32)
    assert torch.equal(again.module(x), sample.module(x))
    assert again.summary() == sample.summary()
    assert (again.sha256, again.mean, again.std) == (sample.sha256, sample.mean, sample.std)


def test_a_changed_teacher_is_refused(sample: LoadedModel, tmp_path: Path) -> None:
    save_teacher(sample, tmp_path)
    state = load_file(tmp_path / "teacher.safetensors")
    save_file({**state, "fc.bias": state["fc.bias"] + 1}, tmp_path / "teacher.safetensors")
    with pytest.raises(ModelFileError, match="not the ones that the run was started with"):
        load_teacher(tmp_path)
    (tmp_path / "teacher.json").write_text("{")
    with pytest.raises(ModelFileError, match="description is damaged"):
        load_teacher(tmp_path)
    (tmp_path / "teacher.json").unlink()
    with pytest.raises(ModelFileError, match="has no teacher"):
        load_teacher(tmp_path)


def test_inspection_counts_what_is_there(sample: LoadedModel) -> None:
    found = inspect_model(sample, QuantizationConfig(layer_bits={"layer2.0.conv2": 6}))
    rows = {row.name: row for row in found.rows}
    assert found.rows[0].name == "" and found.rows[0].parameters == found.parameters == 77754
    assert rows["conv1"].output_shape == (16, 32, 32)
    assert rows["conv1"].multiply_adds == 16 * 9 * 32 * 32
    assert rows["layer1"].multiply_adds == 2 * 16 * 16 * 9 * 32 * 32
    assert rows["fc"].multiply_adds == 640
    assert found.multiply_adds == sum(row.multiply_adds for row in found.rows if row.quantizable)
    assert (found.batch_norms, found.quantizable) == (9, 10)
    assert rows["bn1"].is_batch_norm and not rows["bn1"].quantizable
    assert [rows[name].weight_bits for name in ("conv1", "layer1.0.conv1", "layer2.0.conv2", "fc")] == [8, 4, 6, 8]


def test_a_model_that_was_never_trained_is_warned_about() -> None:
    fresh = build("cifar_resnet20", 32)
    assert "never trained" in fresh.warnings()[0] and fresh.warnings()[0] in inspect_model(fresh).notes
    with torch.no_grad():
        fresh.module.get_submodule("layer1.0.bn1").running_mean[0] = 0.25  # type: ignore[operator]
    assert fresh.warnings() == ()
    assert not inspect_model(fresh).notes


def test_imagenet_preprocessing_is_not_added_to_inception_s_own() -> None:
    state = architecture("googlenet").build(10, 3).state_dict()
    published = Published(Preprocessing(64, (0.5,) * 3, (0.5,) * 3), (), ())
    plain = _published(ModelConfig(source="torchvision", name="googlenet"), "googlenet", (dict(state), published))
    config = ModelConfig(source="torchvision", name="googlenet", preprocessing="imagenet")
    named = _published(config, "googlenet", (dict(state), published))
    assert named.mean == plain.mean == (0.5,) * 3 and named.std == plain.std
    assert "from -1 to 1" in named.notes[0] and not plain.notes
