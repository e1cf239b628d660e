"""CUDA's libraries are replaced by stand-ins: they load, find no device, and name what nobody should call."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Script = Callable[[str], ModuleType]
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not all(shutil.which(tool) for tool in ("gcc", "nm", "readelf")),
    reason="compiles small libraries",
)

CALL = "import ctypes, sys; print(getattr(ctypes.CDLL(sys.argv[1]), sys.argv[2])())"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A PyTorch of three libraries: its bindings, its CUDA part, and NVIDIA's runtime in a package of its own."""
    library, runtime = tmp_path / "torch" / "lib", tmp_path / "nvidia" / "lib"
    library.mkdir(parents=True)
    runtime.mkdir(parents=True)

    def compiled(target: Path, code: str, *with_libraries: Path) -> None:
        source = tmp_path / "code.c"
        source.write_text(code, "ascii")
        rpath = "-Wl,-rpath,$ORIGIN,-rpath,$ORIGIN/../../nvidia/lib"
        subprocess.run(["gcc", "-shared", "-fPIC", "-o", str(target), str(source), *map(str, with_libraries),
                        f"-Wl,-soname,{target.name}", rpath], check=True)

    compiled(runtime / "libcudart.so.13", "int cudaGetDeviceCount(int *n) { *n = 1; return 0; }")
    compiled(library / "libtorch_cuda.so", f"char weight[{2 << 20}] = {{1}}; int launch(void) {{ return 7; }}")
    compiled(library / "libtorch_python.so",
             "int cudaGetDeviceCount(int *); int launch(void);\n"
             "int count(void) { int n = 0; return cudaGetDeviceCount(&n); }\nint compute(void) { return launch(); }",
             runtime / "libcudart.so.13", library / "libtorch_cuda.so")
    (tmp_path / "torch/version.py").write_text("__version__ = '2.0+cu130'\ncuda: Optional[str] = '13.0'\n", "utf-8")
    for name, line in (("backends/cuda", "return torch._C._has_cuda"),
                       ("cuda", 'return hasattr(torch._C, "_cuda_getDeviceCount")')):
        folder = tmp_path / "torch" / name
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text(f"def there():\n    {line}\n", "utf-8")
    return tmp_path


def called(site: Path, name: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", CALL, str(site / "torch/lib/libtorch_python.so"), name],
                          capture_output=True, text=True, check=False, timeout=60)


def test_the_bindings_load_and_find_no_device(script: Script, site: Path) -> None:
    assert called(site, "count").stdout == "0\n"
    told = script("pyinstaller/without_cuda.py").strip_cuda(site)
    assert "built with CUDA" in told[-1]
    assert not (site / "nvidia").exists()
    assert (site / "torch/lib/libtorch_cuda.so").stat().st_size < 100_000
    assert called(site, "count").stdout == "100\n"


def test_what_nobody_should_call_ends_with_its_name(script: Script, site: Path) -> None:
    script("pyinstaller/without_cuda.py").strip_cuda(site)
    ended = called(site, "compute")
    assert ended.returncode < 0
    assert "This package has no CUDA (libtorch_cuda.so: launch)." in ended.stderr


def test_pytorch_says_that_it_has_none_and_files_elsewhere_stay(script: Script, site: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache.py"
    cache.hardlink_to(site / "torch/version.py")
    without_cuda = script("pyinstaller/without_cuda.py")
    without_cuda.strip_cuda(site)
    assert "cuda: Optional[str] = None" in (site / "torch/version.py").read_text("utf-8")
    assert "+without.cuda" in (site / "torch/version.py").read_text("utf-8")
    assert "return False" in (site / "torch/cuda/__init__.py").read_text("utf-8")
    assert "'13.0'" in cache.read_text("utf-8"), "an installer's cache is linked to the same file"
    assert without_cuda.strip_cuda(site) == ["PyTorch was built with CUDA, and it was taken out before."]


def test_the_cpu_build_is_left_alone(script: Script, site: Path) -> None:
    (site / "torch/lib/libtorch_cuda.so").unlink()
    before = sorted(path for path in site.rglob("*"))
    assert script("pyinstaller/without_cuda.py").strip_cuda(site) == [
        "PyTorch was built without CUDA; nothing to take out."]
    assert sorted(path for path in site.rglob("*")) == before
