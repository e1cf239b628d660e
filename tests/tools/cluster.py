"""A scheduler and a worker in this process, for tests of what goes there and comes home."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def cluster_here() -> Iterator[str]:
    """Its address; needs `distributed`."""
    import distributed

    cluster = distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, protocol="tcp://", host="127.0.0.1", dashboard_address=None,
        silence_logs=50, scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"})
    with cluster:
        yield str(cluster.scheduler_address)
