"""Every place where a view can be: its name, its title and its area. Menus and tabs are made from it.

The views themselves stand in `acq_app/views/__init__.py` under the same names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

Area = Literal["losses", "samples", "attention", "side", "page"]


@dataclass(frozen=True)
class PageInfo:
    """One place; `title` is English."""

    id: str
    title: str
    area: Area

    def translated(self) -> str:
        """The title in the user's language."""
        return QCoreApplication.translate("Views", self.title)


PAGES: tuple[PageInfo, ...] = (
    PageInfo("losses", str(QT_TRANSLATE_NOOP("Views", "Losses")), "losses"),
    PageInfo("samples", str(QT_TRANSLATE_NOOP("Views", "Samples")), "samples"),
    PageInfo("attention", str(QT_TRANSLATE_NOOP("Views", "Attention")), "attention"),
    PageInfo("layers", str(QT_TRANSLATE_NOOP("Views", "Layers")), "page"),
    PageInfo("feature_map", str(QT_TRANSLATE_NOOP("Views", "Feature map")), "page"),
    PageInfo("results", str(QT_TRANSLATE_NOOP("Views", "Results")), "page"),
    PageInfo("compare", str(QT_TRANSLATE_NOOP("Views", "Compare images")), "page"),
    PageInfo("runs", str(QT_TRANSLATE_NOOP("Views", "Runs")), "page"),
    PageInfo("sweeps", str(QT_TRANSLATE_NOOP("Views", "Sweeps")), "page"),
    PageInfo("queue", str(QT_TRANSLATE_NOOP("Views", "Queue")), "page"),
    PageInfo("log", str(QT_TRANSLATE_NOOP("Views", "Log")), "side"),
)
