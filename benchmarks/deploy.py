"""What exported files are worth: size, exactness, agreement and latency of every format, model and number of bits.

    python -m benchmarks.deploy --data ../shared/data
    python -m benchmarks.deploy --short
    python -m benchmarks.deploy --formats tflite openvino --bits 4,4 8,8   # beside the float and the own ONNX file

Students are calibrated on smooth noise and not fine-tuned: what is shown does not depend on accuracy, and none is
shown. ResNet-18 has random weights: its size and speed are those of a trained one.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor

from acq_engine.evaluation.machine import machine
from acq_engine.export import FORMATS
from acq_engine.export.info import facts
from acq_engine.export.onnx.float_model import export_float_onnx
from acq_engine.export.verify.comparison import student_logits
from acq_engine.export.verify.integer_reference import IntegerReference
from acq_engine.export.verify.latency import latency
from acq_engine.export.verify.litert_reference import LitertExecutor
from acq_engine.export.verify.proof import predictor
from acq_engine.models import LoadedModel, load_model
from acq_engine.models.loaded import prepare
from acq_engine.quantization import QuantizedModel, calibrate, quantize_model
from acq_engine.quantization.integer import IntegerExecutor
from acq_engine.settings import ModelConfig, QuantizationConfig, TestSetConfig
from acq_engine.test_sets.loading import load_test_set

SETTINGS = ((2, 4), (3, 3), (4, 4), (6, 6), (8, 8))
TITLES = ("model", "bits", "format", "bytes", "float / file", "exact rows, %", "agreement, %",
          "batch 1: float, file, ms", "speed-up", "batch 16: float, file, ms", "speed-up")


@dataclass(frozen=True)
class Case:
    """A model, the pictures to check its exports on, and the settings to try: (weights, activations, edge bits)."""

    loaded: LoadedModel
    images: Tensor
    settings: tuple[tuple[int, int, int | None], ...]


def smooth_noise(count: int, shape: tuple[int, ...]) -> Tensor:
    """(count, C, H, W) with mean 0 and deviation 1: noise with large and small structures, as pictures have."""
    draw = torch.Generator().manual_seed(0)
    total = torch.zeros(count, *shape)
    for cells in (2, 4, 8, 16):
        noise = torch.randn(count, shape[0], cells, cells, generator=draw)
        total += F.interpolate(noise, size=shape[1:], mode="bilinear") * (4 / cells)
    return (total - total.mean((1, 2, 3), keepdim=True)) / total.std((1, 2, 3), keepdim=True)


def cases(data: Path, short: bool) -> Iterator[Case]:
    """What is there of the models."""
    plain = tuple((weights, activations, None) for weights, activations in SETTINGS)
    yield _tested(load_model(ModelConfig()), TestSetConfig(limit=512), plain[2:3] if short else plain)
    cifar, imagenet = data / "cifar10", data / "imagenet"
    if not short and cifar.is_dir():
        model = ModelConfig(source="checkpoint", path=cifar / "resnet20.safetensors", arch="cifar_resnet20")
        yield _tested(load_model(model), TestSetConfig(path=cifar / "test_0000_4999.npz", limit=512), plain)
    if not short and imagenet.is_dir():
        model = ModelConfig(source="checkpoint", path=imagenet / "efficientnet_lite0.safetensors")
        settings = (*plain, (4, 4, 8))
        yield _tested(load_model(model), TestSetConfig(path=imagenet / "val", limit=200), settings)
    yield _random_resnet18()


def _tested(loaded: LoadedModel, config: TestSetConfig, settings: tuple[tuple[int, int, int | None], ...]) -> Case:
    test_set = load_test_set(config, loaded)
    assert test_set is not None
    return Case(loaded, loaded.to_model_input(test_set.images), settings)


def _random_resnet18() -> Case:
    import torchvision

    torch.manual_seed(0)
    net = torchvision.models.resnet18(weights=None)
    shape, colours = (3, 224, 224), (0.5, 0.5, 0.5)
    with torch.no_grad():  # statistics as training would leave them: activations stay in range
        net(smooth_noise(8, shape))
    loaded = LoadedModel(prepare(net), "resnet18 (random)", "resnet18", 1000, shape, colours, colours)
    return Case(loaded, smooth_noise(200, shape), ((4, 4, None),))


def student_of(
    case: Case, weights: int, activations: int, edge: int | None,
    grid: Literal["asymmetric", "symmetric"] = "asymmetric",
) -> QuantizedModel:
    """Calibrated, not trained."""
    config = QuantizationConfig(weight_bits=weights, activation_bits=activations, edge_bits=edge, activation_grid=grid,
                                rounding="nearest")  # what is measured here does not depend on it
    count = 8 if case.loaded.input_shape[1] > 64 else 64
    noise = smooth_noise(count, case.loaded.input_shape)
    student = quantize_model(case.loaded.module, noise[:2], config)
    calibrate(student, noise.split(8), config)
    return student.eval()  # where it computes as a runtime does


def rows(
    case: Case, bits: tuple[int, int, int | None], folder: Path, threads: int, formats: Sequence[str], seconds: float,
    clock: Callable[[], float],
) -> Iterator[tuple[str, ...]]:
    """One row of the table for each format; TensorRT's has a student of its own, without zero points."""
    if "tensorrt" in formats and len(formats) > 1:
        for some in ([kind for kind in formats if kind != "tensorrt"], ["tensorrt"]):
            yield from rows(case, bits, folder, threads, some, seconds, clock)
        return
    student = student_of(case, *bits, "symmetric" if "tensorrt" in formats else "asymmetric")
    about = facts(case.loaded)
    float_path = folder / "float.onnx"
    if not float_path.is_file():
        export_float_onnx(case.loaded.module, case.loaded, float_path)
    executors = {"onnx": IntegerExecutor, "onnx-int4": IntegerExecutor, "tflite": LitertExecutor,
                 "openvino": IntegerExecutor, "tensorrt": IntegerExecutor}
    references = {kind: torch.from_numpy(IntegerReference(student, executor=kind)(case.images, 16))
                  for kind in {executors[entry] for entry in formats if entry in executors}}
    own = torch.from_numpy(student_logits(student, case.images))
    name = f"W{bits[0]}A{bits[1]}" + ("" if bits[2] is None else f", edges {bits[2]}")
    onnx_path = folder / FORMATS["onnx"].file_name
    FORMATS["onnx"].export(student, about, onnx_path)  # files of other runtimes are timed beside it
    for entry in (FORMATS[kind] for kind in formats if FORMATS[kind].is_available):
        path = folder / entry.file_name
        size = entry.export(student, about, path).bytes
        logits = predictor(path)(case.images)
        expected = references[executors[entry.name]] if entry.name in executors else own
        exact = 100 * float((logits == expected).all(1).float().mean())
        near = entry.name in ("openvino", "tensorrt")
        distance = f" (distance {_distance(case, logits, expected):.2f})" if near else ""
        agreement = 100 * float((logits.argmax(1) == own.argmax(1)).float().mean())
        times: list[str] = []
        # The packed file runs the same kernels.
        for batch in {"onnx": (1, 16), "onnx-int4": (1,), "tflite": (1, 16), "openvino": (1, 16)}.get(entry.name, ()):
            beside = [onnx_path] if entry.name in ("tflite", "openvino") else []
            found = latency(path, float_path, beside=beside, batch=batch, threads=threads, seconds=seconds,
                            clock=clock)
            assert found.float_milliseconds is not None
            others = "".join(f"{value:.2f}, " for value in found.beside_milliseconds)
            times += [f"{found.float_milliseconds:.2f}, {others}{found.milliseconds:.2f}",
                      f"{found.float_milliseconds / found.milliseconds:.2f}"]
        yield (case.loaded.name, name, entry.name, f"{size:,}", f"{about.float_bytes / size:.2f}",
               f"{exact:.1f}{distance}", f"{agreement:.1f}", *times, *[""] * (4 - len(times)))


