"""The Debian package: the folder that PyInstaller made, put where Debian and Ubuntu look for programs."""

from __future__ import annotations

import email.utils
import gzip
import os
import re
import shutil
import subprocess
from pathlib import Path

from linux.files import ROOT, lay_out

PACKAGE = "acq-studio"
HOME = Path("usr/lib/acq-studio")
MAINTAINER = os.environ.get("DEBFULLNAME", "The ACQ Studio developers") + \
    f" <{os.environ.get('DEBEMAIL', 'packages@acq-studio.github.io')}>"

PROVIDERS = {
    "libc.so.6": "libc6 (>= 2.34)", "libm.so.6": "libc6 (>= 2.34)", "libdl.so.2": "libc6 (>= 2.34)",
    "libpthread.so.0": "libc6 (>= 2.34)", "librt.so.1": "libc6 (>= 2.34)", "libutil.so.1": "libc6 (>= 2.34)",
    "libresolv.so.2": "libc6 (>= 2.34)", "ld-linux-x86-64.so.2": "libc6 (>= 2.34)",
    "libgcc_s.so.1": "libgcc-s1", "libstdc++.so.6": "libstdc++6", "libz.so.1": "zlib1g", "libexpat.so.1": "libexpat1",
    "libEGL.so.1": "libegl1", "libGL.so.1": "libgl1", "libGLX.so.0": "libgl1", "libOpenGL.so.0": "libopengl0",
    "libGLESv2.so.2": "libgles2", "libdrm.so.2": "libdrm2", "libgbm.so.1": "libgbm1",
    "libfontconfig.so.1": "libfontconfig1", "libfreetype.so.6": "libfreetype6", "libdbus-1.so.3": "libdbus-1-3",
    "libX11.so.6": "libx11-6", "libX11-xcb.so.1": "libx11-xcb1", "libxcb.so.1": "libxcb1",
    "libXext.so.6": "libxext6", "libICE.so.6": "libice6", "libSM.so.6": "libsm6",
    "libwayland-client.so.0": "libwayland-client0", "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0", "libxcb-icccm.so.4": "libxcb-icccm4", "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1", "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0", "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0", "libxcb-shm.so.0": "libxcb-shm0", "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1", "libxcb-xfixes.so.0": "libxcb-xfixes0", "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-glx.so.0": "libxcb-glx0", "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libglib-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64", "libgthread-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
}
"""Libraries of the system that a package may need, and who brings them."""

OPTIONAL = re.compile(r"lib(gtk-3|gdk-3|pango\S*|atk\S*|cairo\S*|gdk_pixbuf\S*|gobject|gio|harfbuzz)\b.*")
"""Only for the look of a GTK desktop; Qt goes without where they are absent."""

OVERRIDES = """\
# The folder is a frozen Python program: it brings its interpreter, Qt and PyTorch as their projects publish them.
acq-studio: embedded-library *
# Libraries from Python wheels find one another by a path relative to their own place.
acq-studio: custom-library-search-path *
# Not stripped: the wheels' libraries are shipped as published, and stripping breaks some.
acq-studio: unstripped-binary-or-object *
acq-studio: unstripped-static-library *
# Stand-ins of CUDA's libraries, compiled without anything (packaging/pyinstaller/without_cuda.py).
acq-studio: library-not-linked-against-libc *
acq-studio: shared-library-lacks-prerequisites *
# Data and licences inside of Python distributions stay where these expect them.
acq-studio: extra-license-file *
acq-studio: package-contains-documentation-outside-usr-share-doc *
# Sources of PyTorch that are read and never run as programs.
acq-studio: wrong-path-for-interpreter *
# The system's libblkid and libmount name a pager that nothing in here opens.
acq-studio: missing-depends-on-sensible-utils *
"""


def needed_packages(folder: Path) -> list[str]:
    """The Debian packages with the libraries that the folder needs and does not hold.

    Raises:
        SystemExit: a library that PROVIDERS does not know.
    """
    files = [path for path in folder.rglob("*") if path.is_file() and re.search(r"\.so(\.|$)", path.name)]
    inside = {path.name for path in files}
    wanted: dict[str, str] = {}
    for path in (*files, folder / "acq", folder / "acq-studio"):
        text = subprocess.run(["readelf", "-d", str(path)], capture_output=True, text=True, check=False).stdout
        for name in re.findall(r"\(NEEDED\)\s+Shared library: \[(.+)\]", text):
            if name not in inside:
                wanted.setdefault(name, path.name)
    unknown = [f"{name} for {path}" for name, path in sorted(wanted.items())
               if name not in PROVIDERS and not OPTIONAL.fullmatch(name)]
    if unknown:
        raise SystemExit("No Debian package is known for " + ", ".join(unknown))
    # Loaded by name while the program runs, so no file says that it needs them.
    found = {"libc6 (>= 2.34)", "libegl1", "libgl1", "libfontconfig1", "libx11-6", "libxcb1",
             "fonts-dejavu-core | fonts-liberation | fonts-noto-core"}
    return sorted(found | {PROVIDERS[name] for name in wanted if name in PROVIDERS})


