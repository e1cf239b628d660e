"""Remembered settings: a broken value is dropped, never the whole file, never the start."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from acq_app.settings.preferences import Preferences, load_preferences, save_preferences


def test_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    settings = Preferences(theme="dark", runs_folder=tmp_path)
    for index in range(14):
        settings.remember("recent_models", tmp_path / f"{index}.pt")
    settings.remember("recent_models", tmp_path / "10.pt")
    assert save_preferences(settings, path)
    again = load_preferences(path)
    assert again == settings
    assert [p.name for p in again.recent_models[:3]] == ["10.pt", "13.pt", "12.pt"] and len(again.recent_models) == 10
    assert [p.name for p in path.parent.iterdir()] == ["settings.json"]


def test_one_broken_value_is_dropped(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": "dark", "threads": -4, "recent_runs": 7, "unknown": 1}), encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        settings = load_preferences(path)
    assert settings.theme == "dark" and settings.threads == 0 and settings.recent_runs == []
    assert "threads" in caplog.text and "recent_runs" in caplog.text


@pytest.mark.parametrize("text", ["{", "[]", ""])
def test_a_broken_file_starts_from_the_defaults(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text, encoding="utf-8")
    assert load_preferences(path).theme == "system"


@pytest.mark.parametrize(("text", "theme"), [
    ("{", "system"), ("[" * 100_000, "system"), ("[]", "system"),
    ('{"version": 99, "theme": "dark", "unheard_of": {"a": 1}}', "dark"),
])
def test_a_file_that_is_damaged_or_newer_is_kept_under_another_name(tmp_path: Path, text: str, theme: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text, encoding="utf-8")
    settings = load_preferences(path)
    assert settings.theme == theme
    assert save_preferences(settings, path)
    assert (tmp_path / "settings.json.broken").read_text(encoding="utf-8") == text
    assert json.loads(path.read_text(encoding="utf-8"))["version"] == 1
    assert load_preferences(path).theme == theme and len(list(tmp_path.iterdir())) == 2


def test_no_place_to_write_is_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert not save_preferences(Preferences(), blocked / "settings.json")
    assert "can't be saved" in caplog.text
