"""What is said of a run that no worker has begun."""

from __future__ import annotations

from acq_engine import __version__
from acq_engine.events import LogMessage


def waiting(workers: int, strangers: dict[str, str]) -> LogMessage:
    """What a run waits for that no worker has begun."""
    if workers:
        return LogMessage("info", f"The run waits for one of {workers} worker(s).")
    if strangers:
        worker, version = next(iter(strangers.items()))
        return LogMessage("warning", f"The run waits: the worker {worker} has ACQ Studio {version}, and here it is "
                                     f"{__version__}. Install the same version there, and start the worker again.")
    return LogMessage("info", "No worker is connected to the cluster; the run waits for one.")
