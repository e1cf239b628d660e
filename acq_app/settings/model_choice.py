"""Choosing a model or a test set: the few settings that change together."""

from __future__ import annotations

from pathlib import Path

from acq_app.settings.run_settings import RunSettings
from acq_engine.settings import ModelConfig, RunConfig


def choose_sample(model: RunSettings) -> bool:
    """Take the built-in sample and its test images."""
    return _choose(model, ModelConfig(), "sample")


def choose_checkpoint(model: RunSettings, path: Path) -> bool:
    """Take a file with weights; what belonged to the model before is forgotten."""
    return _choose(model, ModelConfig(source="checkpoint", name=path.stem, path=path), path.name)


def choose_torchvision(model: RunSettings, name: str) -> bool:
    """Take one of torchvision's classifiers with its published weights."""
    return _choose(model, ModelConfig(source="torchvision", name=name), name)


def choose_timm(model: RunSettings, name: str) -> bool:
    """Take one of timm's classifiers with its published weights."""
    return _choose(model, ModelConfig(source="timm", name=name), name)


def _choose(model: RunSettings, chosen: ModelConfig, text: str) -> bool:
    if model.locked or chosen == model.config.model:
        return False
    config = model.config
    quantization = config.quantization.model_copy(update={"layer_bits": {}})
    generator = config.generator.model_copy(update={"attention_layer": ""})
    test_set = config.test_set
    if chosen.source != config.model.source or chosen.source == "sample":
        # Test images of another model say nothing about this one.
        test_set = RunConfig().test_set
    updates = {"model": chosen, "quantization": quantization, "generator": generator, "test_set": test_set}
    model.replace(config.model_copy(update=updates, deep=True), text)
    return True


def choose_test_set(model: RunSettings, path: Path | None) -> bool:
    """Take test images; None takes them away (the sample keeps its own)."""
    return model.set_values({"test_set.path": path, "test_set.use_sample": True})
