"""The whole run as an animated image: one frame for each snapshot, as the page Live and the feature map show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QFileDialog

from acq_app.features.context import AppContext
from acq_app.features.save_file import ask_where
from acq_app.run.jobs import Emit, Job
from acq_app.shell.main_window import MainWindow

MOST_FRAMES = 60  # that many seconds of nothing else would be too long to watch
FRAME_MS, LAST_MS = 250, 2500
WIDTH = 1600  # pixels; larger frames are scaled down
MAP_SHARE = 0.7  # of the page's width that the feature map beside it may have


@dataclass
class AnimationJob(Job):
    """Write frames as an animated GIF, or as WebP where the file is called so."""

    frames: Sequence[QImage]
    target: Path
    worth_asking = True

    def run(self, emit: Emit) -> Path:
        """The file that was written.

        Raises:
            StorageError: it can't be written.
        """
        del emit
        from io import BytesIO

        from PIL import Image

        from acq_engine.files import storage_errors, write_atomic

        images = []
        for frame in self.frames:
            rgb = frame.convertToFormat(QImage.Format.Format_RGB888)
            images.append(Image.frombuffer(
                "RGB", (rgb.width(), rgb.height()), bytes(rgb.constBits()), "raw", "RGB", rgb.bytesPerLine(), 1))
        times = [FRAME_MS] * (len(images) - 1) + [LAST_MS]
        written = BytesIO()
        if self.target.suffix.lower() == ".webp":
            images[0].save(written, "WEBP", save_all=True, append_images=images[1:], duration=times, loop=0,
                           lossless=True, method=2)
        else:
            images[0].save(written, "GIF", save_all=True, append_images=images[1:], duration=times, loop=0,
                           optimize=False)
        with storage_errors("The animation can't be written.", self.target):
            write_atomic(self.target, written.getvalue())
        return self.target


def spread(steps: Sequence[int], most: int = MOST_FRAMES) -> list[int]:
    """At most so many steps, evenly chosen, the first and the last among them."""
    if len(steps) <= most:
        return list(steps)
    return [steps[round(index * (len(steps) - 1) / (most - 1))] for index in range(most)]


class Recording(QObject):
    """Asks for a file, takes one frame a turn of the event loop, and hands them to the job."""

    def __init__(self, window: MainWindow, context: AppContext) -> None:
        super().__init__(window)
        self._window, self._context = window, context
        self._steps: list[int] = []
        self._frames: list[QImage] = []
        self._target = Path()
        self.dialog: QFileDialog | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)

    @property
    def busy(self) -> bool:
        """Whether frames are being taken or written."""
        return self._timer.isActive() or self._context.background.does(AnimationJob)

    @Slot()
    def ask(self) -> None:
        """Ask where to write it."""
        if self.busy:
            return
        if not self._window.time_bar.useful:
            self._context.messages.tell(
                self.tr("There is nothing to animate yet: a run takes snapshots as it proceeds."))
            return
        self.dialog = ask_where(
            self._context, self.tr("Save animation"), (self._context.session.run_dir or Path()) / "run.gif",
            [(self.tr("Animated GIF (*.gif)"), "gif"), (self.tr("Animated WebP (*.webp)"), "webp")], self.write)

    @Slot(str)
    def write(self, path: str | Path) -> None:
        """Take the frames, and write them to a file."""
        if self.busy:
            return
        self._target, self._frames = Path(path), []
        self._steps = spread(self._window.time_bar.steps)
        self._context.messages.tell(self.tr("Saving the animation..."), lasting=True)
        self._timer.start()

    @Slot()
    def _next(self) -> None:
        if len(self._frames) < len(self._steps):
            self._frames.append(self._frame(self._steps[len(self._frames)]))
            return
        self._timer.stop()
        step = self._window.time_bar.step
        self._window.host.show_time(None if step is None else float(step))
        frames, self._frames = self._frames, []
        self._context.background.do(AnimationJob(frames, self._target), self._written, self._not_written)

    def _frame(self, step: int) -> QImage:
        """The page Live, and the feature map beside it where there is one."""
        window = self._window
        window.host.show_time(float(step))
        for view in window.host.views:
            if view.animated:
                view.flush()
        parts = [window.live.grab()]
        for place in window.host.of_area("page"):
            picture = None if place.view is None else place.view.picture_of()
            if picture is not None:
                live = parts[0].size()
                parts.append(picture.scaled(round(MAP_SHARE * live.width()), live.height(),
                                            Qt.AspectRatioMode.KeepAspectRatio,
                                            Qt.TransformationMode.SmoothTransformation))
        return _side_by_side(parts, QColor(self._context.appearance.theme.window))

    def _written(self, path: object) -> None:
        assert isinstance(path, Path)
        self._context.messages.withdraw()
        self._context.messages.tell(self.tr("The animation is written: {0}").format(path.name))

    def _not_written(self, failed: object) -> None:
        self._context.messages.withdraw()
        self._context.messages.failed.emit(failed)


def _side_by_side(parts: Sequence[QPixmap], ground: QColor) -> QImage:
    width, height = sum(part.width() for part in parts), parts[0].height()
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(ground)
    painter, left = QPainter(image), 0
    for part in parts:
        painter.drawPixmap(left, (height - part.height()) // 2, part)
        left += part.width()
    painter.end()
    return image if width <= WIDTH else image.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
