"""A pytest plugin that makes every Qt import fail, as on a machine where no Qt is installed.

    python -m pytest -p no:pytest-qt -p tests.tools.without_qt --ignore=tests/app tests

With it, the engine's tests prove that the engine needs no window.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

BLOCKED = ("PySide6", "shiboken6", "pyqtgraph", "superqt", "qtpy")


class QtBlocker(MetaPathFinder):
    """Refuses to find Qt and what stands on it."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """None for every other module, so that the usual finders take it.

        Raises:
            ModuleNotFoundError: the module is Qt, or stands on it.
        """
        if fullname.partition(".")[0] in BLOCKED:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return None


loaded = [name for name in BLOCKED if name in sys.modules]
if loaded:
    raise RuntimeError(f"{', '.join(loaded)} was imported before it could be blocked")
sys.meta_path.insert(0, QtBlocker())
