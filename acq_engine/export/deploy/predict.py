"""Classify images with an exported model: python predict.py IMAGE...

Needs numpy and pillow, and onnxruntime for .onnx files, ai-edge-litert for .tflite files or openvino for .xml files.
How an image becomes the model's input is in the model file.
The next export into this folder overwrites this program: rename it before changing it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

_HERE = Path(__file__).resolve().parent
_FILTERS = {
    "nearest": Image.Resampling.NEAREST, "bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC,
}


def read_picture(path: Path, how: dict[str, Any]) -> Any:
    """A picture as pixels (H, W, C), uint8: resized unless it nearly fits, then cropped in its middle."""
    channels, height, width = how["input_shape"]
    if channels not in (1, 3):
        raise ValueError(f"the model takes {channels} channels, but an image has 1 or 3")
    with Image.open(path) as file:
        size, (shorter, wanted) = file.size, (min(file.size), max(height, width))
        if not wanted <= shorter <= wanted * how["crop_up_to"]:
            target = how["resize"]
            size = tuple(max(round(side * target / shorter), target) for side in size)
            file.draft("RGB", size)  # a large JPEG need not be unpacked whole
        picture = with_eight_bits(file).convert("L" if channels == 1 else "RGB")
    if picture.size != size:
        picture = picture.resize(size, _FILTERS[how["interpolation"]])
    left, top = round((picture.width - width) / 2), round((picture.height - height) / 2)
    pixels = np.asarray(picture.crop((left, top, left + width, top + height)), dtype=np.uint8)
    return pixels.reshape(height, width, channels)


def with_eight_bits(picture: Image.Image) -> Image.Image:
    """A picture of 16 bits a pixel as one of 8: Pillow itself would cut off all above 255."""
    if picture.mode in ("I", "I;16", "I;16L", "I;16B", "I;16N"):
        values = np.asarray(picture).astype(np.int64)
        if values.min() < 0 or values.max() > 65535:
            raise ValueError("its values exceed 16 bits")
        return Image.fromarray(((values + 128) // 257).astype(np.uint8))
    if picture.mode == "F":
        raise ValueError("its values are fractions, and their range is unknown")
    return picture


class OnnxModel:
    """An .onnx file in ONNX Runtime."""

    def __init__(self, path: Path) -> None:
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # ONNX Runtime reads it when it is imported
        import onnxruntime

        self._session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        about = self._session.get_modelmeta().custom_metadata_map
        self.how, self.names = json.loads(about["preprocessing"]), json.loads(about["class_names"])

    def scores(self, pixels: Any) -> Any:
        """Scores (classes,) of a picture's pixels (H, W, C)."""
        entry = self._session.get_inputs()[0]
        if entry.name == "pixels":  # the model normalises by itself
            return self._session.run(None, {"pixels": pixels[None]})[0][0]
        values = normalised(pixels, self.how).transpose(2, 0, 1)[None]
        return self._session.run(None, {entry.name: np.ascontiguousarray(values)})[0][0]


class LitertModel:
    """A .tflite file in LiteRT."""

    def __init__(self, path: Path) -> None:
        from ai_edge_litert.interpreter import Interpreter

        with zipfile.ZipFile(path) as archive:  # behind the model itself
            about = json.loads(archive.read("acq.json"))
        self._interpreter = Interpreter(model_path=str(path))
        self._interpreter.allocate_tensors()
        self.how, self.names = json.loads(about["preprocessing"]), json.loads(about["class_names"])

    def scores(self, pixels: Any) -> Any:
        """Scores (classes,) of a picture's pixels (H, W, C)."""
        (entry,), (result,) = self._interpreter.get_input_details(), self._interpreter.get_output_details()
        self._interpreter.set_tensor(entry["index"], normalised(pixels, self.how)[None])
        self._interpreter.invoke()
        return self._interpreter.get_tensor(result["index"])[0]


class OpenvinoModel:
    """An .xml file, with its .bin file beside it, in OpenVINO."""

    def __init__(self, path: Path) -> None:
        import openvino

        model = openvino.Core().read_model(str(path))
        self.how, self.names = (json.loads(model.get_rt_info(["acq", name]).astype(str))
                                for name in ("preprocessing", "class_names"))
        self._model = openvino.compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})

    def scores(self, pixels: Any) -> Any:
        """Scores (classes,) of a picture's pixels (H, W, C)."""
        values = normalised(pixels, self.how).transpose(2, 0, 1)[None]
        return self._model([np.ascontiguousarray(values)])[0][0]


def normalised(pixels: Any, how: dict[str, Any]) -> Any:
    """Pixels (H, W, C) as the model's input in the same order."""
    mean, std = (np.array(how[name], dtype=np.float32) for name in ("mean", "std"))
    return (pixels.astype(np.float32) / np.float32(255) - mean) / std


def main() -> int:
    """Print the most likely classes of each picture; 1 when one of them can't be read."""
    parser = argparse.ArgumentParser(description="Classify images with an exported model.")
    parser.add_argument("pictures", nargs="+", type=Path, metavar="IMAGE")
    parser.add_argument("--model", type=Path, help="the .onnx, .tflite or .xml file; default: next to this program")
    parser.add_argument("--top", type=int, default=3, help="number of classes to print")
    options = parser.parse_args()
    endings = ("model.onnx", "*.onnx", "*.tflite", "*.xml")
    beside = [path for ending in endings for path in sorted(_HERE.glob(ending))]
    path = options.model or next(iter(beside), None)
    if path is None:
        parser.error("there is no .onnx, .tflite or .xml file next to this program; specify one with --model")
    model: Any = {".tflite": LitertModel, ".xml": OpenvinoModel}.get(path.suffix.lower(), OnnxModel)(path)
    unread = 0
    for picture in options.pictures:
        try:
            scores = model.scores(read_picture(picture, model.how))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            print(f"{picture}: {error}", file=sys.stderr)
            unread = 1
            continue
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        print(picture)
        for index in np.argsort(-scores, kind="stable")[:options.top]:
            print(f"  {model.names[index] if model.names else index}: {100 * shares[index]:.1f} %")
    return unread


if __name__ == "__main__":
    sys.exit(main())
