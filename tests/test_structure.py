"""No circles: no module of a package imports what imports it, not even for types or inside a function."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("acq_engine", "acq_app")

Graph = dict[str, set[str]]


def modules(package: str, root: Path = ROOT) -> dict[str, Path]:
    """Every module of a package by its dotted name; a package's `__init__` has the package's."""
    found = {}
    for path in sorted((root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(name: str, path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    """What a module imports of those that are known, wherever in it the import stands.

    `from package import name` is the module of that name, or the package itself where there is none.
    """
    package = name if path.stem == "__init__" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                module = ".".join([*above, *([module] if module else [])])
            for alias in node.names:
                whole = f"{module}.{alias.name}"
                if whole in known:
                    yield whole
                elif module in known:
                    yield module


def graph(package: str, root: Path = ROOT) -> Graph:
    """Which modules each module imports."""
    known = modules(package, root)
    return {name: set(imported(name, path, known)) - {name} for name, path in known.items()}


def circles(found: Graph) -> list[list[str]]:
    """Groups of modules that import one another, directly or by way of others (Tarjan, 1972)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    groups: list[list[str]] = []

    def visit(name: str) -> None:
        order[name] = lowest[name] = len(order)
        stack.append(name)
        for other in sorted(found[name]):
            if other not in order:
                visit(other)
            if other in stack:
                lowest[name] = min(lowest[name], lowest[other])
        if lowest[name] == order[name]:
            start = stack.index(name)
            groups.append(sorted(stack[start:]))
            del stack[start:]

    for name in sorted(found):
        if name not in order:
            visit(name)
    return [group for group in groups if len(group) > 1]


def rooms(found: Graph) -> Graph:
    """Which files and folders directly below the package each of them imports; the package itself is none of them."""
    def room(name: str) -> str:
        return ".".join(name.split(".")[:2])

    result: Graph = {}
    for name, others in found.items():
        if "." in name:
            inside = result.setdefault(room(name), set())
            inside |= {room(other) for other in others if "." in other} - {room(name)}
    return result


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_imports_what_imports_it(package: str) -> None:
    found = graph(package)
    assert len(found) > 20, "the package was found"
    assert circles(found) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_room_imports_what_imports_it(package: str) -> None:
    assert circles(rooms(graph(package))) == []


def test_nobody_but_the_shell_names_the_main_window() -> None:
    named = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "acq_app").rglob("*.py"))
             if "MainWindow" in re.findall(r"\w+", path.read_text(encoding="utf-8"))]
    assert [name for name in named if not name.startswith("acq_app/shell/")] == []
    assert named, "the shell has it"


def test_only_one_place_gives_labels_their_images() -> None:
    """Another image in the place of one that a label has is never let go of; `labels.show_pixmap` knows how."""
    named = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "acq_app").rglob("*.py"))
             if ".setPixmap(" in path.read_text(encoding="utf-8")]
    assert named == ["acq_app/widgets/labels.py"]


def test_only_one_place_empties_layouts() -> None:
    """What `takeAt` hands over is never let go of; `emptying.empty` does without."""
    named = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "acq_app").rglob("*.py"))
             if ".takeAt(" in path.read_text(encoding="utf-8")]
    assert named == []


def test_features_reach_for_no_window() -> None:
    reaching = [f"{path.name}: {line.strip()}" for path in sorted((ROOT / "acq_app" / "features").rglob("*.py"))
                for line in path.read_text(encoding="utf-8").splitlines() if re.search(r"\bwindow\.\w", line)]
    assert reaching == []


def test_a_circle_is_found_wherever_its_imports_stand(tmp_path: Path) -> None:
    for name, text in {
        "house/__init__.py": "",
        "house/types.py": "import typing\nif typing.TYPE_CHECKING:\n    from house.room.inner import Thing\n",
        "house/room/__init__.py": "from . import inner\n",
        "house/room/inner.py": "def later():\n    import house.top\n",
        "house/top.py": "from house import types, VERSION\n",
        "house/apart.py": "from house.types import Other\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    found = graph("house", tmp_path)
    assert found["house.top"] == {"house", "house.types"}
    assert found["house.room"] == {"house.room.inner"}
    assert circles(found) == [["house.room.inner", "house.top", "house.types"]]
    assert circles(rooms(found)) == [["house.room", "house.top", "house.types"]]


@pytest.mark.parametrize("document", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_every_path_that_a_document_names_is_there(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    named = {path for path in re.findall(r"`((?:acq_engine|acq_app|tests|docs|scripts|resources)/[\w/.*-]*)`", text)
             if "NAME" not in path and "_fr" not in path}
    missing = sorted(path for path in named if not any(ROOT.glob(path.rstrip("/"))))
    assert len(named) > 10 and missing == []
