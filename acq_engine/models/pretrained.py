"""Published weights of torchvision's and timm's classifiers: fetched once, checked, and kept in their own caches."""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
import os
import re
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import torch
import torchvision.models as zoo

from acq_engine.errors import ModelError, ModelFileError, first_line
from acq_engine.models import timm_models
from acq_engine.models.checkpoint import MAX_FILE_BYTES, read_weights
from acq_engine.models.preprocessing import Preprocessing
from acq_engine.models.registry import architecture
from acq_engine.models.torchvision_models import (
    IMAGENET_CLASSES,
    imagenet_class_names,
    transforms_preprocessing,
    with_own_range,
)
from acq_engine.models.weights import State

CHUNK_BYTES = 1 << 18
TIMEOUT_SECONDS = 30
HASH_DIGITS = 8
"""torchvision's file names end in the first digits of their SHA-256: resnet18-f37072fd.pth."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Published:
    """What the weights' authors say about them."""

    preprocessing: Preprocessing
    class_names: tuple[str, ...]
    notes: tuple[str, ...]


class StoppedError(ModelError):
    """A download was broken off because the user asked for it."""


def load_torchvision(
    name: str, *, progress: Progress | None = None, stop: Callable[[], bool] | None = None
) -> tuple[State, Published]:
    """The published ImageNet weights of a torchvision classifier, from the cache or the network.

    Args:
        name: A torchvision name, such as "resnet18".
        progress: Told bytes done and in all.
        stop: Asked after each piece; true breaks the download off and leaves nothing behind.

    Raises:
        ArchitectureError: no such name.
        ModelError: there are no published weights, or they can't be fetched.
        StoppedError: `stop` was true.
    """
    entry = architecture(name)
    if entry.family != "torchvision":
        raise ModelError(
            f"{name} has no published weights that can be downloaded by name.",
            hint="Use the file with its weights instead.",
        )
    weights = zoo.get_model_weights(name).DEFAULT
    path = fetch(weights.url, name, progress=progress, stop=stop)
    state, _ = read_weights(path)
    meta: dict[str, Any] = weights.meta
    published = Published(
        with_own_range(name, transforms_preprocessing(weights.transforms())),
        tuple(str(category) for category in meta.get("categories", ())),
        (f"The weights are torchvision's {weights}.",),
    )
    return state, published


def load_timm(
    name: str, *, progress: Progress | None = None, stop: Callable[[], bool] | None = None
) -> tuple[State, Published]:
    """The published weights of one of timm's networks, from timm's hub or its cache.

    Args:
        name: Such as "timm/repvgg_a0".
        progress: Told bytes done and in all.
        stop: Asked now and then; true breaks the download off.

    Raises:
        ArchitectureError: no such name.
        ModelError: timm is not installed, there are no published weights, or they can't be fetched.
        StoppedError: `stop` was true.
    """
    entry = architecture(name)
    location = timm_models.weights_location(name)
    if location is None:
        raise ModelError(f"{name} has no published weights.", hint="Use the file with its weights instead.")
    # The hub's client has telemetry of its own. Imported here: timm and its hub are an extra.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from huggingface_hub import hf_hub_download

    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)  # each retry would be two lines; the end is told below
    try:
        path = hf_hub_download(*location, tqdm_class=_watching_bar(progress, stop))
    except StoppedError:
        raise
    except Exception as error:  # the hub's client has dozens of types for "there is no network"
        raise ModelError(
            f"The weights of {name} can't be downloaded.",
            cause=first_line(error)[:300],
            hint=f"Check the network connection. Without one, download {location[1]} of {location[0]} on another "
            f"machine, and use it as a model file with the architecture {name}.",
        ) from error
    _check_cached(Path(path), name)
    state, _ = read_weights(Path(path))
    names = imagenet_class_names() if entry.num_classes == IMAGENET_CLASSES else ()
    return state, Published(entry.preprocessing, names, (f"The weights are timm's {location[0]}.",))


