"""Where the frozen window starts."""

import multiprocessing

from acq_app.__main__ import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    raise SystemExit(main())
