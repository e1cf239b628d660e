"""How fast exported ONNX files are next to the 8-bit file that ONNX Runtime's own quantizer makes of the same network.

    python -m benchmarks.beside_eight_bits --data ../shared/data
    python -m benchmarks.beside_eight_bits --models resnet20 --bits 4,4 4,4,7 8,8 --seconds 5

All files run in ONNX Runtime, in turns. Its own file has activations of 8 bits without a sign and weights of 8 bits
with one ("U8S8"), a scale for each output channel: the fast kernels, whose sums of two products can overflow on x86
processors without VNNI. Both are calibrated on smooth noise, which speed does not depend on.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from acq_engine.evaluation.machine import machine
from acq_engine.export.onnx.exporting import export_onnx
from acq_engine.export.onnx.float_model import export_float_onnx
from acq_engine.export.verify.latency import latency
from acq_engine.export.verify.sessions import optimised_operators
from benchmarks.deploy import Case, cases, student_of

BITS = ("4,4", "4,8", "7,8", "8,8")
NAMED = ("Clip", "QuantizeLinear", "DequantizeLinear")


class _Noise:
    """What ONNX Runtime's quantizer reads its calibration images from."""

    def __init__(self, images: Tensor) -> None:
        self._batches = iter([{"image": part.numpy()} for part in images.split(8)])

    def get_next(self) -> dict[str, NDArray[np.float32]] | None:
        return next(self._batches, None)


def own_file(case: Case, float_path: Path, folder: Path) -> Path:
    """The network as ONNX Runtime's quantizer writes it."""
    from onnxruntime.quantization import QuantFormat, QuantType, quantize_static
    from onnxruntime.quantization.shape_inference import quant_pre_process

    ready, path = folder / "ready.onnx", folder / "u8s8.onnx"
    quant_pre_process(str(float_path), str(ready), skip_symbolic_shape=True)  # fails on some constants
    quantize_static(
        str(ready), str(path), _Noise(case.images[:16]), quant_format=QuantFormat.QDQ, per_channel=True,
        activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8)
    return path


def rows(
    case: Case, bits: Sequence[str], folder: Path, threads: int, seconds: float, clock: Callable[[], float]
) -> None:
    """Print a row for each number of bits."""
    float_path = folder / "float.onnx"
    export_float_onnx(case.loaded.module, case.loaded, float_path)
    theirs = own_file(case, float_path, folder)
    for text in bits:
        weights, activations, *edges = (int(part) for part in text.split(","))
        path = folder / "model.onnx"
        export_onnx(student_of(case, weights, activations, edges[0] if edges else None), case.loaded, path)
        found = optimised_operators(path)
        name = f"W{weights}A{activations}" + (f", edges {edges[0]}" if edges else "")
        row = [case.loaded.name, name, ", ".join(f"{found.get(name, 0)}" for name in NAMED)]
        for batch in (1, 16):
            measured = latency(path, float_path, beside=[theirs], batch=batch, threads=threads, seconds=seconds,
                               clock=clock)
            (own_low, own_high), _, (low, high) = measured.ranges
            eight = measured.beside_milliseconds[0]
            row += [f"{measured.float_milliseconds:.2f}", f"{eight:.2f} [{low:.2f} to {high:.2f}]",
                    f"{measured.milliseconds:.2f} [{own_low:.2f} to {own_high:.2f}]",
                    f"{measured.milliseconds / eight:.2f}"]
        print("| " + " | ".join(row) + " |", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of real models")
    parser.add_argument("--threads", type=int, default=1, help="of ONNX Runtime")
    parser.add_argument("--bits", nargs="+", metavar="W,A[,E]", default=list(BITS),
                        help="of weights and activations, and of the first and last layer's weights")
    parser.add_argument("--models", nargs="+", metavar="NAME", help="only these, such as resnet20")
    parser.add_argument("--processor-time", action="store_true", help="without what other programs take")
    parser.add_argument("--seconds", type=float, default=3.0, help="for each latency")
    options = parser.parse_args()
    clock = time.process_time if options.processor_time else time.perf_counter
    titles = ["float, ms", "U8S8, ms", "ours, ms", "ours / U8S8"]
    print("| model | bits | " + ", ".join(NAMED) + " | " + " | ".join(
        f"batch {batch}: {title}" for batch in (1, 16) for title in titles) + " |")
    print("|---|---|---|" + "---:|" * (2 * len(titles)))
    for case in cases(options.data, short=False):
        if options.models and case.loaded.name.split()[0] not in options.models:
            continue
        with tempfile.TemporaryDirectory() as folder:
            rows(case, options.bits, Path(folder), options.threads, options.seconds, clock)
    import onnxruntime

    print(f"\n{machine()}, ONNX Runtime {onnxruntime.__version__}, {options.threads} thread(s); medians [10th to 90th "
          "percentile], files in turns.")


if __name__ == "__main__":
    main()
