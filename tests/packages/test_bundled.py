"""The list of what a package brings is made from what is installed, and has a licence for everything."""

from __future__ import annotations

from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest

Script = Callable[[str], ModuleType]


def installed_or_skip() -> None:
    try:
        metadata.distribution("acq-studio")
    except metadata.PackageNotFoundError:
        pytest.skip("ACQ Studio is not installed in this environment, only its source is here")


def test_the_list_has_what_the_program_stands_on_and_no_tools(script: Script) -> None:
    installed_or_skip()
    bundled = script("bundled.py")
    names = {bundled.normal(found.metadata["Name"]) for found in bundled.dependencies()}
    assert {"acq-studio", "torch", "onnxruntime", "pyside6-essentials", "shiboken6", "sympy", "pydantic-core"} <= names
    assert {"timm", "distributed", "ai-edge-litert"} <= names, "packages have no pip to add them with"
    assert not {"pytest", "mypy", "ruff", "hypothesis", "openvino"} & names


def test_everything_has_a_licence_and_the_texts_are_there(script: Script, tmp_path: Path) -> None:
    installed_or_skip()
    bundled = script("bundled.py")
    assert bundled.write(tmp_path) == []
    listed = (tmp_path / "licences/BUNDLED.md").read_text("utf-8")
    torch = metadata.version("torch")
    assert f"| torch | {torch} |" in listed
    assert "LGPL-3.0-only" in listed
    assert "Apache" in (tmp_path / "licences/ACQ-Studio-LICENSE.txt").read_text("utf-8")
    assert list((tmp_path / "licences/numpy").iterdir())


def test_what_states_no_licence_is_found(script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundled = script("bundled.py")
    info = tmp_path / "nobody-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: nobody\nVersion: 1.0\n", "utf-8")
    monkeypatch.setattr(bundled, "dependencies", lambda: [metadata.PathDistribution(info)])
    assert bundled.write(tmp_path) == ["nobody"]
