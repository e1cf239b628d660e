"""Writes requirements/lock.txt: the versions of everything that `make run` and `make test` install.

    python -m scripts.lock [--check]

They are those of the environment that this runs in, once all tests have passed with them. The file is given to pip as
constraints, so that it names packages of other systems, too, and no registry. `--check` only compares.
"""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements" / "lock.txt"
OURS = "acq-studio"
HEAD = """\
# The versions that all tests passed with; scripts/setup.sh gives this file to pip as constraints (-c).
# Written by: python -m scripts.lock
"""


def closure(name: str, extras: frozenset[str]) -> dict[str, str]:
    """Versions of what a package needs, directly or not, by name; what is not installed here is not needed here."""
    found: dict[str, str] = {}
    waiting = [(name, extras)]
    seen = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        found[canonicalize_name(name)] = package.version
        for text in package.requires or ():
            wanted = Requirement(text)
            if wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in (*extras, "")):
                waiting.append((canonicalize_name(wanted.name), frozenset(wanted.extras)))
    return found


def text() -> str:
    """The file's content for this environment."""
    versions = closure(OURS, frozenset({"dev"}))
    versions.pop(OURS)
    # A build of torch for one kind of processor is the same version: "2.14.1+cpu" is what "==2.14.1" asks for.
    return HEAD + "".join(f"{name}=={versions[name].partition('+')[0]}\n" for name in sorted(versions))


def main() -> int:
    """Write the file, or say what differs."""
    if "--check" not in sys.argv[1:]:
        LOCK.parent.mkdir(exist_ok=True)
        LOCK.write_text(text(), encoding="utf-8")
        return 0
    kept, wanted = (set(lines.splitlines()) for lines in (LOCK.read_text(encoding="utf-8"), text()))
    for line in sorted(kept ^ wanted):
        print(("only in the file: " if line in kept else "only here: ") + line)
    return int(kept != wanted)


if __name__ == "__main__":
    sys.exit(main())
