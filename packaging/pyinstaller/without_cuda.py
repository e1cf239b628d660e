"""Takes CUDA out of a PyTorch that was built with it, so that a package holds none of NVIDIA's libraries.

    python packaging/pyinstaller/without_cuda.py build/package-environment/lib/python3.11/site-packages

The CUDA build's Python bindings are linked to CUDA's libraries and don't load without them. Each of these libraries is
replaced by a stand-in of a few kilobytes that has just the names that the rest asks for: CUDA's runtime answers "no
device", and anything else ends the process with the name of what was called. Nothing calls it where there is no
device: `packaging/smoke_test.py` tries the finished program. The CPU build of PyTorch has none of these libraries and
is left as it is.

Needs gcc and binutils, on Linux only. It changes the environment that it is given.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

DROPPED_PACKAGES = ("nvidia", "triton", "cuda")
DROPPED_LIBRARIES = re.compile(r"lib(torch_cuda\w*|torch_nvshmem|c10_cuda|caffe2_nvrtc|cu\w+|nv\w+|nccl)[.-].*")
"""In torch/lib and torchvision.libs: what is CUDA's own, or NVIDIA's, or calls them."""

DROPPED_EXTENSIONS = ("torchvision/image*.so",)
"""torchvision's reader of JPEG files asks for NVIDIA's; pictures are read with Pillow here, and it may be absent."""

NO_DEVICE = 100
"""cudaErrorNoDevice"""

ANSWERS = {
    "_ZN3c104cuda12device_countEv": "signed char NAME(void) { return 0; }",
    # A place for a function, which is filled when the bindings are loaded.
    "_ZN4c10d15get_gil_checkerEv": "void *NAME(void) { static void *place[2]; return place; }",
    # The bindings of torch.distributed keep one of these as a default argument. They look at its class and no further,
    # so it is an object of a class with a name and with methods that do nothing.
    "_ZN4c10d16ProcessGroupNCCL7OptionsC1Eb": """
static void nothing(void) {}
static struct { void *table; const char *name; } options_type = {
    &_ZTVN10__cxxabiv117__class_type_infoE[2], "N4c10d16ProcessGroupNCCL7OptionsE"};
static void *options_table[10] = {0, &options_type, nothing, nothing, nothing, nothing, nothing, nothing};
void NAME(void **self) { *self = &options_table[2]; }""",
}
"""What is called although there is no device, while the bindings are loaded and by torch.cuda.is_available()."""


STAND_IN_BYTES = 1 << 20
"""Stand-ins are smaller, and the real library is far larger."""

TRUTHS = (
    ("torch/version.py", r"^cuda: .*$", "cuda: Optional[str] = None"),
    ("torch/version.py", r"\+cu\d+", "+without.cuda"),
    ("torch/backends/cuda/__init__.py", r"return torch\._C\._has_cuda$", "return False"),
    ("torch/cuda/__init__.py", r"return hasattr\(torch\._C, \"_cuda_getDeviceCount\"\)$", "return False"),
)
"""File, pattern, replacement: where PyTorch says that it was built with CUDA, it now says that it has none."""


@dataclass(frozen=True)
class Symbol:
    """A name in a library's table."""

    name: str
    kind: str  # of nm: T, V, D, ...; U: asked for
    size: int
    version: str  # "" where it has none


def symbols(library: Path, *, defined: bool) -> list[Symbol]:
    """What a library has, or what it asks others for."""
    flag = "--defined-only" if defined else "--undefined-only"
    text = subprocess.run(["nm", "-D", "-P", flag, "--with-symbol-versions", str(library)],
                          check=True, capture_output=True, text=True).stdout
    found = []
    for line in text.splitlines():
        name, kind, *rest = line.split()
        name, _, version = name.partition("@")
        found.append(Symbol(name, kind, int(rest[1], 16) if len(rest) > 1 else 0, version.lstrip("@")))
    return found


def soname(library: Path) -> str:
    """By which name others ask for it."""
    text = subprocess.run(["readelf", "-d", str(library)], check=True, capture_output=True, text=True).stdout
    found = re.search(r"\(SONAME\)\s+Library soname: \[(.+)\]", text)
    return found[1] if found else library.name


def needed(library: Path) -> set[str]:
    """The names of the libraries that one can't be loaded without."""
    text = subprocess.run(["readelf", "-d", str(library)], check=True, capture_output=True, text=True).stdout
    return set(re.findall(r"\(NEEDED\)\s+Shared library: \[(.+)\]", text))


def source(wanted: list[Symbol], library: str) -> str:
    """C code of a stand-in. Functions of CUDA's runtime report that there is no device; others end the process."""
    lines = ["#include <stdio.h>", "#include <stdlib.h>", "extern void *_ZTVN10__cxxabiv117__class_type_infoE[];",
             "static void end(const char *name) {",
             f'    fprintf(stderr, "This package has no CUDA ({library}: %s).\\n", name);', "    abort();", "}"]
    for symbol in wanted:
        if symbol.kind in "TWi":
            lines.append(_function(symbol.name, library))
        elif symbol.name.startswith("_ZTI"):
            # Python's bindings look classes up by the name in here, so it has to be a real one.
            lines.append(f"struct {{ void *table; const char *name; void *rest[4]; }} {symbol.name} = "
                         f'{{&_ZTVN10__cxxabiv117__class_type_infoE[2], "{symbol.name.removeprefix("_ZTI")}"}};')
        else:
            lines.append(f"char {symbol.name}[{max(symbol.size, 8)}] __attribute__((aligned(16)));")
    return "\n".join(lines) + "\n"


