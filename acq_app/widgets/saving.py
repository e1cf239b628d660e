"""Writing what a view shows to a file of the user's choice: whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QPoint,
    QRect,
    QSaveFile,
    QSize,
    QStandardPaths,
    Qt,
)
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from acq_engine.errors import StorageError

# Pictures are saved at twice the screen's size, so that they can be printed.
SCALE = 2


def write_bytes(path: str, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        StorageError: the file can't be written.
    """
    file = QSaveFile(path)
    if file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(data) == len(data) and file.commit():
        return
    raise StorageError(f"{path} can't be written.", cause=file.errorString(), hint="Choose another folder.")


def table_text(lines: Sequence[Sequence[str]], separator: str) -> str:
    """A table as text, a line a row; cells are quoted where a comma stands between them."""
    cells = [['"' + cell.replace('"', '""') + '"' for cell in line] for line in lines] if separator == "," else lines
    return "\n".join(separator.join(line) for line in cells) + "\n"


def write_image(path: str, image: QImage) -> None:
    """Write a picture as PNG.

    Raises:
        StorageError: the file can't be written.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    if not writer.write(image):
        raise StorageError(f"{path} can't be written.", cause=writer.errorString())
    write_bytes(path, bytes(buffer.data().data()))


def widget_image(widget: QWidget, scale: int = SCALE) -> QImage:
    """A picture of a widget, at `scale` times its size."""
    image = QImage(widget.size() * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(widget.palette().color(widget.backgroundRole()))
    widget.render(image)
    return image


def widget_svg(widget: QWidget, title: str) -> bytes:
    """A widget as a vector drawing."""
    from PySide6.QtSvg import QSvgGenerator

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setTitle(title)
    generator.setSize(QSize(widget.width(), widget.height()))
    generator.setViewBox(QRect(0, 0, widget.width(), widget.height()))
    painter = QPainter(generator)
    painter.fillRect(widget.rect(), widget.palette().color(widget.backgroundRole()))
    widget.render(painter, QPoint())
    painter.end()
    return bytes(buffer.data().data())


_last_folder: list[Path] = []  # where something was saved last, while the program runs


def ask_and_save(parent: QWidget, title: str, name: str, kinds: str, save: Callable[[str], None]) -> None:
    """Ask for a file name, without blocking the window, and hand it to `save`."""
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    folder = next((one for one in (*_last_folder, documents) if one.is_dir()), Path.home())
    dialog = QFileDialog(parent, title, str(folder / name), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    suffix = name.rpartition(".")[2]
    dialog.setDefaultSuffix(suffix)

    def chosen(path: str) -> None:
        _last_folder[:] = [Path(path).parent]
        save(path)

    dialog.fileSelected.connect(chosen)
    dialog.open()
