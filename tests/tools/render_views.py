"""Draw every view by itself, with a made-up run, into PNG files: to be looked at.

Usage: python -m tests.tools.render_views OUT [view ...]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from acq_app.appearance.theme import load_theme, qt_palette
from acq_app.views import VIEWS
from acq_app.views.attention.view import AttentionView
from acq_app.views.layers.view import LayersView
from acq_app.views.losses.view import LossesView
from acq_app.views.runs.rows import RunDetail, RunRow
from acq_app.views.runs.view import RunsView
from acq_app.views.samples.view import SamplesView
from acq_app.views.shared.base import View
from acq_engine.events import Event
from tests.tools.fake_run import FakeRun

SIZES = {
    "losses": ((360, 330), (620, 360), (1000, 560)),
    "samples": ((350, 330), (420, 400), (1000, 560)),
    "attention": ((620, 360), (1000, 560)), "feature_map": ((620, 400), (1000, 560)),
    "results": ((900, 640),), "log": ((620, 240),), "layers": ((760, 560), (1400, 860)), "runs": ((1000, 560),),
    "sweeps": ((1000, 560),), "queue": ((1000, 560),),
}


EXTRA_STATES = {"samples": ("large",), "losses": ("generator", "accuracy", "all"), "attention": ("layer1",),
                "runs": ("compare",), "layers": ("log", "eight")}


def run_events() -> list[Event]:
    """All events of a made-up run."""
    return list(FakeRun(seed=3).events())


def run_details() -> list[RunDetail]:
    """Six made-up runs with their curves and settings."""
    details = []
    for number in range(6):
        steps = np.arange(0, 500 + 40 * number, 5, dtype=np.float64)
        rng = np.random.default_rng(number)
        bits = (4, 4, 3, 8, 2, 4)[number]
        top1 = (90.4, 90.1, 86.2, 91.8, 60.3, None)[number]
        row = RunRow(
            f"runs/fashion-{number:04}", f"fashion-{number:04}", f"2026-03-0{number + 1}T10:2{number}:00",
            "Fashion sample", "gdfq" if number == 1 else "acq", bits, 4,
            "interrupted" if top1 is None else "finished", 91.9, top1, None if top1 is None else 99.9,
            None if top1 is None else 40_000 + bits * 5_000, None if top1 is None else 0.4 + 0.02 * bits,
            70.0 + 31 * number, "baseline" if number == 1 else "",
        )
        loss = 0.02 + np.exp(-steps / (60 + 20 * number)) * np.exp(rng.normal(0, 0.05, len(steps)))
        agreement = 98.0 - 2 * number - 40 * np.exp(-steps / (80 + 10 * number)) + rng.normal(0, 0.2, len(steps))
        settings = {"method": row.method, "quantization.weight_bits": str(bits), "seed": "0",
                    "losses.pair": "0.0" if number == 1 else "1.0"}
        details.append(RunDetail(row, {"student/total": (steps, loss), "accuracy/agreement": (steps, agreement)},
                                 settings))
    return details


def show_state(view: View, state: str) -> None:
    """Bring a view that has had all events into one of its further states."""
    if isinstance(view, SamplesView) and state == "large":
        view.open_large(7)
        view.large.overlay_buttons["eval"].click()
    elif isinstance(view, AttentionView) and state == "layer1":
        view.show_layer("layer1")
    elif isinstance(view, LayersView):
        view.list.expandAll()
        view._select("fc" if state == "eight" else "layer1.1.conv2")
        if state == "log":
            view.detail.log.click()
            view.detail.weights.point(4)
            view.show_asked({"layer1.0.conv2": 6, "layer2.0.conv1": 3})
    elif isinstance(view, RunsView):
        details = run_details()
        view.show_rows([detail.row for detail in details])
        view.list.selectRow(2)
        if state == "compare":
            view.show_comparison(details[:3])
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
                        view.flush()
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
