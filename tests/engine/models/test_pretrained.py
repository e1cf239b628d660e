"""Published weights: fetched once, checked, kept; and plain words without a network."""

from __future__ import annotations

import hashlib
import io
import ssl
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


def test_a_server_that_leaves_tls_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Redirected(io.BytesIO):
        headers: dict[str, str] = {}

        def geturl(self) -> str:
            return "http://elsewhere.example/net-2d711642.pth"

    monkeypatch.setattr("urllib.request.urlopen", lambda *_, **__: Redirected(b"x"))
    with pytest.raises(ModelError, match="not downloaded") as caught:
        fetch("https://publisher.example/net-2d711642.pth", "net")  # the hash is right
    assert "not protected by TLS" in caught.value.cause
    assert list(pretrained.cache_dir().iterdir()) == []


def test_certificates_are_verified() -> None:
    context = ssl._create_default_https_context()
    assert context.verify_mode is ssl.CERT_REQUIRED and context.check_hostname


def test_a_file_of_the_hub_has_the_hash_that_the_hub_promised(tmp_path: Path) -> None:
    good = tmp_path / hashlib.sha256(b"weights").hexdigest()
    good.write_bytes(b"weights")
    (tmp_path / "model.safetensors").symlink_to(good)
    pretrained._check_cached(tmp_path / "model.safetensors", "timm/net")
    good.write_bytes(b"others!")
    with pytest.raises(ModelFileError, match="damaged"):
        pretrained._check_cached(tmp_path / "model.safetensors", "timm/net")
    assert not good.exists(), "it is fetched again the next time"
