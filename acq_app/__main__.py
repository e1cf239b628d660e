"""`python -m acq_app` and the command `acq-studio`."""

from __future__ import annotations

import sys


def main() -> None:
    """Open the window and leave with its exit code."""
    from acq_app.application import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
