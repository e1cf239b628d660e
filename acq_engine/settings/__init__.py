"""What a run is told: its settings by section, presets for them, and the one way to read them. No torch."""

from acq_engine.settings.fields import FEWEST_BITS, Bits
from acq_engine.settings.generator import GeneratorConfig
from acq_engine.settings.losses import LossWeights
from acq_engine.settings.model import ModelConfig
from acq_engine.settings.published import Published
from acq_engine.settings.quantization import Convention, QuantizationConfig
from acq_engine.settings.run_config import SCHEMA_VERSION, Method, Precision, RunConfig, config_error
from acq_engine.settings.schedule import Preset, ScheduleConfig
from acq_engine.settings.test_set import TestSetConfig

__all__ = [
    "FEWEST_BITS", "SCHEMA_VERSION", "Bits", "Convention", "GeneratorConfig", "LossWeights", "Method", "ModelConfig",
    "Precision", "Preset", "Published", "QuantizationConfig", "RunConfig", "ScheduleConfig", "TestSetConfig",
    "config_error",
]
