"""acq models: the architectures that weights can be loaded into."""

from __future__ import annotations

import hashlib
import json as json_format
import os
import sys
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

import acq_engine
from acq_engine.cli.console import human
from acq_engine.cli.driver import json_output
from acq_engine.files import write_atomic

NAME = "models"

Families = dict[str, list[str]]


def run(
    json: Annotated[bool, typer.Option("--json", help="Print the list as one line of JSON.")] = False,
) -> None:
    """List the architectures for --arch."""
    with json_output(json) as lines:
        families = known_architectures()
        if lines is not None:
            lines.value({"architectures": families})
    if not json:
        console = human()
        for family, names in families.items():
            console.print(Text(f"{family}:", style="bold"))
            for name in names:
                console.print(Text(f"  {name}"))


def known_architectures() -> Families:
    """Names by family. Asking the registry imports torchvision, which takes seconds, so its answer is kept."""
    key = _key()
    file = _cache_folder() / "architectures.json"
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json_format.loads(file.read_text(encoding="utf-8"))
        if kept["key"] == key:
            return {str(family): [str(name) for name in names] for family, names in kept["families"].items()}
    from acq_engine.models.registry import architectures
    from acq_engine.models.timm_models import usual_names

    families: Families = {}
    for entry in architectures().values():
        families.setdefault(entry.family, []).append(entry.name)
    # Those that recognition tries; any other of timm's names can be given as well.
    if usual := usual_names():
        families["timm"] = list(usual)
    with suppress(OSError):  # a home that can't be written costs seconds, not the answer
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(file, json_format.dumps({"key": key, "families": families}).encode("utf-8"), durable=False)
    return families


def _key() -> str:
    """Changes with whatever changes the list: this program's model sources and the libraries."""
    digest = hashlib.sha256()
    for source in sorted(Path(acq_engine.__file__).parent.joinpath("models").glob("*.py")):
        digest.update(source.read_bytes())
    for name in ("torchvision", "timm"):
        with suppress(metadata.PackageNotFoundError):
            digest.update(f"{name} {metadata.version(name)}".encode())
    return digest.hexdigest()


def _cache_folder() -> Path:
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "acq-studio"
