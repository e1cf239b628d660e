"""`python -m acq_app` and the command `acq-studio`."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> None:
    """Open the window and leave with its exit code."""
    # Files that can run code are opened in a process of their own; in a packaged program that is this one again.
    multiprocessing.freeze_support()
    from acq_app.shell.application import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
