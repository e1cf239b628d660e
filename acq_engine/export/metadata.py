"""What an exported file says about itself: preprocessing, classes, bits, where it comes from."""

from __future__ import annotations

import json
from typing import Any

from acq_engine import __version__
from acq_engine.export.info import ModelFacts
from acq_engine.models.preprocessing import CROP_WITHOUT_RESIZE, shorter_side
from acq_engine.quantization.model import QuantizedModel

SCHEMA_VERSION = "1"  # of these entries; in ONNX files all of them are text
RUNTIME = "runtime"  # of an ONNX file that is for one runtime only


def describe(student: QuantizedModel, about: ModelFacts, layout: str = "NCHW") -> dict[str, str]:
    """Metadata of the quantized model's file; structured values are JSON. `layout` is the input's."""
    config = student.config
    average = config.average_activation_bits()
    allocated = {} if average is None else {"mean_activation_bits": f"{average:g}"}
    return {
        **describe_float(about, layout),
        "convention": config.convention,
        "weight_bits": str(config.weight_bits),
        "activation_bits": str(config.activation_bits),
        **allocated,
        "shortcut_bits": str(config.bits_of_shortcuts()),
        "layer_bits": _json({layer.name: layer.bits for layer in student.layers()}),
    }


def describe_float(about: ModelFacts, layout: str = "NCHW") -> dict[str, str]:
    """The part of `describe` that holds for the float model as well."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": f"ACQ Studio {__version__}",
        "model": about.name,
        "arch": about.arch,
        "teacher_sha256": about.sha256,
        "class_names": _json(list(about.class_names)),
        "preprocessing": _json(preprocessing(about) | {"layout": layout}),
    }


def preprocessing(about: ModelFacts) -> dict[str, Any]:
    """How an image becomes the input, for `predict.py` and for people."""
    return {
        "layout": "NCHW",
        "channels": {1: "grey", 3: "RGB"}.get(about.input_shape[0], f"{about.input_shape[0]} channels"),
        "input_shape": list(about.input_shape),
        "resize": shorter_side(about.input_shape, about.resize),
        "interpolation": about.interpolation,
        "crop": "centre",
        "crop_up_to": CROP_WITHOUT_RESIZE,
        "scale": "pixel / 255, then (x - mean) / std",
        "mean": list(about.mean),
        "std": list(about.std),
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
