"""Graph conversion, fake quantizers, calibration and sensitivity."""

from acq_engine.quantization.calibration import calibrate
from acq_engine.quantization.layers import ActivationQuantizer, QuantizedLayer
from acq_engine.quantization.model import QuantizedModel, quantize_model

__all__ = ["ActivationQuantizer", "QuantizedLayer", "QuantizedModel", "calibrate", "quantize_model"]