def build_deb(folder: Path, version: str, target: Path, work: Path, interpreter: Path) -> Path:
    """Make the package of PyInstaller's folder.

    Args:
        folder: What PyInstaller made; its licences are already in it.
        version: As the program says it.
        target: Folder for the package.
        work: A folder for the package's tree; emptied first.
        interpreter: A Python that has Qt.
    """
    shutil.rmtree(work, ignore_errors=True)
    home = work / HOME
    shutil.copytree(folder, home, symlinks=True, copy_function=_link)
    _tidy(home)
    binaries = work / "usr/bin"
    binaries.mkdir(parents=True)
    for name in ("acq", "acq-studio"):
        (binaries / name).symlink_to(f"../lib/acq-studio/{name}")
    share = work / "usr/share"
    lay_out(share, interpreter)
    documents = share / "doc" / PACKAGE
    documents.mkdir(parents=True)
    (documents / "NEWS.gz").write_bytes(gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), 9, mtime=0))
    (documents / "changelog.gz").write_bytes(gzip.compress(_changelog(version).encode(), 9, mtime=0))
    (documents / "copyright").write_text(_copyright(), encoding="utf-8")
    licences = home / "licences"
    shutil.move(licences, documents / "licences")
    overrides = share / "lintian/overrides" / PACKAGE
    overrides.parent.mkdir(parents=True)
    overrides.write_text(OVERRIDES, encoding="utf-8")
    control = work / "DEBIAN"
    control.mkdir()
    size = sum(path.lstat().st_size for path in work.rglob("*") if path.is_file()) // 1024
    (control / "control").write_text(_control(version, needed_packages(folder), size), encoding="utf-8")
    for path in [work, *work.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)
    package = target / f"{PACKAGE}_{version}_amd64.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "-z2", "--build", str(work), str(package)], check=True)
    shutil.rmtree(work)
    return package


def _link(source: str, target: str) -> None:
    """Copy by a second name for the same file; the folder has to be on the same disk."""
    Path(target).hardlink_to(source)


def _tidy(home: Path) -> None:
    """Modes as Debian wants them: libraries and data can't be executed, programs can."""
    for path in home.rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.chmod(0o755 if (path.parent == home and path.name in ("acq", "acq-studio"))
                       or path.name == "torch_shm_manager" else 0o644)


def _control(version: str, depends: list[str], size: int) -> str:
    return f"""\
Package: {PACKAGE}
Version: {version}
Section: science
Priority: optional
Architecture: amd64
Maintainer: {MAINTAINER}
Installed-Size: {size}
Depends: {", ".join(depends)}
Recommends: libxkbcommon-x11-0, shared-mime-info, desktop-file-utils
Description: quantize image classifiers without any data
 ACQ Studio quantizes a trained image classifier to 2 to 8 bits without the
 images that it was trained on. A generator learns synthetic images from the
 statistics in the model itself.
 .
 The window (acq-studio) shows losses, synthetic images, attention maps and
 accuracy during the run; the command line (acq) does the same. The exported
 ONNX file is verified in ONNX Runtime.
 .
 This package computes on the processor. For a graphics card install the
 program with pip.
"""


def _changelog(version: str) -> str:
    """Debian's form of it; desktops and MIME types are brought up to date by dpkg's triggers."""
    date = email.utils.formatdate(float(os.environ.get("SOURCE_DATE_EPOCH", (ROOT / "CHANGELOG.md").stat().st_mtime)))
    return f"""\
{PACKAGE} ({version}) stable; urgency=medium

  * What changed is in NEWS.gz.

 -- {MAINTAINER}  {date}
"""


def _copyright() -> str:
    return f"""\
ACQ Studio
Copyright 2026 The ACQ Studio developers

Licensed under the Apache License, Version 2.0; on Debian systems it is in
/usr/share/common-licenses/Apache-2.0.

The package brings other projects' libraries, unchanged, each under its own
licence: see licences/BUNDLED.md beside this file, and the texts there. Qt and
Qt for Python are used under the LGPL 3 (/usr/share/common-licenses/LGPL-3) as
shared libraries in /{HOME}/_internal/PySide6, where they can be replaced.
"""
