"""Themes: every colour of the window, read from resources/palettes/*.toml.

Colours are "#rrggbb" strings, which QColor and pyqtgraph both take; maps are look-up tables of
256 RGB rows. The window sets Qt's palette from a theme and hands the theme to every view, so
nothing else in the program names a colour.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QPalette

from acq_app.appearance.resources import PALETTES

SYSTEM = "system"  # light or dark, as the desktop is
THEME_NAMES: tuple[str, ...] = ("light", "dark", "high-contrast")

# The 8-pixel grid: every margin and gap is a multiple of it, or half of it.
GRID = 8
HALF = 4

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Theme:
    """The colours of one theme; all are "#rrggbb"."""

    name: str
    title: str
    dark: bool
    window: str  # behind everything
    panel: str  # panels, lists, text fields
    field: str  # where something is typed
    raised: str  # headers and buttons
    text: str
    muted: str  # secondary text
    faint: str  # empty states, disabled text
    border: str
    outline: str  # the edge of what can be clicked or typed in
    track: str  # the part of a bar that is not filled
    accent: str  # the one accent: next step, selection, focus
    accent_text: str  # text on the accent
    good: str
    warning: str
    bad: str
    plot_background: str
    plot_foreground: str
    plot_grid: str
    plot_phase: str  # the shade of the phases before fine-tuning
    asked: str  # hollow ring of the centre asked for, on pictures
    measured: str  # filled dot of the centre measured, on pictures
    curves: tuple[str, ...]  # Okabe-Ito, in the order of use
    viridis: NDArray[np.uint8] = dataclasses.field(repr=False, compare=False)  # (256, 3): maps, distances
    difference: NDArray[np.uint8] = dataclasses.field(repr=False, compare=False)  # (256, 3): signed; row 128 is zero

    def color(self, name: str) -> QColor:
        """The named colour as a QColor ("accent", "plot_grid", ...)."""
        return QColor(getattr(self, name))


def lookup_table(anchors: Sequence[str]) -> NDArray[np.uint8]:
    """256 RGB rows, linear between evenly spaced anchor colours."""
    rgb = np.array([[int(anchor[i : i + 2], 16) for i in (1, 3, 5)] for anchor in anchors], np.float64)
    at = np.linspace(0, len(anchors) - 1, 256)
    columns = [np.interp(at, np.arange(len(anchors)), rgb[:, channel]) for channel in range(3)]
    return np.stack(columns, axis=1).round().astype(np.uint8)


def read_theme(path: Path) -> Theme:
    """Read a palette file.

    Raises:
        ValueError: a colour is missing or not "#rrggbb"; the message names it.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    window, plot, maps = data["window"], data["plot"], data["maps"]
    values: dict[str, Any] = {key: data[key] for key in ("name", "title", "dark")}
    for key in ("window", "panel", "field", "raised", "text", "muted", "faint", "border", "outline", "track", "accent",
                "accent_text", "good", "warning", "bad"):
        values[key] = _colour(window, key, path)
    for key in ("background", "foreground", "grid", "phase"):
        values[f"plot_{key}"] = _colour(plot, key, path)
    for key in ("asked", "measured"):
        values[key] = _colour(plot, key, path)
    values["curves"] = tuple(_colours(plot, "curves", path))
    for key in ("viridis", "difference"):
        table = lookup_table(_colours(maps, key, path))
        table.setflags(write=False)
        values[key] = table
    return Theme(**values)


def _colour(section: dict[str, Any], key: str, path: Path) -> str:
    value = section.get(key)
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise ValueError(f"{path.name}: {key} is not a colour like #a1b2c3 (found: {value!r})")
    return value


def _colours(section: dict[str, Any], key: str, path: Path) -> list[str]:
    values = section.get(key)
    if not isinstance(values, list) or len(values) < 2:
        raise ValueError(f"{path.name}: {key} is not a list of colours")
    return [_colour({key: value}, key, path) for value in values]


@cache
def load_theme(name: str) -> Theme:
    """A built-in theme by name; an unknown name gives the light theme."""
    return read_theme(PALETTES / f"{name if name in THEME_NAMES else THEME_NAMES[0]}.toml")


def qt_palette(theme: Theme) -> QPalette:
    """Qt's palette for the Fusion style."""
    palette = QPalette()
    role = QPalette.ColorRole
    roles = {
        role.Window: theme.window, role.WindowText: theme.text, role.Base: theme.panel,
        role.AlternateBase: theme.raised, role.Text: theme.text, role.Button: theme.raised,
        role.ButtonText: theme.text, role.BrightText: theme.bad, role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text, role.PlaceholderText: theme.muted, role.Highlight: theme.accent,
        role.HighlightedText: theme.accent_text, role.Link: theme.accent, role.LinkVisited: theme.accent,
        role.Light: theme.raised, role.Midlight: theme.border, role.Mid: theme.border,
        role.Dark: theme.border, role.Shadow: theme.outline, role.Accent: theme.accent,
    }
    for item, colour in roles.items():
        palette.setColor(item, QColor(colour))
    for item in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        palette.setColor(QPalette.ColorGroup.Disabled, item, QColor(theme.faint))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(theme.border))
    return palette


FIELDS = ("QLineEdit", "QAbstractSpinBox", "QComboBox", "QPlainTextEdit")


def field_palette(theme: Theme) -> QPalette:
    """The palette of the classes in FIELDS: the ground of a field stands out from the panel that it lies on."""
    palette = qt_palette(theme)
    palette.setColor(QPalette.ColorRole.Base, QColor(theme.field))
    return palette


def contrast(first: str, second: str) -> float:
    """WCAG 2 contrast ratio of two colours, 1..21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
