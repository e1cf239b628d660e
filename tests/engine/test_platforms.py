"""What differs between systems, with the other system faked where that proves something.

Not faked, because a fake would prove nothing: which folders platformdirs names, what send2trash does, Qt's own menus
and fonts there. These wait for the packages' checks on those systems (packaging/ci).
"""

from __future__ import annotations

import fcntl
import importlib.util
import os
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import acq_engine.store.lock as posix_lock
from acq_engine import files
from acq_engine.cli import models
from acq_engine.errors import ExportError, StorageError
from acq_engine.report import pdf

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="fakes other systems on Linux")


def _locking(handle: int, mode: int, count: int) -> None:
    """Windows' call, made of this system's: it locks a range of the file, and raises where that is taken."""
    assert mode == 1 and count == 1
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.fixture
def windows_lock(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`acq_engine.store.lock` as it is on Windows."""
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(LK_NBLCK=1, locking=_locking))
    monkeypatch.setattr(sys, "platform", "win32")
    spec = importlib.util.spec_from_file_location("lock_on_windows", str(posix_lock.__file__))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_on_windows_one_writer_keeps_others_out(windows_lock: ModuleType, tmp_path: Path) -> None:
    one, two = windows_lock.FolderLock(tmp_path / "lock"), windows_lock.FolderLock(tmp_path / "lock")
    one.acquire()
    assert one.held and two.taken_by_somebody()
    with pytest.raises(StorageError, match="Another program"):
        two.acquire()
    one.release()
    assert not (tmp_path / "lock").exists()
    two.acquire()
    two.release()


def test_on_windows_the_owner_stays_readable_and_the_file_is_closed_before_it_goes(
    windows_lock: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    lock = windows_lock.FolderLock(tmp_path / "lock")
    lock.acquire()
    assert (tmp_path / "lock").read_text("ascii") == f"{os.getpid()}\n{platform.node()}\n"
    order: list[str] = []
    close, unlink = os.close, Path.unlink

    def closed(handle: int) -> None:
        order.append("close")
        close(handle)

    def unlinked(path: Path, missing_ok: bool = False) -> None:
        order.append("unlink")
        unlink(path, missing_ok)

    monkeypatch.setattr(os, "close", closed)
    monkeypatch.setattr(Path, "unlink", unlinked)
    lock.release()
    assert order == ["close", "unlink"], "an open file can't be removed there"


@pytest.mark.parametrize(("platform", "variables", "folder"), [
    ("win32", {"LOCALAPPDATA": "/u/AppData/Local"}, "/u/AppData/Local/acq-studio"),
    ("win32", {"HOME": "/u"}, "/u/AppData/Local/acq-studio"),
    ("darwin", {"HOME": "/u"}, "/u/Library/Caches/acq-studio"),
    ("linux", {"HOME": "/u"}, "/u/.cache/acq-studio"),
    ("linux", {"HOME": "/u", "XDG_CACHE_HOME": "/c"}, "/c/acq-studio"),
])
def test_the_cache_lies_where_each_system_keeps_them(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], folder: str,
) -> None:
    for name in ("LOCALAPPDATA", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert models._cache_folder().as_posix() == folder


def test_on_windows_nobody_is_asked_whether_a_process_lives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """There, os.kill(process, 0) would end it."""
    def killed(*_arguments: Any) -> None:
        raise AssertionError("a process was signalled")

    temporary = tmp_path / ".run.json.123.tmp"
    temporary.write_bytes(b"")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "kill", killed)
    assert files._alive(999_999, temporary)
    old = time.time() - 10 * files._LONGEST_WRITE
    os.utime(temporary, (old, old))
    assert not files._alive(999_999, temporary)


@pytest.mark.parametrize("place", [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
])
def test_a_browser_is_found_in_the_usual_place_of_each_system(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.delenv(pdf.BROWSER_VARIABLE, raising=False)
    only: Callable[[str], str | None] = lambda name: name if name == place else None  # noqa: E731
    monkeypatch.setattr("shutil.which", only)
    assert pdf.find_browser() == Path(place)
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(ExportError, match="No browser"):
        pdf.find_browser()
