"""What the first batch norm remembers tells a wrong preprocessing and a wrong order of channels, without any image."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from acq_engine.errors import ArchitectureError, Question
from acq_engine.models import LoadedModel, load_model
from acq_engine.models.channel_order import take_rgb
from acq_engine.models.input_statistics import input_questions, input_statistics
from acq_engine.models.preprocessing import PRESETS
from acq_engine.models.statistics_check import noise_images
from acq_engine.settings import ModelConfig

DATA = Path(os.environ.get("ACQ_SHARED_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))
COLOUR = (0.48, 0.45, 0.40)  # of photographs


def trained(preprocessing: str, *, bgr: bool = False, colour: tuple[float, ...] = COLOUR) -> LoadedModel:
    """A network whose batch norms have seen images of that mean colour, prepared so."""
    torch.manual_seed(0)
    module = nn.Sequential(nn.Conv2d(3, 24, 3, 2, 1, bias=False), nn.BatchNorm2d(24, momentum=None), nn.ReLU(),
                           nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(24, 10))
    mean, std = PRESETS[preprocessing]
    loaded = LoadedModel(module, "m", "m", 10, (3, 32, 32), mean, std)
    pixels = noise_images(64, (3, 32, 32)).roll(1, 0)
    pixels = pixels - pixels.mean((0, 2, 3), keepdim=True) + torch.tensor(colour).view(1, 3, 1, 1)
    mean_, std_ = loaded.normalisation()
    x = (pixels.clamp(0, 1) - mean_) / std_
    module.train()(x.flip(1) if bgr else x)
    module.eval()
    return loaded


def doubts(loaded: LoadedModel, preprocessing: str = "", *, explicit: bool = False) -> dict[str, Question]:
    if preprocessing:
        mean, std = PRESETS[preprocessing]
        loaded = replace(loaded, mean=mean, std=std)
    return {question.setting: question for question in input_questions(loaded, explicit=explicit)}


@pytest.mark.parametrize("right", ["imagenet", "0..1", "-1..1", "0..255"])
def test_a_wrong_preprocessing_is_told_and_the_right_one_offered(right: str) -> None:
    loaded = trained(right)
    assert doubts(loaded) == {}
    for wrong in ("imagenet", "0..1", "-1..1", "0..255"):
        found = doubts(loaded, wrong)
        assert set(found) == (set() if wrong == right else {"model.preprocessing"}), (right, wrong)
        if wrong != right:
            question = found["model.preprocessing"]
            assert question.taken == question.choices[0][0] == wrong
            assert right in [value for value, _ in question.choices[1:]]
            assert "which is not usual for photographs" in question.cause and "may not be" in question.message


def test_the_mean_colour_is_found_to_a_hundredth() -> None:
    loaded = trained("-1..1", colour=(0.3, 0.6, 0.5))
    found = input_statistics(loaded)
    assert found is not None
    assert found.pixels(loaded.mean, loaded.std) == pytest.approx((0.3, 0.6, 0.5), abs=0.02)
    assert 0.2 < found.pixel_contrast(loaded.std) < 0.3


def test_the_training_s_own_mean_and_deviation_are_no_doubt() -> None:
    """Dark images with little contrast, standardised with their own figures, which the user gives."""
    loaded = replace(trained("imagenet"), mean=(0.1,) * 3, std=(0.08,) * 3)
    assert doubts(loaded, explicit=True) == {} and "model.preprocessing" in doubts(loaded)


def test_channels_in_another_order_are_doubted_and_put_right() -> None:
    loaded = trained("-1..1", bgr=True)
    question = doubts(loaded)["model.channel_order"]
    assert question.taken == "rgb" and [value for value, _ in question.choices] == ["rgb", "bgr"]
    assert "0.40, 0.45, 0.48" in question.cause and "uncertain" in question.message
    x = torch.randn(2, 3, 32, 32)
    before = loaded.module(x.flip(1))
    take_rgb(loaded.module, loaded.input_shape)
    torch.testing.assert_close(loaded.module(x), before)
    assert doubts(loaded) == {}


def test_nothing_is_said_where_nothing_can_be_told() -> None:
    loaded = trained("0..1")
    fresh = nn.BatchNorm2d(24)
    first, _, *others = loaded.module.children()
    assert doubts(replace(loaded, module=nn.Sequential(first, fresh, *others)), "0..255") == {}
    behind_relu = nn.Sequential(nn.Conv2d(3, 3, 1), nn.ReLU(), loaded.module)
    assert input_statistics(replace(loaded, module=behind_relu)) is None
    grey_world = trained("imagenet", colour=(0.46, 0.45, 0.46))
    assert doubts(grey_world) == {}


class Twice(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(x).mean((2, 3)) + x[:, :1].mean((2, 3))


def test_an_order_that_can_t_be_changed_is_refused() -> None:
    with pytest.raises(ArchitectureError, match="can't be changed") as caught:
        take_rgb(Twice().eval(), (3, 8, 8))
    assert "x.flip(1)" in caught.value.hint
    with pytest.raises(ArchitectureError, match="can't be changed"):
        take_rgb(nn.Flatten(), (3, 8, 8))


@pytest.mark.real
@pytest.mark.parametrize(("file", "wrong"), [
    ("cifar10/resnet20.safetensors", ("0..1", "-1..1", "0..255")),
    ("imagenet/efficientnet_lite0.safetensors", ("imagenet", "0..1", "0..255")),
])
def test_trained_models_raise_no_false_alarm(file: str, wrong: tuple[str, ...]) -> None:
    if not (DATA / file).is_file():
        pytest.skip(f"{DATA} is not there")
    config = ModelConfig(source="checkpoint", path=DATA / file)
    loaded = load_model(config)
    assert loaded.questions == ()
    for name in wrong:
        assert "model.preprocessing" in doubts(loaded, name), name


def test_the_built_in_sample_raises_no_false_alarm() -> None:
    assert doubts(load_model(ModelConfig())) == {}
    (question,) = load_model(ModelConfig(preprocessing="0..255")).questions
    assert question.setting == "model.preprocessing"
