"""Where the files are that ship with the program: palettes, icons, help, the sample."""

from __future__ import annotations

import sys
from pathlib import Path


def _root() -> Path:
    """The resources folder of a frozen application, an installed wheel or a source tree."""
    package = Path(__file__).resolve().parents[1]
    candidates = [package / "resources", package.parent / "resources"]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        candidates.insert(0, Path(frozen) / "resources")
    for candidate in candidates:
        if (candidate / "palettes").is_dir():
            return candidate
    raise FileNotFoundError("The program's resources folder is missing; install ACQ Studio again.")


ROOT = _root()
PALETTES = ROOT / "palettes"
ICONS = ROOT / "icons"
HELP = ROOT / "help"
TRANSLATIONS = ROOT / "translations"
