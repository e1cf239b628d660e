"""What a Linux desktop wants to find beside the program: entry, icons, metainfo, MIME types, man pages, licences."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
APP_ID = "io.github.acq_studio.ACQStudio"
ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)

ICONS = """
import sys
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
app = QGuiApplication(["icons", "-platform", "offscreen"])
renderer = QSvgRenderer(sys.argv[1])
for item in sys.argv[2:]:
    size, target = item.split("=", 1)
    image = QImage(int(size), int(size), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    if not image.save(target):
        raise SystemExit(f"{target} can't be written")
"""


def lay_out(share: Path, interpreter: Path | str = sys.executable) -> None:
    """Fill a `share` folder; `interpreter` is a Python that has Qt, for the icons."""
    copies = {
        HERE / f"{APP_ID}.desktop": share / "applications" / f"{APP_ID}.desktop",
        HERE / f"{APP_ID}.metainfo.xml": share / "metainfo" / f"{APP_ID}.metainfo.xml",
        HERE / f"{APP_ID}.mime.xml": share / "mime" / "packages" / f"{APP_ID}.xml",
        ROOT / "resources/icons/app.svg": share / "icons/hicolor/scalable/apps" / f"{APP_ID}.svg",
    }
    for source, target in copies.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    icons(share / "icons" / "hicolor", interpreter)
    for page in sorted((HERE / "man").glob("*.1")):
        target = share / "man" / "man1" / f"{page.name}.gz"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(gzip.compress(page.read_bytes(), 9, mtime=0))


def icons(hicolor: Path, interpreter: Path | str) -> None:
    """Draw the icon in every size that desktops look for."""
    wanted = []
    for size in ICON_SIZES:
        target = hicolor / f"{size}x{size}" / "apps" / f"{APP_ID}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        wanted.append(f"{size}={target}")
    subprocess.run([str(interpreter), "-c", ICONS, str(ROOT / "resources/icons/app.svg"), *wanted], check=True)
