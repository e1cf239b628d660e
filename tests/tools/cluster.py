"""A scheduler and workers in this process, for tests of what goes there and comes home."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from distributed import LocalCluster


@contextmanager
def local_cluster_here(workers: int = 1, protocol: str = "tcp://") -> Iterator[LocalCluster]:
    """It; needs `distributed`."""
    import distributed

    cluster = distributed.LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=False, protocol=protocol, host="127.0.0.1",
        dashboard_address=None, silence_logs=50,
        scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"})
    with cluster:
        yield cluster


@contextmanager
def cluster_here() -> Iterator[str]:
    """The address of one with a worker; needs `distributed`."""
    with local_cluster_here() as cluster:
        yield str(cluster.scheduler_address)
