"""A scheduler and workers in this process, for tests of what goes there and comes home."""

from __future__ import annotations

import sys
import threading
import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

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


def computed_by(run: type[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers of this process compute runs with a stand-in, without loading torch; it waits for its new `hold`."""
    module = types.ModuleType("acq_engine.pipeline.run")
    module.QuantizationRun = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "acq_engine.pipeline.run", module)
    monkeypatch.setattr(run, "hold", threading.Event())
