"""A cluster on this machine: a scheduler in this process, and workers that it starts. No dashboard."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from distributed import LocalCluster


def local_cluster(workers: int, *, threads: int = 0, host: str = "127.0.0.1", port: int = 0) -> LocalCluster:
    """Start it.

    Args:
        workers: Processes, each of which computes one run at a time.
        threads: Processor threads of each; 0 divides the machine's.
        host: Where the scheduler listens; only this machine reaches 127.0.0.1.
        port: Its port; 0 takes a free one.

    Raises:
        OSError: the port is taken.
    """
    from distributed import LocalCluster

    return LocalCluster(
        n_workers=workers, threads_per_worker=threads or max(1, (os.cpu_count() or 1) // workers), processes=True,
        host=host, scheduler_port=port, worker_dashboard_address=None, silence_logs=50, dashboard_address=None,
        # Dask always answers questions for its health by HTTP: without a dashboard, here only, on any free port.
        scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},
    )
