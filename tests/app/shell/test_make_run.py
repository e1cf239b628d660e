"""`make run` on a real X server: the window opens on the sample, and the keyboard starts and stops a run.

It presses keys as a person would (xdotool), and looks at nothing but the screen's windows and the run folder.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parents[3]
TOOLS = ("Xvfb", "xdotool", "make")

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        any(shutil.which(tool) is None for tool in TOOLS), reason=f"needs {', '.join(TOOLS)}; make test installs them"
    ),
    pytest.mark.skipif(not (ROOT / ".venv/bin/python").exists(), reason="make run uses .venv, which is not here"),
]


@pytest.fixture
def display() -> Iterator[str]:
    """A virtual screen of 1280x800; the server picks a free number itself and says when it is ready."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[writer], stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(timeout=30)


@pytest.fixture
def environment(display: str, tmp_path: Path) -> dict[str, str]:
    """A fresh user's: own settings and run folders, a real display."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QT_QPA", "XDG_", "WAYLAND"))}
    return kept | {
        "DISPLAY": display, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }


def xdotool(environment: dict[str, str], *arguments: str) -> str:
    result = subprocess.run(
        ["xdotool", *arguments], env=environment, capture_output=True, text=True, timeout=180, check=True
    )
    return result.stdout.strip()


def run_state(folder: Path) -> str:
    """The state of the one run below the folder; empty while there is none."""
    for file in folder.rglob("run.json"):
        return str(json.loads(file.read_text(encoding="utf-8"))["state"])
    return ""


def wait_for_state(qtbot: QtBot, folder: Path, state: str, process: subprocess.Popen[str]) -> None:
    def reached() -> bool:
        assert process.poll() is None, "the program ended"
        return run_state(folder) == state

    qtbot.waitUntil(reached, timeout=240_000)


def test_make_run_opens_the_window_and_the_keyboard_starts_a_run(
    environment: dict[str, str], tmp_path: Path, qtbot: QtBot
) -> None:
    process = subprocess.Popen(
        ["make", "--no-print-directory", "run"], cwd=ROOT, env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )
    try:
        window = xdotool(environment, "search", "--sync", "--onlyvisible", "--name", "ACQ Studio").splitlines()[-1]
        xdotool(environment, "windowfocus", "--sync", window)
        xdotool(environment, "key", "F5")
        wait_for_state(qtbot, tmp_path, "running", process)
        xdotool(environment, "key", "shift+F5")
        wait_for_state(qtbot, tmp_path, "stopped", process)
        xdotool(environment, "key", "ctrl+q")
        output, _ = process.communicate(timeout=120)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, 9)
    assert process.returncode == 0, output
    assert "Traceback" not in output
