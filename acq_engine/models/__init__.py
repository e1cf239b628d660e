"""Where models come from. `load_model` turns the settings into a LoadedModel, whatever the source."""

from __future__ import annotations

from acq_engine.models.loaded import LoadedModel
from acq_engine.models.preprocessing import Preprocessing
from acq_engine.models.saved import load_teacher, save_teacher
from acq_engine.models.sources import Progress, load_model
from acq_engine.settings import ModelConfig

__all__ = ["LoadedModel", "ModelConfig", "Preprocessing", "Progress", "load_model", "load_teacher", "save_teacher"]
