"""A cluster in this process, and runs on it that wait for the test or don't."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from acq_engine.cluster.address import Address
from tests.engine.cluster.steered import SteeredRun
from tests.tools.cluster import cluster_here, computed_by

if TYPE_CHECKING:
    from acq_engine.cluster.connection import Connection


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with cluster_here() as address:
        yield address


@pytest.fixture
def connection(address: str) -> Iterator[Connection]:
    from acq_engine.cluster.connection import Connection

    with Connection(Address.parse(address)) as opened:
        yield opened


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[SteeredRun]]:
    """The run waits for the test."""
    computed_by(SteeredRun, monkeypatch)
    monkeypatch.setattr(SteeredRun, "configs", [])
    monkeypatch.setattr(SteeredRun, "failure", None)
    yield SteeredRun
    SteeredRun.hold.set()


@pytest.fixture
def free(held: type[SteeredRun]) -> type[SteeredRun]:
    """The run goes to its end."""
    held.hold.set()
    return held
