"""What a package brings besides this program: the list and the licence texts that go with it, made from what is there.

    python packaging/bundled.py dist/acq-studio      # run by the Python of the environment that it was built in

Writes `licences/BUNDLED.md` and the texts into the folder. Exits with an error where something has no licence.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = "acq-studio"
TEXTS = re.compile(r"(licen[cs]e|copying|notice|copyright|authors)", re.IGNORECASE)
LGPL = "LGPL-3.0-only"
MANY_BYTES = 8 << 20

EXTRAS = ("timm", "litert", "cluster")
"""Packages bring these, since nobody can add them there; OpenVINO would add 150 MB for a format that is approximate."""

NOT_BUNDLED = re.compile(r"nvidia-.*|cuda-.*|triton|acq-studio")
"""CUDA's, which packages never have (packaging/pyinstaller/without_cuda.py), and the program itself."""


def normal(name: str) -> str:
    """A distribution's name as indexes write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def dependencies(name: str = PROGRAM) -> list[metadata.Distribution]:
    """A distribution and all that it stands on and that is installed, by name; the program with its `EXTRAS`."""
    found: dict[str, metadata.Distribution] = {}
    waiting = [name]
    while waiting:
        current = normal(waiting.pop())
        if current in found:
            continue
        try:
            found[current] = metadata.distribution(current)
        except metadata.PackageNotFoundError:  # for another system, or taken out with CUDA
            continue
        for requirement in found[current].requires or ():
            extra = re.search(r"extra == ['\"]([\w-]+)", requirement)
            if extra is None or (current == PROGRAM and extra[1] in EXTRAS):
                waiting.append(re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0])
    return [found[key] for key in sorted(found)]


def licence_of(distribution: metadata.Distribution) -> str:
    """Its licence in few words, as its authors state it; "" where they don't."""
    facts = distribution.metadata
    if stated := facts.get("License-Expression"):
        return stated
    classes = [text.split(" :: ")[-1] for text in facts.get_all("Classifier", []) if text.startswith("License ::")]
    if classes:
        return ", ".join(classes)
    lines = (facts.get("License") or "").strip().splitlines()
    return lines[0][:80] if lines else ""


def texts_of(distribution: metadata.Distribution) -> list[Path]:
    """The licence files that it installed."""
    files = [file for file in distribution.files or () if TEXTS.search(file.name) and file.suffix != ".py"
             and (".dist-info" in str(file) or len(file.parts) == 2)]
    return [path for file in files if (path := Path(str(file.locate()))).is_file() and path.stat().st_size < MANY_BYTES]


def system_packages(folder: Path) -> dict[str, list[str]]:
    """Debian package -> the libraries in the folder that came from it. Empty where dpkg is not the system's."""
    if shutil.which("dpkg-query") is None:
        return {}
    found: dict[str, list[str]] = {}
    for path in sorted((folder / "_internal").glob("*.so*")):
        asked = subprocess.run(["dpkg-query", "-S", f"*/{path.name}"], capture_output=True, text=True, check=False)
        if asked.returncode == 0:
            package = asked.stdout.splitlines()[0].split(":")[0]
            found.setdefault(package, []).append(path.name)
    return found


def write(folder: Path) -> list[str]:
    """Write the list and the texts; returns what has no licence."""
    target = folder / "licences"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    rows, missing = [], []
    for distribution in dependencies():
        name, version = distribution.metadata["Name"], distribution.version
        if NOT_BUNDLED.fullmatch(normal(name)):
            continue
        licence, texts = licence_of(distribution), texts_of(distribution)
        if not licence and not texts:
            missing.append(name)
        for number, text in enumerate(texts):
            place = target / normal(name) / (text.name if number == 0 else f"{number}-{text.name}")
            place.parent.mkdir(exist_ok=True)
            shutil.copyfile(text, place)
        rows.append(f"| {name} | {version} | {licence or 'see its text'} | {'yes' if texts else 'not in its wheel'} |")
    python = f"{sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}"
    rows.append(f"| Python | {python} | PSF-2.0 | {'yes' if _python_text(target) else 'docs.python.org'} |")
    lines = [
        "# What this package brings", "",
        "Made by packaging/bundled.py from what is in the folder. Licences are named as the projects name them.", "",
        "| project | version | licence | text beside this file |", "|---|---|---|---|", *rows, "",
        "Qt and Qt for Python are used under the " + LGPL + ", as shared libraries in `_internal/PySide6`: they can be",
        "replaced by other builds of the same version. Their source code: download.qt.io, and PyPI's pages of",
        "PySide6-Essentials. PyInstaller's start programs: GPL-2.0 with an exception for what they start.", "",
    ]
    system = system_packages(folder)
    if system:
        lines += ["Libraries of the system that it was built on:", "", "| Debian package | files |", "|---|---|"]
    for package, names in sorted(system.items()):
        lines.append(f"| {package} | {', '.join(names)} |")
        text = Path("/usr/share/doc", package, "copyright")
        if text.is_file():
            place = target / "system" / f"{package}.txt"
            place.parent.mkdir(exist_ok=True)
            shutil.copyfile(text, place)
    qt = Path("/usr/share/common-licenses/LGPL-3")
    if qt.is_file():
        shutil.copyfile(qt, target / "LGPL-3.txt")
        shutil.copyfile(qt.with_name("GPL-3"), target / "GPL-3.txt")
    shutil.copyfile(ROOT / "LICENSE", target / "ACQ-Studio-LICENSE.txt")
    shutil.copyfile(ROOT / "resources/sample/LICENSE-fashion-mnist", target / "Fashion-MNIST-LICENSE.txt")
    (target / "BUNDLED.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return missing


def _python_text(target: Path) -> bool:
    import sysconfig

    for place in (Path(sysconfig.get_path("stdlib"), "LICENSE.txt"), Path(sys.base_prefix, "LICENSE.txt")):
        if place.is_file():
            shutil.copyfile(place, target / "Python-LICENSE.txt")
            return True
    return False


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    without = write(Path(sys.argv[1]))
    if without:
        raise SystemExit("No licence is known of: " + ", ".join(without))
