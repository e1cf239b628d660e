"""Views: what the user sees. Each takes plain events and emits intents; none calls the engine.

The registry names the views and imports a view's module only when it is made, so that the window
can be up before pyqtgraph is loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Literal, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from acq_app.views.base import View

Area = Literal["losses", "samples", "attention", "side", "page"]


@dataclass(frozen=True)
class ViewInfo:
    """One view: `title` is English and is translated in the context "Views" by whoever shows it."""

    id: str
    title: str
    factory: Callable[[QWidget | None], View]
    area: Area


def _lazy(module: str, name: str) -> Callable[[QWidget | None], View]:
    def make(parent: QWidget | None = None) -> View:
        return cast("View", getattr(import_module(f"acq_app.views.{module}"), name)(parent))

    return make


VIEWS: tuple[ViewInfo, ...] = (
    ViewInfo("losses", str(QT_TRANSLATE_NOOP("Views", "Losses")), _lazy("losses", "LossesView"), "losses"),
    ViewInfo("samples", str(QT_TRANSLATE_NOOP("Views", "Samples")), _lazy("samples", "SamplesView"), "samples"),
    ViewInfo("attention", str(QT_TRANSLATE_NOOP("Views", "Attention")), _lazy("attention", "AttentionView"),
             "attention"),
    ViewInfo("layers", str(QT_TRANSLATE_NOOP("Views", "Layers")), _lazy("layers", "LayersView"), "page"),
    ViewInfo("feature_map", str(QT_TRANSLATE_NOOP("Views", "Feature map")), _lazy("feature_map", "FeatureMapView"),
             "page"),
    ViewInfo("results", str(QT_TRANSLATE_NOOP("Views", "Results")), _lazy("results", "ResultsView"), "page"),
    ViewInfo("runs", str(QT_TRANSLATE_NOOP("Views", "Runs")), _lazy("runs", "RunsView"), "page"),
    ViewInfo("sweeps", str(QT_TRANSLATE_NOOP("Views", "Sweeps")), _lazy("sweeps", "SweepsView"), "page"),
    ViewInfo("queue", str(QT_TRANSLATE_NOOP("Views", "Queue")), _lazy("queue", "QueueView"), "page"),
    ViewInfo("log", str(QT_TRANSLATE_NOOP("Views", "Log")), _lazy("log", "LogView"), "side"),
)
