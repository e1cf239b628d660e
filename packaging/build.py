"""`make package`: everything that can be downloaded and started, from the source tree and a package index.

    python3 packaging/build.py [--wheel-only] [--no-archives] [--no-smoke]

1. wheel and source distribution, checked by twine;
2. an environment in build/package-environment with the locked versions and PyInstaller, from which CUDA is taken out
   where PyTorch came with it (TORCH_INDEX=<index> takes a CPU build instead);
3. PyInstaller's folder in dist/acq-studio, with the licences of everything in it;
4. the smoke test on that folder;
5. on Linux the .tar.zst and the .deb. Windows and macOS: packaging/README.md.

Sizes are printed, and what is larger than its limit is an error.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
import venv
from pathlib import Path

from bundled import EXTRAS

ROOT = Path(__file__).resolve().parents[1]
BUILD, DIST = ROOT / "build", ROOT / "dist"
ENVIRONMENT = BUILD / "package-environment"
TOOLS = ("pyinstaller>=6.16", "twine>=6", "hatchling>=1.27")
LIMITS_MB = {"folder": 1200, ".deb": 400}


def say(text: str) -> None:
    """A heading."""
    print(f"\n== {text}", flush=True)


def run(*command: str | Path, **changes: str) -> None:
    """Run a command in the project's folder; it has to end with 0."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env={**os.environ, **changes}, check=False)
    if done.returncode:
        raise SystemExit(f"{Path(command[0]).name} ended with {done.returncode}.")


def version() -> str:
    """The one version, from where it stands."""
    text = (ROOT / "acq_engine" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    assert found is not None
    return found[1]


def environment() -> Path:
    """Python of the environment that packages are built in, made where it is not there."""
    name = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    python = Path(os.environ.get("PACKAGE_ENVIRONMENT", ENVIRONMENT)) / name
    if not python.is_file():
        say(f"an environment in {python.parents[1]}")
        venv.create(python.parents[1], with_pip=True)
        constraints = ("-c", ROOT / "requirements" / "lock.txt") if sys.platform == "linux" else ()
        index = ("--index-url", os.environ["TORCH_INDEX"]) if os.environ.get("TORCH_INDEX") else ()
        if index:
            run(python, "-m", "pip", "install", "-q", *index, "torch", "torchvision")
        run(python, "-m", "pip", "install", "-q", *constraints, f"{ROOT}[{','.join(EXTRAS)}]")
        run(python, "-m", "pip", "install", "-q", *TOOLS)
    return python


def wheel(python: Path) -> list[Path]:
    """Wheel and source distribution, checked."""
    say("wheel and source distribution")
    for old in DIST.glob("acq_studio-*"):
        old.unlink()
    run(python, "-m", "hatchling", "build", "-d", DIST)
    made = sorted(DIST.glob("acq_studio-*"))
    run(python, "-m", "twine", "check", "--strict", *made)
    return made


def freeze(python: Path) -> Path:
    """PyInstaller's folder."""
    run(python, "-m", "pip", "install", "-q", "--no-deps", "--force-reinstall", *DIST.glob("acq_studio-*.whl"))
    site = subprocess.run([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
                          check=True, capture_output=True, text=True).stdout.strip()
    if sys.platform == "linux":
        say("PyTorch without CUDA")
        run(python, ROOT / "packaging/pyinstaller/without_cuda.py", site)
    say("PyInstaller")
    run(python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--workpath", BUILD / "pyinstaller",
        "--distpath", DIST, ROOT / "packaging/pyinstaller/acq-studio.spec")
    folder = DIST / "acq-studio"
    say("licences of everything in it")
    run(python, ROOT / "packaging/bundled.py", folder)
    print((folder / "licences/BUNDLED.md").read_text("utf-8"))
    return folder


def megabytes(path: Path) -> float:
    """Size of a file or folder in MB (10^6 bytes); links count nothing."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file() and not file.is_symlink()]
    return sum(file.stat().st_size for file in files) / 1e6


def archives(folder: Path, python: Path) -> list[Path]:
    """The .tar.zst and the .deb."""
    from linux.deb import build_deb
    from linux.files import lay_out

    say("archives")
    name = f"acq-studio-{version()}-linux-x86_64"
    archive = DIST / f"{name}.tar.zst"
    lay_out(folder / "share", python)
    run("tar", "--zstd", "-cf", archive, "--transform", f"s,^acq-studio,{name},", "-C", DIST, "acq-studio",
        ZSTD_CLEVEL="10", ZSTD_NBTHREADS=str(os.cpu_count() or 1))
    run("rm", "-rf", folder / "share")
    return [archive, build_deb(folder, version(), DIST, BUILD / "deb", python)]


def main() -> int:
    """Build what the options leave."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--wheel-only", action="store_true", help="only wheel and source distribution")
    parser.add_argument("--no-archives", action="store_true", help="stop at PyInstaller's folder")
    parser.add_argument("--no-smoke", action="store_true", help="leave the smoke test out")
    options = parser.parse_args()
    begun = time.monotonic()
    DIST.mkdir(exist_ok=True)
    python = environment()
    made = wheel(python)
    too_large = []
    if not options.wheel_only:
        folder = freeze(python)
        made.append(folder)
        if not options.no_smoke:
            say("smoke test")
            run(python, ROOT / "packaging/smoke_test.py", folder)
        if sys.platform == "linux" and not options.no_archives:
            made += archives(folder, python)
    say(f"made in {(time.monotonic() - begun) / 60:.0f} minutes")
    for path in made:
        size, limit = megabytes(path), LIMITS_MB.get("folder" if path.is_dir() else path.suffix)
        print(f"{size:8.1f} MB  {path.relative_to(ROOT)}" + (f"  (limit {limit} MB)" if limit else ""))
        if limit and size > limit:
            too_large.append(path.name)
    if too_large:
        raise SystemExit("Larger than the limit: " + ", ".join(too_large))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
