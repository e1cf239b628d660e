"""What lies beside exported files, so that they can be used at once: `predict.py` and a README."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from acq_engine import __version__
from acq_engine.export.info import ExportInfo, ModelFacts
from acq_engine.files import storage_errors, write_atomic
from acq_engine.quantization.model import QuantizedModel

PROGRAM, README = "predict.py", "README.md"
RUNTIMES = {"onnx": "onnxruntime", "onnx-int4": "onnxruntime", "tflite": "ai-edge-litert",
            "openvino": "openvino", "tensorrt": "onnxruntime"}
"""Formats that predict.py runs, and the package that it needs for them."""
LARGEST_BATCH = 64  # of the engine that the README's command builds

# How our program begins, and how it began in earlier versions.
_PROGRAM_MARKS = ('"""Classify images with an exported model:', '"""Classify pictures with an exported model:')
_README_MARK = "<!-- Written by ACQ Studio"


def write_deploy_files(
    folder: Path, files: Sequence[ExportInfo], student: QuantizedModel, about: ModelFacts
) -> tuple[Path, ...]:
    """Write predict.py and README.md into `folder`; files of the same name that are not ours stay as they are.

    Args:
        folder: Where the exported files lie.
        files: Those files; predict.py comes only if it can run one of them, which takes pictures (1 or 3 channels).
        student: What they were exported from.
        about: The float model.

    Returns:
        What was written.

    Raises:
        StorageError: they can't be written.
    """
    wanted = {README: _readme(files, student, about)}
    if any(info.format in RUNTIMES for info in files) and _takes_pictures(about):
        wanted[PROGRAM] = (Path(__file__).parent / PROGRAM).read_text(encoding="utf-8")
    written = []
    for name, text in wanted.items():
        path = folder / name
        with storage_errors("The files next to the exported model could not be written.", path):
            if path.exists() and not _is_ours(path):
                continue
            write_atomic(path, text.encode("utf-8"))
        written.append(path)
    return tuple(written)


def _takes_pictures(about: ModelFacts) -> bool:
    return about.input_shape[0] in (1, 3)


def _layout(about: ModelFacts) -> str:
    channels, height, width = about.input_shape
    return f"batch, {height}, {width}, {channels}"


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(200).decode("utf-8", "replace")
    return start.startswith((*_PROGRAM_MARKS, _README_MARK))


def _readme(files: Sequence[ExportInfo], student: QuantizedModel, about: ModelFacts) -> str:
    bits = student.config
    by_format = {info.format: info for info in files}
    parts = [
        f"{_README_MARK} {__version__}; the next export replaces it. -->\n",
        f"# {about.name}, quantized\n",
        f"{bits.weight_text()}-bit weights, {bits.activation_text()}-bit activations, {bits.scheme()} scheme. "
        f"{about.num_classes:,} classes, input {' x '.join(map(str, about.input_shape))}. The float weights take "
        f"{about.float_bytes:,} bytes.\n",
        "| file | format | bytes |\n|---|---|---:|",
        *(f"| {info.path.name} | {info.format} | {info.bytes:,} |" for info in files), "",
    ]
    run = next((by_format[name] for name in RUNTIMES if name in by_format), None)
    if run is not None and _takes_pictures(about):
        parts.append(
            f"## Classify an image\n\n```\npip install {RUNTIMES[run.format]} numpy pillow\n"
            f"python {PROGRAM} --model {shlex.quote(run.path.name)} IMAGE\n```\n\n"
            f"`{PROGRAM}` reads from the file how an image becomes the model's input.\n"
        )
    if "tflite" in by_format:
        labels = "; the class names are in `labels.txt` in it" if about.class_names else ""
        parts.append(
            f"## On phones and boards\n\n`{by_format['tflite'].path.name}` takes `image` ({_layout(about)}) float32, "
            f"normalised, and gives `logits` ({about.num_classes:,} classes) float32; between them are 8-bit integers. "
            f"Its metadata have the mean and the standard deviation of pixels{labels}.\n"
        )
    if "openvino" in by_format:
        file = by_format["openvino"].path
        parts.append(
            f"## OpenVINO\n\n`{file.name}` needs `{file.with_suffix('.bin').name}` next to it. OpenVINO rounds in "
            "other places than the quantized model, so its outputs are near and not equal; `acq verify` measures how "
            "near.\n"
        )
    if "tensorrt" in by_format:
        file, image = by_format["tensorrt"].path, "x".join(map(str, about.input_shape))
        shapes = " ".join(f"--{name}Shapes=image:{count}x{image}"
                          for name, count in (("min", 1), ("opt", 16), ("max", LARGEST_BATCH)))
        parts.append(
            f"## TensorRT\n\n```\ntrtexec --onnx={shlex.quote(file.name)} --stronglyTyped {shapes} "
            "--saveEngine=model.engine\n```\n\nThe engine is for the card that it is built on. Codes are int8 with "
            "zero point 0; the weights are floats on their grid, of which TensorRT makes integers. TensorRT was not "
            "run when this was written: `acq verify` compares the file in ONNX Runtime.\n"
        )
    if "acq" in by_format:
        parts.append(
            "## Load it again\n\n```python\nimport acq_engine\n\n"
            f'model = acq_engine.load_quantized("{by_format["acq"].path.name}")\n```\n\n'
            "A torch module; it can be trained further and exported again.\n"
        )
    if "pt2" in by_format:
        parts.append(
            "## With torch alone\n\n```python\nimport torch\n\n"
            f'model = torch.export.load("{by_format["pt2"].path.name}")'
            ".module()\n```\n\nSuch files can run code when loaded: load them only from a trusted source.\n"
        )
    return "\n".join(parts)
