"""The exported program: equal answers, in a fresh process that has torch and nothing of this project."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from acq_engine.errors import ExportError
from acq_engine.export.info import ExportOptions
from acq_engine.export.pt2 import export_pt2
from acq_engine.models import LoadedModel
from acq_engine.quantization import QuantizedModel
from tests.engine.export.students import calibrated, small
from tests.engine.quantization.networks import Gated, Mobile, settle

ALONE = """
import sys, json, numpy, torch
notes = {"acq.json": ""}
program = torch.export.load(sys.argv[1], extra_files=notes)
images = torch.from_numpy(numpy.load(sys.argv[2]))
run = program.module()
numpy.save(sys.argv[3], torch.cat([run(images[:1]), run(images[1:])]).detach().numpy())
assert json.loads(notes["acq.json"])["weight_bits"] == "4"
assert not [name for name in sys.modules if name.startswith("acq")]
"""


def test_a_fresh_process_with_torch_alone_gives_the_same_answers(
    sample: LoadedModel, student: QuantizedModel, images: Tensor, tmp_path: Path
) -> None:
    path = tmp_path / "model.pt2"
    info = export_pt2(student, sample, path)
    assert info.bytes == path.stat().st_size
    np.save(tmp_path / "images.npy", images[:9].numpy())
    subprocess.run(
        [sys.executable, "-I", "-c", ALONE, path, tmp_path / "images.npy", tmp_path / "logits.npy"], check=True,
        cwd=tmp_path, timeout=120,
    )
    with torch.no_grad():
        expected = torch.cat([student(images[:1]), student(images[1:9])]).numpy()
    assert np.array_equal(np.load(tmp_path / "logits.npy"), expected)
    raw = path.read_bytes()
    assert b"site-packages" not in raw and str(Path.cwd()).encode() not in raw


@pytest.mark.parametrize("kind", [Gated, Mobile])
@pytest.mark.parametrize("bits", [3, 8])
def test_other_networks_are_exact_too(kind: type[nn.Module], bits: int, tmp_path: Path) -> None:
    net = settle(kind())
    x = torch.randn(32, 1, 16, 16) * 1.5 + 0.3
    student = calibrated(net, x, weight_bits=bits, activation_bits=bits)
    export_pt2(student, small(net), tmp_path / "model.pt2")
    with torch.no_grad():
        assert torch.equal(torch.export.load(tmp_path / "model.pt2").module()(x), student(x))


def test_options_of_onnx_files_are_refused(sample: LoadedModel, student: QuantizedModel, tmp_path: Path) -> None:
    for options in (ExportOptions(opset=17), ExportOptions(with_preprocessing=True)):
        with pytest.raises(ExportError, match="pt2"):
            export_pt2(student, sample, tmp_path / "model.pt2", options)
    assert not list(tmp_path.iterdir())
