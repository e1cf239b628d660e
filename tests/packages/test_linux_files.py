"""What a Linux desktop reads beside the program fits the program."""

from __future__ import annotations

import configparser
import gzip
import re
import runpy
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"
APP_ID = "io.github.acq_studio.ACQStudio"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
Script = Callable[[str], ModuleType]


def test_a_double_click_on_a_runs_file_opens_the_run(tmp_path: Path) -> None:
    from acq_app.settings.model_catalogue import kind_of

    entry = configparser.RawConfigParser()
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(LINUX / f"{APP_ID}.desktop", "utf-8")
    opened = [name for name in entry["Desktop Entry"]["MimeType"].split(";") if name]
    types = {item.get("type"): item.findall(f"{MIME}glob") for item in
             ElementTree.parse(LINUX / f"{APP_ID}.mime.xml").getroot()}
    metainfo = ElementTree.parse(LINUX / f"{APP_ID}.metainfo.xml")
    assert [item.text for item in metainfo.findall("provides/mediatype")] == opened
    for name in opened:
        (pattern,) = (glob.get("pattern") for glob in types[name])
        assert kind_of(tmp_path / str(pattern)) == "run"


def test_exported_files_have_the_type_of_their_ending() -> None:
    from acq_engine.export import FORMATS

    patterns = {glob.get("pattern") for glob in ElementTree.parse(LINUX / f"{APP_ID}.mime.xml").iter(f"{MIME}glob")}
    assert FORMATS["acq"].file_name.startswith("model.")
    assert f"*{FORMATS['acq'].file_name.removeprefix('model')}" in patterns


def test_the_manual_names_every_command_and_every_option_of_the_window(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("PySide6", reason="the window's options are only known where there is Qt")
    from acq_app.shell.application import parse
    from acq_engine.cli.app import app

    page = (LINUX / "man/acq.1").read_text("utf-8")
    for command in app.registered_commands:
        assert f".B {command.name}\n" in page
    window = (LINUX / "man/acq-studio.1").read_text("utf-8").replace("\\", "")
    with pytest.raises(SystemExit):
        parse(["--help"])
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    assert "--run" in options
    for option in options:
        assert option in window


def test_everything_is_laid_out_in_all_sizes(script: Script, tmp_path: Path) -> None:
    files = script("linux/files.py")
    files.lay_out(tmp_path)
    for size in (16, 32, 48, 128, 256, 512):
        with Image.open(tmp_path / f"icons/hicolor/{size}x{size}/apps/{APP_ID}.png") as icon:
            assert icon.size == (size, size)
            low, high = icon.convert("RGBA").getchannel("A").getextrema()
            assert (low, high) == (0, 255), "drawn, and not a full square"
    for name in (f"applications/{APP_ID}.desktop", f"metainfo/{APP_ID}.metainfo.xml", f"mime/packages/{APP_ID}.xml",
                 f"icons/hicolor/scalable/apps/{APP_ID}.svg"):
        assert (tmp_path / name).is_file()
    assert b"SH COMMANDS" in gzip.decompress((tmp_path / "man/man1/acq.1.gz").read_bytes())


def test_debian_knows_the_libraries_that_set_up_installs(script: Script) -> None:
    providers = script("linux/deb.py").PROVIDERS
    setup = (ROOT / "scripts/setup.sh").read_text("utf-8")
    for library, package in re.findall(r"^(lib\S+\.so\.\d+) (\S+)$", setup, re.MULTILINE):
        assert package in providers[library].split(" | ")


def test_an_unknown_library_is_no_silent_gap(script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deb = script("linux/deb.py")
    (tmp_path / "libmine.so").write_bytes(b"")
    told = "  (NEEDED)   Shared library: [libnobody.so.1]\n"
    monkeypatch.setattr(deb.subprocess, "run",
                        lambda command, **_: subprocess.CompletedProcess(command, 0, told, ""))
    with pytest.raises(SystemExit, match=r"libnobody\.so\.1 for libmine\.so"):
        deb.needed_packages(tmp_path)


def test_started_programs_load_their_own_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = runpy.run_path(str(ROOT / "packaging/pyinstaller/entry.py"), run_name="entry")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/usr/lib/acq-studio/_internal")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/mine")
    import os

    entry["give_back_library_path"]()
    assert os.environ["LD_LIBRARY_PATH"] == "/mine" and "LD_LIBRARY_PATH_ORIG" not in os.environ
    entry["give_back_library_path"]()
    assert "LD_LIBRARY_PATH" not in os.environ


@pytest.mark.parametrize("name", ["windows/acq-studio.iss", "macos/build.sh", "appimage/build.sh", "ci/packages.yml"])
def test_what_was_never_run_says_so(name: str) -> None:
    assert "not run by this project yet" in (ROOT / "packaging" / name).read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="shell scripts")
@pytest.mark.parametrize("path", sorted((ROOT / "packaging").rglob("*.sh")), ids=lambda path: str(path.parent.name))
def test_shell_scripts_parse(path: Path) -> None:
    subprocess.run(["bash", "-n", str(path)], check=True)
    assert path.stat().st_mode & 0o111
