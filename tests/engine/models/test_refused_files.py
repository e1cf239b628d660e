"""Refusals name what is really the matter with a file."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from acq_engine.errors import ModelFileError, UnsafeFileError
from acq_engine.models import load_model
from acq_engine.settings import ModelConfig


def load(path: Path) -> None:
    load_model(ModelConfig(source="checkpoint", path=path))


@pytest.mark.filterwarnings("ignore:.*quantize")
def test_weights_that_torch_has_quantized_are_called_quantized(tmp_path: Path) -> None:
    path = tmp_path / "model.pth"
    torch.save({"conv.weight": torch.quantize_per_tensor(torch.ones(8, 3, 3, 3), 0.1, 0, torch.qint8)}, path)
    with pytest.raises(UnsafeFileError, match="already quantized") as refusal:
        load(path)
    assert "before quantization" in refusal.value.hint


def test_half_a_checkpoint_is_not_called_a_bad_zip_file(tmp_path: Path) -> None:
    path = tmp_path / "model.pth"
    torch.save({"weight": torch.ones(1000)}, path)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(ModelFileError, match="damaged or incomplete") as refusal:
        load(path)
    assert "its end is missing" in refusal.value.cause and "zip" not in str(refusal.value)


def test_a_link_to_nothing_names_where_it_leads(tmp_path: Path) -> None:
    path = tmp_path / "model.pth"
    try:
        path.symlink_to(tmp_path / "moved.pth")
    except OSError:
        pytest.skip("links can't be made here")
    with pytest.raises(ModelFileError, match="can't be opened") as refusal:
        load(path)
    assert "moved.pth, which does not exist" in refusal.value.cause
    assert "let the link lead" in refusal.value.hint


def test_a_path_without_a_model_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty.pth").touch()
    for name, words in (("empty.pth", "get it again"), ("gone.pth", "Check the path")):
        with pytest.raises(ModelFileError) as refusal:
            load(tmp_path / name)
        assert words in refusal.value.hint
