"""Runs `acq` or the window where no socket of the internet may be opened: the first one ends the process with code 77.

    python -m tests.tools.no_network acq ARGUMENTS | window

What Python opens is seen by an audit hook. What libraries open by themselves is for strace (tests/test_privacy.py).
"""

from __future__ import annotations

import os
import socket
import sys
import traceback
from typing import Any

FORBIDDEN = 77
_CALLS = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname",
          "urllib.Request")
_FAMILIES = (socket.AF_INET, socket.AF_INET6)


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    opened = event == "socket.__new__" and arguments[1] in _FAMILIES
    if opened or (event in _CALLS and not (event == "socket.connect" and isinstance(arguments[1], str | bytes))):
        traceback.print_stack()
        print(f"{event} {arguments[1:]}", file=sys.stderr, flush=True)
        os._exit(FORBIDDEN)


def _window() -> int:
    """Start the window, let it read the sample, and end it."""
    from PySide6.QtCore import QTimer

    from acq_app.shell.application import Application, parse

    program = Application(parse([]))
    studio = program.studio
    timer = QTimer(program)
    timer.setInterval(50)
    quiet = 0

    def ended() -> None:
        nonlocal quiet
        quiet = 0 if studio.context.background.busy else quiet + 1
        if quiet > 20:
            timer.stop()
            program.app.quit()

    timer.timeout.connect(ended)
    studio.viewsLoaded.connect(timer.start)
    return program.run()


def main() -> int:
    """The command, watched."""
    sys.addaudithook(_watch)
    if sys.argv[1] == "window":
        return _window()
    from acq_engine.cli import main as acq

    acq(sys.argv[2:])
    return 0


if __name__ == "__main__":
    sys.exit(main())
