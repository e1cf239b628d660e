"""In which versions of ONNX Runtime exported files give the integer reference's answers, bit for bit.

    python -m benchmarks.oldest_runtime 1.15.1 1.20.1 1.26.0 1.27.0

Each version is installed into an environment of its own, in a temporary folder, with numpy and nothing else; versions
before 1.19 get numpy 1. Needs a package index.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

import numpy as np

from acq_engine.export.onnx.exporting import export_onnx
from acq_engine.export.onnx.int4 import export_onnx_int4
from acq_engine.export.verify.integer_reference import IntegerReference
from acq_engine.models import load_model
from acq_engine.quantization import calibrate, quantize_model
from acq_engine.settings import ModelConfig, QuantizationConfig, TestSetConfig
from acq_engine.test_sets.loading import load_test_set

BITS = (2, 4, 6, 7, 8)
PICTURES = 256

CHECK = """
import json, sys, numpy, onnxruntime
found = {}
for name in sys.argv[2:]:
    data = numpy.load(sys.argv[1] + "/" + name.split(" ")[1] + ".npz")
    options = onnxruntime.SessionOptions()
    options.log_severity_level, options.intra_op_num_threads = 4, 1
    try:
        session = onnxruntime.InferenceSession(sys.argv[1] + "/" + name + ".onnx", options, ["CPUExecutionProvider"])
        logits = session.run(None, {"image": data["images"]})[0]
        found[name] = "%.1f %%" % (100 * (logits == data["logits"]).all(1).mean())
    except Exception as error:
        found[name] = "does not open or run"
print(json.dumps(found))
"""


def write_files(folder: Path) -> list[str]:
    """The sample's exported files and what they must answer; their names are "format bits"."""
    loaded = load_model(ModelConfig())
    test_set = load_test_set(TestSetConfig(), loaded)
    assert test_set is not None
    images = loaded.to_model_input(test_set.images[:PICTURES])
    names = []
    for bits in BITS:
        config = QuantizationConfig(weight_bits=bits, activation_bits=bits, edge_bits=bits)
        student = quantize_model(loaded.module, images[:2], config)
        calibrate(student, images[:96].split(32), config)
        np.savez(folder / f"{bits}.npz", images=images.numpy(), logits=IntegerReference(student)(images))
        export_onnx(student, loaded, folder / f"A {bits}.onnx")
        names.append(f"A {bits}")
        if bits <= 4:
            export_onnx_int4(student, loaded, folder / f"B {bits}.onnx")
            names.append(f"B {bits}")
    return names


def answers(version: str, folder: Path, names: list[str]) -> dict[str, str]:
    """The percentage of equal rows for each file in one version."""
    with tempfile.TemporaryDirectory() as place:
        venv.create(place, with_pip=True)
        python = Path(place) / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        numpy = "numpy<2" if tuple(map(int, version.split(".")[:2])) < (1, 19) else "numpy"
        wanted = [str(python), "-m", "pip", "install", "-q", "--only-binary", ":all:", f"onnxruntime=={version}", numpy]
        done = subprocess.run(wanted, capture_output=True, text=True)
        if done.returncode:
            return dict.fromkeys(names, "not installable")
        wanted = [str(python), "-c", CHECK, str(folder), *names]
        done = subprocess.run(wanted, capture_output=True, text=True, cwd=place)
        found: dict[str, str] = json.loads(done.stdout) if done.returncode == 0 else dict.fromkeys(names, "crashes")
        return found


def main() -> None:
    """Write the files, then try each version."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("versions", nargs="+", help="of onnxruntime")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        names = write_files(Path(name))
        print("| ONNX Runtime |", " | ".join(names), "|")
        print("|---|" + "---|" * len(names))
        for version in options.versions:
            found = answers(version, Path(name), names)
            print(f"| {version} |", " | ".join(found[entry] for entry in names), "|", flush=True)


if __name__ == "__main__":
    main()
