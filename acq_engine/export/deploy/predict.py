"""Classify images with an exported model: python predict.py IMAGE...

Needs onnxruntime, numpy and pillow, nothing else. How an image becomes the model's input is in the model file.
The next export into this folder overwrites this program: rename it before changing it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # ONNX Runtime reads it when it is imported

import numpy as np
import onnxruntime
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


def predict(session: Any, path: Path) -> Any:
    """Scores (classes,) of a picture."""
    how = json.loads(session.get_modelmeta().custom_metadata_map["preprocessing"])
    pixels = read_picture(path, how)[None]
    entry = session.get_inputs()[0]
    if entry.name == "pixels":  # the model normalises by itself
        return session.run(None, {"pixels": pixels})[0][0]
    scaled = pixels.transpose(0, 3, 1, 2).astype(np.float32) / np.float32(255)
    mean, std = (np.array(how[name], dtype=np.float32).reshape(1, -1, 1, 1) for name in ("mean", "std"))
    return session.run(None, {entry.name: (scaled - mean) / std})[0][0]


def main() -> int:
    """Print the most likely classes of each picture; 1 when one of them can't be read."""
    parser = argparse.ArgumentParser(description="Classify images with an exported model.")
    parser.add_argument("pictures", nargs="+", type=Path, metavar="IMAGE")
    parser.add_argument("--model", type=Path, help="the ONNX file; default: the one next to this program")
    parser.add_argument("--top", type=int, default=3, help="number of classes to print")
    options = parser.parse_args()
    model = options.model or next(iter([*_HERE.glob("model.onnx"), *sorted(_HERE.glob("*.onnx"))]), None)
    if model is None:
        parser.error("there is no ONNX file next to this program; specify one with --model")
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    names = json.loads(session.get_modelmeta().custom_metadata_map["class_names"])
    unread = 0
    for path in options.pictures:
        try:
            scores = predict(session, path)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            print(f"{path}: {error}", file=sys.stderr)
            unread = 1
            continue
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        print(path)
        for index in np.argsort(-scores, kind="stable")[:options.top]:
            print(f"  {names[index] if names else index}: {100 * shares[index]:.1f} %")
    return unread


if __name__ == "__main__":
    sys.exit(main())
