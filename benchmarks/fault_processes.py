"""Work in a forked process, which a kill may end."""

from __future__ import annotations

import os
from collections.abc import Callable


def forked(work: Callable[[], int | None]) -> int:
    """Do something in a process of its own; its exit code, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        code = 99
        try:
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            if not os.environ.get("FAULTS_LOUD"):
                os.dup2(quiet, 2)
            code = work() or 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def after(hook: Callable[[], object], work: Callable[[], int | None]) -> Callable[[], int | None]:
    def both() -> int | None:
        hook()
        return work()
    return both
