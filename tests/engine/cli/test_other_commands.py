"""acq models, inspect, evaluate, and what all commands share."""

from __future__ import annotations

import io
import subprocess
import sys
import types
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console
from rich.table import Table

from acq_engine import __version__
from acq_engine.cli import main
from acq_engine.cli.console import human
from acq_engine.cli.download import download_bar
from acq_engine.cli.versions import version_lines
from tests.engine.cli.made_up import acq, lines


def test_models_are_listed_and_the_second_time_without_torch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("acq_engine.cli.models._cache_folder", lambda: tmp_path / "cache")
    (first,) = lines(acq("models", "--json"))
    assert "cifar_resnet20" in first["architectures"]["cifar"]
    assert "resnet18" in first["architectures"]["torchvision"]
    monkeypatch.setitem(sys.modules, "acq_engine.models.registry", None)
    assert lines(acq("models", "--json")) == [first]
    assert "  resnet18" in acq("models").stdout.splitlines()


def test_inspect_lists_layers_with_their_bits() -> None:
    result = acq("inspect", "--sample", "fashion", "--weight-bits", 3)
    assert result.exit_code == 0, result.output
    assert "77,754 parameters" in result.stdout
    (found,) = lines(acq("inspect", "--sample", "fashion", "--weight-bits", 3, "--json"))
    bits = {row["name"]: row["weight_bits"] for row in found["rows"] if row["quantizable"]}
    assert (bits["conv1"], bits["layer1.0.conv1"], bits["fc"]) == (8, 3, 8)


def test_a_table_is_whole_where_no_terminal_says_how_wide_it_may_be(capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"column-{number:02}" for number in range(16)]
    table = Table(*names)
    table.add_row(*names)
    human().print(table)
    assert [line for line in capsys.readouterr().out.splitlines() if all(name in line for name in names)]


def test_evaluate_measures_a_float_model() -> None:
    (found,) = lines(acq("evaluate", "--sample", "fashion", "--test-limit", 200, "--json"))
    assert found["images"] == 200
    assert found["top1"] > 85
    assert "200 test images" in acq("evaluate", "--sample", "fashion", "--test-limit", 200).stdout


def test_evaluate_says_how_many_images_it_skips(tmp_path: Path) -> None:
    for index in range(4):
        folder = tmp_path / "images" / str(index)
        folder.mkdir(parents=True)
        Image.new("L", (32, 32)).save(folder / "good.png")
    for index in range(4, 10):
        (tmp_path / "images" / str(index)).mkdir()
    (tmp_path / "images/3/bad.png").write_bytes(b"\x89PNG damaged")
    result = acq("evaluate", "--sample", "fashion", "--test-set", tmp_path / "images", "--json")
    assert lines(result)[0]["images"] == 4
    assert "1 of 5 test images can't be read and are skipped." in result.stderr


def test_an_interrupt_while_the_program_starts_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Interrupted(types.ModuleType):
        def __getattr__(self, name: str) -> None:
            raise KeyboardInterrupt if name == "app" else AttributeError(name)

    monkeypatch.setitem(sys.modules, "acq_engine.cli.app", Interrupted("app"))
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 130
    assert capsys.readouterr().err == "Error: The command was interrupted.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="file systems there have other limits")
@pytest.mark.parametrize(
    "before", [("inspect",), ("verify",), ("report",), ("quantize", "--sample", "fashion", "--out")]
)
def test_a_name_that_is_too_long_for_a_file_is_no_internal_error(before: tuple[str, ...]) -> None:
    result = acq(*before, "x" * 300)
    assert result.exit_code == 2 and "A path is too long." in result.output


def test_help_needs_no_torch() -> None:
    script = (
        "import sys\nfrom acq_engine.cli import main\n"
        "try:\n    main(['quantize', '--help'])\nexcept SystemExit:\n    pass\n"
        "sys.exit(3 if 'torch' in sys.modules else 0)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=60, capture_output=True).returncode == 0


def test_the_version_is_shown() -> None:
    result = subprocess.run([sys.executable, "-m", "acq_engine", "--version"], check=False, timeout=60,
                            capture_output=True, text=True)
    assert result.returncode == 0
    first, *others = result.stdout.splitlines()
    assert first == f"acq {__version__}"
    for name in ("PyTorch ", "ONNX Runtime ", "Qt for Python ", "Device: "):
        assert [line for line in others if line.startswith(name)], f"{name}is not told"
    assert result.stdout.count("acq ") == 1


def test_a_pytorch_that_can_t_be_loaded_is_told_with_the_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    assert list(version_lines())[-1].startswith("Device: PyTorch can't be loaded (")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell with pipes")
def test_a_reader_that_goes_away_is_no_error_page() -> None:
    script = (
        "import typer\nfrom acq_engine.cli.console import handled\napp = typer.Typer()\n"
        "def talk() -> None:\n    print('word ' * 1_000_000, flush=True)\n"
        "app.command()(handled(talk))\napp()"
    )
    result = subprocess.run(
        ["/bin/sh", "-c", '"$0" -c "$1" | true', sys.executable, script], check=False, timeout=60,
        capture_output=True, text=True,
    )
    assert result.stderr == ""


def test_a_packaged_program_can_start_child_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything else: the child of a packaged program is that program again, and must not run the command."""
    order: list[str] = []
    monkeypatch.setattr("multiprocessing.freeze_support", lambda: order.append("ready"))
    monkeypatch.setattr("acq_engine.cli.app.app", lambda **_options: order.append("command"))
    main(["--version"])
    assert order == ["ready", "command"]


def test_the_download_bar_tells_what_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Console(file=io.StringIO(), force_terminal=True, width=100)
    monkeypatch.setattr("acq_engine.cli.download.notes", lambda: screen)
    with download_bar() as progress:
        assert screen.file.getvalue() == ""  # type: ignore[attr-defined]
        progress(12_000_000, 45_000_000)
        progress(30_000_000, 45_000_000)
    shown = screen.file.getvalue()  # type: ignore[attr-defined]
    assert "Downloading weights" in shown and "30.0/45.0 MB" in shown
