"""Published weights: fetched once, checked, kept; and plain words without a network."""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
import torchvision

from acq_engine.errors import ModelError, ModelFileError
from acq_engine.models import load_model, pretrained
from acq_engine.models.pretrained import StoppedError, fetch
from acq_engine.settings import ModelConfig


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path / "hub"))


def published(tmp_path: Path, content: bytes) -> str:
    """A file whose name promises its own checksum, as a URL."""
    digest = hashlib.sha256(content).hexdigest()[:8]
    path = tmp_path / f"net-{digest}.pth"
    path.write_bytes(content)
    return path.as_uri()


def test_a_file_is_fetched_once_and_checked(tmp_path: Path) -> None:
    url = published(tmp_path, b"x" * 600_000)
    seen: list[tuple[int, int]] = []
    path = fetch(url, "net", progress=lambda *now: seen.append(now))
    assert path.read_bytes() == b"x" * 600_000
    assert seen[-1] == (600_000, 600_000) and len(seen) == 3
    (tmp_path / path.name).unlink()
    assert fetch(url, "net") == path  # from the cache


def test_a_damaged_download_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "net-00000000.pth"
    path.write_bytes(b"other")
    with pytest.raises(ModelFileError, match="download"):
        fetch(path.as_uri(), "net")
    assert list(pretrained.cache_dir().iterdir()) == []


def test_a_download_can_be_stopped(tmp_path: Path) -> None:
    with pytest.raises(StoppedError):
        fetch(published(tmp_path, b"x" * 600_000), "net", stop=lambda: True)
    assert list(pretrained.cache_dir().iterdir()) == []


def test_without_a_network_the_hint_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="can't be downloaded") as caught:
        fetch((tmp_path / "gone-12345678.pth").as_uri(), "resnet18")
    assert "use it as a model file with the architecture resnet18" in caught.value.hint


def test_a_torchvision_name_loads_with_its_own_preprocessing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = torchvision.models.get_model_weights("mobilenet_v3_small").DEFAULT
    file = tmp_path / "weights.pth"
    torch.save(torchvision.models.mobilenet_v3_small(weights=None).state_dict(), file)
    url = published(tmp_path, file.read_bytes())
    fake = SimpleNamespace(url=url, meta=real.meta, transforms=real.transforms)
    monkeypatch.setattr(torchvision.models, "get_model_weights", lambda _name: SimpleNamespace(DEFAULT=fake))
    loaded = load_model(ModelConfig(source="torchvision", name="mobilenet_v3_small"))
    assert loaded.input_shape == (3, 224, 224) and loaded.mean == (0.485, 0.456, 0.406)
    assert (loaded.resize, loaded.num_classes, loaded.class_names[1]) == (256, 1000, "goldfish")


def test_names_without_published_weights_are_refused() -> None:
    with pytest.raises(ModelError, match="no published weights"):
        load_model(ModelConfig(source="torchvision", name="cifar_resnet20"))
