"""A wrong preprocessing shows in the float model's accuracy, with the better one and what speaks for it."""

from __future__ import annotations

from dataclasses import replace

import torch

from acq_engine.models import load_model
from acq_engine.pipeline.preprocessing_check import preprocessing_doubt
from acq_engine.settings import ModelConfig, TestSetConfig
from acq_engine.test_sets.loading import load_test_set


def test_a_wrong_preprocessing_is_told_with_the_better_one() -> None:
    loaded = load_model(ModelConfig())
    test_set = load_test_set(TestSetConfig(use_sample=True), loaded)
    assert test_set is not None
    assert preprocessing_doubt(loaded, test_set, suspicious=False) is None
    wrong = replace(loaded, mean=(0.0,), std=(1 / 255,))
    doubt = preprocessing_doubt(wrong, test_set, suspicious=True)
    assert doubt is not None and "256 test images" in doubt.said and "--preprocessing" in doubt.said
    assert doubt.setting == "model.preprocessing" and doubt.taken == "own" and len(doubt.choices) == 2


def test_channels_in_the_wrong_order_are_told() -> None:
    class Reads(torch.nn.Module):
        """The class is the first channel's brightness."""

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            bright = x[:, 0].mean((1, 2))
            return torch.stack([-bright, bright], 1)

    sample = load_model(ModelConfig())
    loaded = replace(sample, module=Reads(), num_classes=2, input_shape=(3, 28, 28), mean=(0.5,) * 3, std=(0.5,) * 3,
                     class_names=())
    test_set = load_test_set(TestSetConfig(use_sample=True), sample)
    assert test_set is not None
    count = 200
    labels = torch.randint(0, 2, (count,), generator=torch.Generator().manual_seed(0)).numpy().astype("int64")
    images = torch.full((count, 28, 28, 3), 128, dtype=torch.uint8).numpy()
    images[..., 2] = labels[:, None, None] * 200  # the class stands in the last channel
    images[..., 0] = 100
    doubt = preprocessing_doubt(loaded, replace(test_set, images=images, labels=labels, class_names=()),
                                suspicious=False)
    assert doubt is not None and "blue, green, red" in doubt.said
    assert (doubt.setting, doubt.choices[1][0]) == ("model.channel_order", "bgr")
