"""Presets on networks of every size."""

from __future__ import annotations

import torchvision

from acq_engine.models import LoadedModel, load_model
from acq_engine.pipeline.preset_scaling import scale_preset
from acq_engine.settings import ModelConfig, RunConfig
from acq_engine.settings.presets import with_preset


def large() -> LoadedModel:
    module = torchvision.models.mobilenet_v2(weights=None).eval()
    return LoadedModel(module, "large", "mobilenet_v2", 1000, (3, 224, 224), (0.5,) * 3, (0.25,) * 3)


def test_a_small_network_gets_the_preset_as_it_is() -> None:
    config = with_preset(RunConfig(), "balanced")
    assert scale_preset(config, load_model(ModelConfig())) == (config, "")


def test_a_large_network_gets_smaller_batches_and_fewer_steps() -> None:
    config = with_preset(RunConfig(), "balanced")
    cut, said = scale_preset(config, large())
    for name in ("warmup_steps", "finetune_steps", "generator_batch", "student_batch", "calibration_samples"):
        assert getattr(cut.schedule, name) < getattr(config.schedule, name)
    assert cut.schedule.generator_batch % 8 == 0
    assert f"{cut.schedule.warmup_steps} and {cut.schedule.finetune_steps}" in said
    assert config == with_preset(RunConfig(), "balanced")  # what was given stays as it was


def test_steps_that_the_user_chose_stay() -> None:
    config = with_preset(RunConfig(), "balanced")
    config.schedule.warmup_steps = 601
    assert scale_preset(config, large()) == (config, "")


def test_what_was_cut_is_not_cut_again() -> None:
    once, _ = scale_preset(with_preset(RunConfig(), "fast"), large())
    assert scale_preset(once, large()) == (once, "")


def test_a_more_patient_preset_stays_the_longer_one() -> None:
    steps = [scale_preset(with_preset(RunConfig(), name), large())[0].schedule.finetune_steps
             for name in ("fast", "balanced", "accurate")]
    assert steps == sorted(steps)
    assert len(set(steps)) == 3