@torch.no_grad()
def _distance(case: Case, logits: Tensor, reference: Tensor) -> float:
    """Mean difference of a file from the integer reference, as a part of the reference's from the float model."""
    plain = torch.cat([case.loaded.module(part) for part in case.images.split(16)])
    return float((logits - reference).abs().mean() / (plain - reference).abs().mean())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="the sample and ResNet-18 at W4A4 only")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of real models")
    parser.add_argument("--threads", type=int, default=1, help="of ONNX Runtime")
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=list(FORMATS), help="only these")
    parser.add_argument("--bits", nargs="+", metavar="W,A", help="only these of weights and activations, such as 4,4")
    parser.add_argument("--models", nargs="+", metavar="NAME", help="only these, such as resnet20")
    parser.add_argument("--images", type=int, metavar="N", help="as many at most")
    parser.add_argument("--processor-time", action="store_true", help="latency without what other programs take")
    parser.add_argument("--seconds", type=float, default=1.0, help="for each latency")
    options = parser.parse_args()
    clock = time.process_time if options.processor_time else time.perf_counter
    print("| " + " | ".join(TITLES) + " |")
    print("|---|---|---|" + "---:|" * (len(TITLES) - 3))
    for case in cases(options.data, options.short):
        if options.models and case.loaded.name.split()[0] not in options.models:
            continue
        if options.images:
            case = replace(case, images=case.images[:options.images])
        with tempfile.TemporaryDirectory() as folder:
            for bits in case.settings:
                if options.bits and f"{bits[0]},{bits[1]}" not in options.bits:
                    continue
                for row in rows(case, bits, Path(folder), options.threads, options.formats, options.seconds,
                                clock):
                    print("| " + " | ".join(row) + " |", flush=True)
    import onnxruntime

    print(f"\n{machine()}, ONNX Runtime {onnxruntime.__version__}, {options.threads} thread(s); medians, float and "
          "file in turns, for .tflite and OpenVINO also the quantized ONNX file between them. Exact rows: ONNX, "
          ".tflite, OpenVINO and TensorRT files against the integer reference, acq and pt2 against the student; "
          "distance: of a file of these two from the reference, as a part of the reference's from the float model. "
          "TensorRT's are run in ONNX Runtime.")


if __name__ == "__main__":
    main()