def _check_cached(path: Path, name: str) -> None:
    """The hub's client compares sizes only; it keeps a file under the SHA-256 that the hub promised.

    Raises:
        ModelFileError: the content is another one; it is taken away.
    """
    kept = path.resolve()
    if re.fullmatch(r"[0-9a-f]{64}", kept.name) and _sha256(kept) != kept.name:
        kept.unlink()
        raise ModelFileError(
            f"The downloaded weights of {name} are damaged.",
            cause=f"Their SHA-256 is not {kept.name[:HASH_DIGITS]}..., which the hub gives.", hint="Try again.",
        )


def _watching_bar(progress: Progress | None, stop: Callable[[], bool] | None) -> Any:
    """A progress bar as the hub's client wants one, which draws nothing and tells `progress` instead."""
    from tqdm.auto import tqdm  # type: ignore[import-untyped]

    class Bar(tqdm):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            kwargs.pop("name", None)
            super().__init__(*args, **{**kwargs, "file": io.StringIO()})

        def update(self, n: float | None = 1) -> bool | None:
            shown: bool | None = super().update(n)
            if stop is not None and stop():
                raise StoppedError("The download was stopped.")
            if progress is not None:
                progress(int(self.n), int(self.total or 0))
            return shown

    return Bar


def cache_dir() -> Path:
    """The folder that torch itself keeps downloaded weights in."""
    return Path(torch.hub.get_dir()) / "checkpoints"


def fetch(
    url: str, name: str, *, progress: Progress | None = None, stop: Callable[[], bool] | None = None
) -> Path:
    """The file behind `url` in the cache, downloaded if it is not there.

    Raises:
        ModelError: no connection, or the content is not what the file name promises.
    """
    target = cache_dir() / Path(urlparse(url).path).name
    wanted = promised_hash(target)
    if target.is_file() and (not wanted or _sha256(target).startswith(wanted)):
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as stack:
            response = stack.enter_context(urllib.request.urlopen(url, timeout=TIMEOUT_SECONDS))
            if urlparse(url).scheme == "https" != urlparse(response.geturl()).scheme:
                raise ModelError(
                    f"The weights of {name} are not downloaded.",
                    cause=f"The server passes on to {response.geturl()}, which is not protected by TLS.",
                    hint="Try again from another network.",
                )
            file = stack.enter_context(tempfile.NamedTemporaryFile(dir=target.parent, prefix=".part-", delete=False))
            part = Path(file.name)
            stack.callback(part.unlink, missing_ok=True)
            digest = _copy(response, file, progress, stop)
            if wanted and not digest.startswith(wanted):
                raise ModelFileError(
                    "The downloaded file is damaged.",
                    cause=f"Its SHA-256 begins with {digest[:HASH_DIGITS]}, not {wanted}.", hint="Try again.",
                )
            file.flush()
            os.fsync(file.fileno())
            part.chmod(0o644)
            os.replace(part, target)
    except (urllib.error.URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise ModelError(
            f"The weights of {name} can't be downloaded.",
            cause=f"{url}: {reason}",
            hint="Check the network connection. Without one, download that file on another machine and put it into "
            f"{target.parent}, or use it as a model file with the architecture {name}.",
        ) from error
    return target


def _copy(response: Any, file: Any, progress: Progress | None, stop: Callable[[], bool] | None) -> str:
    total = int(response.headers.get("Content-Length") or 0)
    digest = hashlib.sha256()
    done = 0
    while piece := response.read(CHUNK_BYTES):
        if stop is not None and stop():
            raise StoppedError("The download was stopped.")
        file.write(piece)
        digest.update(piece)
        done += len(piece)
        if done > MAX_FILE_BYTES:
            raise ModelFileError("The download is too large.", cause=f"More than {MAX_FILE_BYTES:,} bytes were "
                                                                     "received.")
        if progress is not None:
            progress(done, total)
    if total and done < total:
        raise ModelFileError("The download was interrupted.", cause=f"{done:,} of {total:,} bytes were "
                                                                    "received.", hint="Try again.")
    return digest.hexdigest()


def promised_hash(path: Path) -> str:
    """The digits of the SHA-256 that the file name ends in; empty when it has none."""
    tail = path.stem.rpartition("-")[2]
    hexadecimal = len(tail) >= HASH_DIGITS and all(digit in "0123456789abcdef" for digit in tail)
    return tail if hexadecimal else ""


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
