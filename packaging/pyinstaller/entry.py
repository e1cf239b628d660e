"""Where the frozen programs start: one file for both, told apart by their names."""

import multiprocessing
import os
import sys
from pathlib import Path


def give_back_library_path() -> None:
    """Let programs that this one starts (a browser, the file manager) load their own libraries and not those in here.

    PyInstaller's start program sets the path for this process, which has read it by now.
    """
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        before = os.environ.pop(f"{name}_ORIG", None)
        if before is not None:
            os.environ[name] = before
        else:
            os.environ.pop(name, None)


if __name__ == "__main__":
    give_back_library_path()
    # Processes of its own (files that can run code are opened in one) are this program again; they end in here.
    multiprocessing.freeze_support()
    if Path(sys.executable).stem.lower() == "acq-studio":
        from acq_app.__main__ import main
    else:
        from acq_engine.cli import main
    main()
