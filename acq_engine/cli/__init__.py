"""The command line, `acq`: the same settings and the same words as the window."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `acq`. Ends the process with its exit code.

    Args:
        arguments: What stands behind `acq`; None takes the process's own.

    Raises:
        SystemExit: 0 success; 1 the work failed or the export was not verified; 2 bad input; 130 interrupted.
    """
    # Files that can run code are opened in a process of their own; in a packaged program that is this one again.
    multiprocessing.freeze_support()
    try:
        from acq_engine.cli.app import app
    except KeyboardInterrupt:  # in the first second, before there is a command that could say it
        print("Error: The command was interrupted.", file=sys.stderr)
        raise SystemExit(130) from None
    app(args=None if arguments is None else list(arguments), prog_name="acq")
