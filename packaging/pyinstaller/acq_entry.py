"""Where the frozen command line starts."""

import multiprocessing

from acq_engine.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    raise SystemExit(main())
