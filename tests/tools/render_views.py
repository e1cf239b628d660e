"""Draw every view by itself, with a made-up run, into PNG files: to be looked at.

Usage: python -m tests.tools.render_views OUT [view ...]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from acq_app.theme import load_theme, qt_palette
from acq_app.views import VIEWS
from acq_app.views.base import View
from acq_app.views.losses import LossesView
from acq_app.views.samples import SamplesView
from acq_engine.events import Event
from tests.tools.fake_run import FakeRun

SIZES = {
    "losses": ((620, 360), (1000, 560)), "samples": ((420, 400), (1000, 560)), "attention": ((620, 360), (1000, 560)),
    "results": ((900, 640),), "log": ((620, 240),), "layers": ((900, 480),), "runs": ((1000, 560),),
}


EXTRA_STATES = {"samples": ("large",), "losses": ("generator", "accuracy", "all")}


def run_events() -> list[Event]:
    """All events of a made-up run."""
    return list(FakeRun(seed=3).events())


def show_state(view: View, state: str) -> None:
    """Bring a view that has had all events into one of its further states."""
    if isinstance(view, SamplesView) and state == "large":
        view.open_large(7)
        view.large.overlay_buttons["eval"].click()
    elif isinstance(view, LossesView) and state != "full":
        view.choose_group(state)


def main(out: Path, names: list[str]) -> None:
    """Write OUT/view-WIDTHxHEIGHT-theme[-state].png for every view, theme and state."""
    app = QApplication.instance() or QApplication(["render"])
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    app.setFont(QFont("DejaVu Sans", 9))
    out.mkdir(parents=True, exist_ok=True)
    events = run_events()
    for info in VIEWS:
        if names and info.id not in names:
            continue
        for theme_name in ("light", "dark"):
            theme = load_theme(theme_name)
            app.setPalette(qt_palette(theme))
            for width, height in SIZES[info.id]:
                for state in ("empty", "full", *EXTRA_STATES.get(info.id, ())):
                    if state == "empty" and theme_name == "dark":
                        continue
                    view = info.factory(None)
                    view.set_theme(theme)
                    view.resize(width, height)
                    view.show()
                    if state != "empty":
                        for event in events:
                            view.apply(event)
                        view.select_sample(7)
                        show_state(view, state)
                    app.processEvents()
                    view.flush()
                    app.processEvents()
                    view.grab().save(str(out / f"{info.id}-{width}x{height}-{theme_name}-{state}.png"))
                    view.close()
                    view.deleteLater()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
