"""What ships: one version, the resources in the wheel, a sample that is as good as its README says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ElementTree
import zipfile
from importlib.metadata import entry_points
from pathlib import Path

import numpy as np
import pytest
import torch

import acq_engine
from acq_engine.models import builtin

ROOT = Path(__file__).resolve().parents[1]
APP_ID = "io.github.acq_studio.ACQStudio"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source tree."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True)
    (path,) = folder.glob("*.whl")
    return path


def test_wheel_holds_both_packages_and_the_resources(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for name in (
        "acq_engine/settings/run_config.py",
        "acq_app/__init__.py",
        f"resources/sample/{builtin.WEIGHTS_FILE}",
        f"resources/sample/{builtin.TEST_FILE}",
        "resources/sample/LICENSE-fashion-mnist",
        "resources/icons/app.svg",
        "resources/palettes/light.toml",
        "resources/translations/acq_de.qm",
        "resources/translations/templates.json",
    ):
        assert name in names
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/", "scripts/"))]


def test_wheel_names_commands_and_version(wheel: Path) -> None:
    assert wheel.name.startswith(f"acq_studio-{acq_engine.__version__}-")
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
        text = archive.read(name).decode()
    assert "acq = acq_engine.cli:main" in text
    assert "acq-studio = acq_app.__main__:main" in text


def test_commands_lead_to_functions() -> None:
    installed = [point for point in entry_points(group="console_scripts") if point.value == "acq_engine.cli:main"]
    if not installed:
        pytest.skip("ACQ Studio is not installed in this environment, only its source is here")
    assert callable(installed[0].load())


def test_versions_agree() -> None:
    metainfo = ElementTree.parse(ROOT / "packaging" / "linux" / f"{APP_ID}.metainfo.xml")
    release = metainfo.find("releases/release")
    assert release is not None and release.get("version") == acq_engine.__version__
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[(Unreleased|{re.escape(acq_engine.__version__)})\]", changelog, re.MULTILINE)


def test_one_application_id() -> None:
    metainfo = ElementTree.parse(ROOT / "packaging" / "linux" / f"{APP_ID}.metainfo.xml")
    assert metainfo.findtext("id") == APP_ID
    assert metainfo.findtext("launchable") == f"{APP_ID}.desktop"
    desktop = (ROOT / "packaging" / "linux" / f"{APP_ID}.desktop").read_text(encoding="utf-8")
    assert f"Icon={APP_ID}\n" in desktop


def test_qt_versions_that_crash_are_refused() -> None:
    from packaging.requirements import Requirement

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = {item.name: item for item in map(Requirement, project["dependencies"])}
    qt = requirements["PySide6-Essentials"].specifier
    assert [version for version in ("6.10.3", "6.11.3") if version in qt] == ["6.10.3", "6.11.3"]
    assert not [version for version in ("6.11.0", "6.11.1", "6.12.0") if version in qt]


def test_sample_images_are_balanced_and_small() -> None:
    path = builtin.sample_dir() / builtin.TEST_FILE
    assert path.stat().st_size < 2_000_000
    with np.load(path, allow_pickle=False) as archive:
        images, labels, names = archive["images"], archive["labels"], archive["class_names"]
    assert images.dtype == np.uint8 and images.shape == (2000, builtin.INPUT_SIZE, builtin.INPUT_SIZE)
    assert labels.dtype == np.int64
    assert labels.tolist() == [index % 10 for index in range(2000)]
    assert tuple(names.tolist()) == builtin.CLASS_NAMES
    assert not images[:, :2].any() and not images[:, :, -2:].any()  # padded with black


def test_sample_is_as_accurate_as_its_readme_says() -> None:
    model = builtin.fashion_resnet().eval()
    model.load_state_dict(builtin.load_sample_weights())
    with np.load(builtin.sample_dir() / builtin.TEST_FILE, allow_pickle=False) as archive:
        images, labels = torch.from_numpy(archive["images"]), torch.from_numpy(archive["labels"])
    with torch.no_grad():
        logits = model(((images.float() / 255 - builtin.MEAN[0]) / builtin.STD[0]).unsqueeze(1))
    top1 = 100 * (logits.argmax(1) == labels).double().mean().item()
    measured = json.loads((builtin.sample_dir() / "measured.json").read_text(encoding="utf-8"))
    assert top1 > 91.5
    assert top1 == pytest.approx(measured["top1_2000_shipped_images"], abs=0.101)  # two images: other kernels
    readme = (builtin.sample_dir() / "README.md").read_text(encoding="utf-8")
    assert f"{measured['top1_2000_shipped_images']:.2f} %" in readme
    assert f"{measured['top1_10000_test_images']:.2f} %" in readme


def test_sample_network_is_small_and_ends_in_8x8_maps() -> None:
    model = builtin.fashion_resnet().eval()
    assert sum(parameter.numel() for parameter in model.parameters()) < 100_000
    maps = torch.nn.Sequential(model.conv1, model.bn1, model.relu, model.layer1, model.layer2, model.layer3)
    assert maps(torch.zeros(1, 1, 32, 32)).shape == (1, 64, 8, 8)


def test_missing_sample_is_a_plain_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from acq_engine.errors import ModelFileError

    monkeypatch.setattr(builtin, "sample_dir", lambda: tmp_path)
    with pytest.raises(ModelFileError, match="built-in sample"):
        builtin.load_sample_weights()


def test_shell_scripts_parse() -> None:
    scripts = [*sorted((ROOT / "scripts").glob("*.sh")), ROOT / ".ci" / "run"]
    for script in scripts:
        subprocess.run(["bash", "-n", str(script)], check=True)
        assert script.stat().st_mode & 0o111, f"{script.name} can't be executed"


def test_run_without_a_display_says_so_and_uses_the_command_line(tmp_path: Path) -> None:
    """In a copy with an interpreter that only prints what it was asked to do."""
    (tmp_path / "scripts").mkdir()
    script = tmp_path / "scripts" / "run.sh"
    script.write_text((ROOT / "scripts" / "run.sh").read_text(encoding="utf-8"), encoding="utf-8")
    script.chmod(0o755)
    interpreter = tmp_path / ".venv" / "bin" / "python"
    interpreter.parent.mkdir(parents=True)
    interpreter.write_text('#!/bin/sh\necho "CALLED $*"\n', encoding="utf-8")
    interpreter.chmod(0o755)
    (tmp_path / "runs" / "demo").mkdir(parents=True)

    def output(**environment: str) -> str:
        env = {"PATH": "/usr/bin:/bin", **environment}
        return subprocess.run([str(script)], env=env, capture_output=True, text=True, check=True).stdout

    if sys.platform == "linux":
        text = output()
        assert "no display" in text
        assert "CALLED -m acq_engine.cli quantize --sample fashion --preset fast --out runs/demo-2" in text
    assert "CALLED -m acq_app" in output(DISPLAY=":7")


@pytest.mark.skipif(shutil.which("apt-get") is None, reason="the system libraries are named for Debian and Ubuntu")
def test_set_up_names_one_exact_command_where_it_may_not_install(tmp_path: Path) -> None:
    """An ordinary user without sudo, on a machine that lacks one of Qt's libraries."""
    (tmp_path / "scripts").mkdir()
    script = tmp_path / "scripts" / "setup.sh"
    text = (ROOT / "scripts" / "setup.sh").read_text(encoding="utf-8")
    script.write_text(text, encoding="utf-8")
    libraries = re.findall(r"^(lib\S+\.so\.\d+) lib", text, re.MULTILINE)
    assert len(libraries) > 20
    present = "".join(f"\t{name} (libc6,x86-64) => /lib/{name}\n" for name in libraries if "xcb-cursor" not in name)
    tools = tmp_path / "tools"
    tools.mkdir()
    answers = {"ldconfig": f"cat <<'END'\n{present}END", "id": "echo 1000", "sudo": "exit 1", "find": "echo a.ttf"}
    for name, body in answers.items():
        (tools / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (tools / name).chmod(0o755)

    env = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "PYTHON": sys.executable}
    result = subprocess.run(["bash", str(script)], env=env, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    command = "sudo apt-get update && sudo apt-get install -y --no-install-recommends libxcb-cursor0"
    assert command in [line.strip() for line in result.stderr.splitlines()]
    assert not (tmp_path / ".venv").exists()


def test_set_up_says_which_python_it_needs(tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    script = tmp_path / "scripts" / "setup.sh"
    script.write_text((ROOT / "scripts" / "setup.sh").read_text(encoding="utf-8"), encoding="utf-8")
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("python3", "python3.13", "python3.12", "python3.11"):
        (tools / name).write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 || exit 1\n', encoding="utf-8")
        (tools / name).chmod(0o755)
    env = {"PATH": f"{tools}:/usr/bin:/bin"}
    result = subprocess.run(["bash", str(script)], env=env, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "needs Python 3.11 or newer; this machine has Python 3.9.2" in result.stderr


def locked() -> dict[str, str]:
    """The versions in the lock file by name."""
    lines = [line for line in (ROOT / "requirements/lock.txt").read_text("utf-8").splitlines() if line[:1] != "#"]
    assert all(re.fullmatch(r"[a-z0-9-]+==[A-Za-z0-9.]+", line) for line in lines), "names and versions, and no address"
    return dict(line.split("==") for line in lines)


def test_the_lock_has_a_fitting_version_of_everything_that_is_asked_for() -> None:
    from packaging.requirements import Requirement

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    versions = locked()
    for text in (*project["dependencies"], *project["optional-dependencies"]["dev"]):
        wanted = Requirement(text)
        version = versions[re.sub(r"[-_.]+", "-", wanted.name).lower()]
        assert wanted.specifier.contains(version), f"{wanted} and {version}"


def test_a_fresh_machine_gets_the_locked_versions() -> None:
    script = (ROOT / "scripts/setup.sh").read_text("utf-8")
    assert "lock=requirements/lock.txt" in script
    first, *_ = re.findall(r"pip install [^\n]*-e '.\[dev\]'", script)
    assert '-c "$lock"' in first
    stamp = next(line for line in script.splitlines() if line.startswith("wanted="))
    assert '"$lock"' in stamp, "a new lock is installed"
