"""The format openvino, run in OpenVINO: near the integer reference, and what is said of that.

Skipped where OpenVINO is not installed: pip install '.[openvino]'.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor, nn

from acq_engine.errors import ExportError, VerificationError
from acq_engine.export import FORMATS
from acq_engine.export.from_run import export_run
from acq_engine.export.info import ExportOptions
from acq_engine.export.onnx.exporting import export_onnx
from acq_engine.export.verify.of_run import verify_run
from acq_engine.export.verify.sessions import open_session, predict
from acq_engine.models import LoadedModel
from acq_engine.models.measured_statistics import with_measured_statistics
from acq_engine.quantization import QuantizedModel
from tests.engine.export.students import calibrated, small
from tests.engine.nets import small_vit

pytest.importorskip("openvino", reason="OpenVINO is not installed")

from acq_engine.export.openvino import export_openvino
from acq_engine.export.verify.nearness import verify_openvino
from acq_engine.export.verify.openvino import OpenvinoSession


class Chain(nn.Module):
    """Three layers in a row; with `joined` the last is added to the first."""

    def __init__(self, *, joined: bool) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.first, self.second = nn.Conv2d(1, 8, 3, padding=1), nn.Conv2d(8, 8, 3, padding=1)
        self.head, self.joined = nn.Linear(8, 4), joined

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.first(x))
        x = F.relu(self.second(x) + x) if self.joined else F.relu(self.second(x))
        return self.head(F.adaptive_avg_pool2d(x, 1).flatten(1))


def pictures() -> Tensor:
    return torch.randn(64, 1, 16, 16, generator=torch.Generator().manual_seed(1))


def test_without_sums_the_file_computes_what_the_onnx_file_does(tmp_path: Path) -> None:
    net = Chain(joined=False).eval()
    student = calibrated(net, pictures(), weight_bits=4, activation_bits=4)
    export_openvino(student, small(net), tmp_path / "m.xml")
    export_onnx(student, small(net), tmp_path / "m.onnx")
    wanted = predict(open_session(tmp_path / "m.onnx"), pictures())
    found = OpenvinoSession(tmp_path / "m.xml").predict(pictures())
    assert np.abs(found - wanted).max() <= 1e-5 * np.abs(wanted).max()


def test_with_sums_the_distance_is_told_and_another_models_file_does_not_pass(tmp_path: Path) -> None:
    net = Chain(joined=True).eval()
    student = calibrated(net, pictures(), weight_bits=4, activation_bits=4)
    export_openvino(student, small(net), tmp_path / "m.xml")
    found = verify_openvino(tmp_path / "m.xml", student, net, pictures(), measure_latency=False)
    assert found.passed and found.exact_rows < 100 and "rounds in other places" in found.detail
    assert found.integer_convolutions == 2 and found.float_convolutions == 0
    assert found.bytes == sum((tmp_path / name).stat().st_size for name in ("m.xml", "m.bin"))
    with torch.no_grad():
        net.head.weight.mul_(1.2)
    other = calibrated(net, pictures(), weight_bits=4, activation_bits=4)
    assert not verify_openvino(tmp_path / "m.xml", other, net, pictures(), measure_latency=False).passed


@pytest.mark.parametrize("class_token", [True, False])
def test_a_transformer_is_near(tmp_path: Path, class_token: bool) -> None:
    """Class tokens in the ONNX file's form would make OpenVINO leave out the bias of the patches' convolution."""
    shape, half = (3, 16, 16), (0.5,) * 3
    net = with_measured_statistics(small_vit(class_token=class_token), shape, half, half).network
    x = torch.randn(64, *shape, generator=torch.Generator().manual_seed(1))
    student = calibrated(net, x, weight_bits=8, activation_bits=8)
    export_openvino(student, LoadedModel(net, "v", "v", 5, shape, half, half), tmp_path / "v.xml")
    found = verify_openvino(tmp_path / "v.xml", student, net, x, measure_latency=False)
    off, _, own = map(float, re.findall(r"by ([0-9.e-]+[0-9])", found.detail))
    assert found.passed and found.agreement > 95 and off < 0.1 * own, found.detail


@pytest.mark.slow
def test_a_run_is_exported_verified_timed_and_classifies_a_picture(
    run_folder: Path, sample: LoadedModel, student: QuantizedModel, tmp_path: Path,
) -> None:
    done = export_run(run_folder, "openvino", tmp_path / "own")
    assert done.path == str(tmp_path / "own.xml") and (tmp_path / "own.bin").is_file()
    found = verify_run(run_folder, tmp_path / "own.xml")
    assert found.passed and found.agreement > 95 and found.runtime.startswith("OpenVINO 20")
    assert found.top1 is not None and found.top1 > 80
    assert found.latency_ms and found.onnx_latency_ms and found.float_latency_16_ms
    import openvino

    about = openvino.Core().read_model(str(tmp_path / "own.xml"))
    assert json.loads(about.get_rt_info(["acq", "class_names"]).astype(str)) == list(sample.class_names)
    assert "openvino" in (tmp_path / "README.md").read_text(encoding="utf-8")
    Image.fromarray(np.zeros((32, 32), np.uint8)).save(tmp_path / "dark.png")
    run = subprocess.run([sys.executable, "predict.py", "dark.png"], cwd=tmp_path, capture_output=True, text=True,
                         timeout=100)
    assert run.returncode == 0, run.stderr
    with torch.no_grad():
        logits = student(sample.to_model_input(np.zeros((1, 32, 32, 1), np.uint8)))[0]
    assert run.stdout.splitlines()[1].startswith(f"  {sample.class_names[int(logits.argmax())]}: ")


def test_what_is_missing_is_said(student: QuantizedModel, sample: LoadedModel, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="opset can't be chosen"):
        export_openvino(student, sample, tmp_path / "m.xml", ExportOptions(opset=17))
    export_openvino(student, sample, tmp_path / "m.xml")
    (tmp_path / "m.bin").unlink()
    with pytest.raises(VerificationError, match="can't be opened in OpenVINO") as caught:
        OpenvinoSession(tmp_path / "m.xml")
    assert ".bin" in caught.value.hint


def test_without_the_package_the_way_to_it_is_said(
    student: QuantizedModel, sample: LoadedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    with pytest.raises(ExportError, match="not installed") as caught:
        export_openvino(student, sample, tmp_path / "m.xml")
    assert "acq-studio[openvino]" in caught.value.hint and not list(tmp_path.iterdir())
    assert FORMATS["openvino"].partial