def _function(name: str, library: str) -> str:
    if name in ("cudaGetErrorString", "cudaGetErrorName", "cuptiGetResultString"):
        return f'const char *{name}(int code) {{ (void)code; return "this package has no CUDA"; }}'
    if library.startswith(("libcudart", "libcupti")):
        return f"int {name}(void) {{ return {NO_DEVICE}; }}"
    if name in ANSWERS:
        return ANSWERS[name].replace("NAME", name)
    return f'void {name}(void) {{ end("{name}"); }}'


def versions(wanted: list[Symbol]) -> str:
    """A linker script that gives each name its version."""
    by_version: dict[str, list[str]] = {}
    for symbol in wanted:
        if symbol.version:
            by_version.setdefault(symbol.version, []).append(symbol.name)
    return "\n".join(f"{version} {{ global: {'; '.join(names)}; }};" for version, names in by_version.items())


def stand_in(target: Path, name: str, wanted: list[Symbol]) -> None:
    """Compile a library called `name` with the wanted symbols."""
    with tempfile.TemporaryDirectory() as folder:
        code, script = Path(folder, "stand_in.c"), Path(folder, "versions.map")
        code.write_text(source(wanted, name), encoding="ascii")
        command = ["gcc", "-shared", "-fPIC", "-O1", "-w", "-fno-builtin", "-Wl,--no-as-needed",
                   f"-Wl,-soname,{name}", "-o", str(target),
                   str(code), "-lstdc++"]
        if text := versions(wanted):
            script.write_text(text, encoding="ascii")
            command.append(f"-Wl,--version-script={script}")
        subprocess.run(command, check=True)


def tell_the_truth(site: Path) -> None:
    """Let PyTorch say that it has no CUDA.

    Raises:
        SystemExit: a version of PyTorch that says it elsewhere.
    """
    for name, pattern, replacement in TRUTHS:
        file = site / name
        text, count = re.subn(pattern, replacement, file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        if not count and "+" not in replacement:  # a build may have no suffix
            raise SystemExit(f"{name} of this PyTorch does not say {pattern!r}; TRUTHS has to learn where it does.")
        file.unlink()  # installers link files to their cache, which must not change
        file.write_text(text, encoding="utf-8")


def strip_cuda(site: Path) -> list[str]:
    """Replace CUDA's libraries below a site-packages folder; one line for each thing that was done."""
    folders = [folder for folder in (site / "torch" / "lib", site / "torchvision.libs") if folder.is_dir()]
    own = [path for folder in folders for path in folder.iterdir() if DROPPED_LIBRARIES.fullmatch(path.name)]
    linked = site / "torch" / "lib" / "libtorch_cuda.so"
    if not linked.is_file():
        return ["PyTorch was built without CUDA; nothing to take out."]
    if linked.stat().st_size < STAND_IN_BYTES:
        return ["PyTorch was built with CUDA, and it was taken out before."]
    for pattern in DROPPED_EXTENSIONS:
        for path in site.glob(pattern):
            path.unlink()
    foreign = [path for package in DROPPED_PACKAGES for path in (site / package).rglob("*.so*") if path.is_file()]
    dropped = {soname(path): path for path in (*foreign, *own)}
    kept = [path for folder in ("torch", "torchvision") for path in (site / folder).rglob("*.so*")
            if path not in own and path.is_file()]
    asked = {symbol.name: symbol for path in kept for symbol in symbols(path, defined=False)}
    for path in kept:
        for symbol in symbols(path, defined=True):
            asked.pop(symbol.name, None)
    names = sorted(set().union(*(needed(path) for path in kept)) & dropped.keys())
    plan = {}
    for name in names:
        there = {symbol.name: symbol for symbol in symbols(dropped[name], defined=True)}
        wanted = [Symbol(asked[key].name, there[key].kind, there[key].size, asked[key].version)
                  for key in sorted(asked.keys() & there.keys())]
        for symbol in wanted:
            asked.pop(symbol.name)
        plan[name] = wanted
    # What only CUDA's own libraries linked to.
    orphans = {symbol.name: symbol for path in own for symbol in symbols(path, defined=True) if symbol.name in asked}
    plan["libtorch_cuda.so"] += [orphans[key] for key in sorted(orphans)]
    lines = []
    freed = sum(path.stat().st_size for path in dropped.values())
    for path in own:
        path.unlink()
    for package in DROPPED_PACKAGES:
        shutil.rmtree(site / package, ignore_errors=True)
    for info in (*site.glob("nvidia_*.dist-info"), *site.glob("cuda_*.dist-info"), *site.glob("triton-*.dist-info")):
        shutil.rmtree(info)
    tell_the_truth(site)
    for name, wanted in plan.items():
        stand_in(site / "torch" / "lib" / name, name, wanted)
        lines.append(f"{name}: a stand-in with {len(wanted)} names")
    lines.append(f"PyTorch was built with CUDA: {len(dropped)} libraries of {freed / 1e9:.1f} GB were left out.")
    return lines


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    print("\n".join(strip_cuda(Path(sys.argv[1]))))
