"""Views: what the user sees. Each takes plain events and emits intents; none calls the engine.

The registry names the views and imports a view's module only when it is made, so that the window
can be up before pyqtgraph is loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from acq_app.commands.pages import PAGES, PageInfo

if TYPE_CHECKING:
    from acq_app.views.shared.base import View


@dataclass(frozen=True)
class ViewInfo:
    """One view: its place, and how it is made."""

    page: PageInfo
    factory: Callable[[QWidget | None], View]

    @property
    def id(self) -> str:
        """The name by which the view is found."""
        return self.page.id


def _lazy(module: str, name: str) -> Callable[[QWidget | None], View]:
    def make(parent: QWidget | None = None) -> View:
        return cast("View", getattr(import_module(f"acq_app.views.{module}.view"), name)(parent))

    return make


# By the names in `commands/pages.py`.
FACTORIES: dict[str, Callable[[QWidget | None], View]] = {
    "losses": _lazy("losses", "LossesView"),
    "samples": _lazy("samples", "SamplesView"),
    "attention": _lazy("attention", "AttentionView"),
    "layers": _lazy("layers", "LayersView"),
    "feature_map": _lazy("feature_map", "FeatureMapView"),
    "results": _lazy("results", "ResultsView"),
    "compare": _lazy("compare", "CompareView"),
    "runs": _lazy("runs", "RunsView"),
    "sweeps": _lazy("sweeps", "SweepsView"),
    "queue": _lazy("queue", "QueueView"),
    "log": _lazy("log", "LogView"),
}
VIEWS: tuple[ViewInfo, ...] = tuple(ViewInfo(page, FACTORIES[page.id]) for page in PAGES)
