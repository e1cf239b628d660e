"""Themes are complete, readable, and broken palette files are refused with the colour's name."""

from __future__ import annotations

import numpy as np
import pytest

from acq_app.appearance.theme import THEME_NAMES, contrast, load_theme, qt_palette, read_theme


@pytest.mark.parametrize("name", THEME_NAMES)
def test_text_is_readable_on_every_ground(name: str) -> None:
    theme = load_theme(name)
    for ground in (theme.window, theme.panel, theme.field, theme.raised):
        assert contrast(theme.text, ground) >= 7
        for colour in (theme.muted, theme.good, theme.warning, theme.bad, theme.accent):
            assert contrast(colour, ground) >= 4.5, (colour, ground)
    assert contrast(theme.accent_text, theme.accent) >= 4.5
    assert contrast(theme.plot_foreground, theme.plot_background) >= 4.5


@pytest.mark.parametrize("name", THEME_NAMES)
def test_curves_stand_out_from_the_plot(name: str) -> None:
    theme = load_theme(name)
    assert len(set(theme.curves)) == len(theme.curves) >= 8
    for colour in theme.curves:
        assert contrast(colour, theme.plot_background) >= 2


def test_maps_are_lookup_tables() -> None:
    theme = load_theme("dark")
    assert theme.viridis.shape == theme.difference.shape == (256, 3)
    assert theme.viridis.dtype == np.uint8
    assert theme.viridis[0].tolist() == [0x44, 0x01, 0x54] and theme.viridis[-1].tolist() == [0xFD, 0xE7, 0x25]


def test_unknown_theme_gives_light() -> None:
    assert load_theme("neon").name == "light"
    assert qt_palette(load_theme("dark")).window().color().name() == load_theme("dark").window


def test_broken_palette_names_the_colour(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from acq_app.appearance.resources import PALETTES

    text = (PALETTES / "light.toml").read_text(encoding="utf-8").replace('#0b62a8', "blue")
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="accent"):
        read_theme(path)
