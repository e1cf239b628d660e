"""What tests of the whole window share: a way to make one whose runs are made up, and to wait for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from acq_app.run.state import RunState
from acq_app.shell.application import Application, parse
from acq_app.shell.studio import Studio

Make = Callable[..., Studio]  # (settings=..., and FakeRun's options); a fixture, in tests/app/conftest.py


def until(qtbot: QtBot, studio: Studio, state: RunState) -> None:
    """Wait for a state of the run."""
    qtbot.waitUntil(lambda: studio.session.controller.state is state, timeout=30_000)


def view_of(studio: Studio, name: str) -> Any:
    """A view by its name in `commands/pages.py`."""
    return studio.window.host.places[name].view


def drop(studio: Studio, *paths: Path) -> None:
    """Drag files over the window and let them go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    common = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(studio.window, QDragEnterEvent(QPoint(400, 300), *common))
    QApplication.sendEvent(studio.window, QDropEvent(QPointF(400, 300), *common))


def put_away(studio: Studio) -> None:
    """Stop what goes on, and close the window."""
    studio.features.queue.stop_all()
    studio.context.background.cancel_all()
    assert studio.session.controller.wait(120_000), "the run is still going on"
    assert studio.context.background.wait(60_000), "a thread is still at work"
    studio.quitter.leave()
    for dialog in studio.messages.open_errors:
        dialog.close()
    studio.window.close()
    studio.window.deleteLater()
    studio.deleteLater()


@contextmanager
def shown(qtbot: QtBot, studio: Studio) -> Iterator[Studio]:
    """The program with its window on the screen and all views made, put away at the end."""
    with qtbot.waitSignal(studio.viewsLoaded, timeout=60_000):
        studio.window.show()
    yield studio
    put_away(studio)


@contextmanager
def program(qtbot: QtBot, *arguments: str, logs: Path | None = None) -> Iterator[Application]:
    """The program as its command line starts it; `logs`: where its log is."""
    made = Application(parse(arguments), logs=logs)
    with qtbot.waitSignal(made.studio.viewsLoaded, timeout=60_000):
        made.show()
    yield made
    put_away(made.studio)
    made.shutdown()
    made.deleteLater()
