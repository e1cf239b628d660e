"""Joining the other processes that torchrun started, and leaving them."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from datetime import timedelta

import torch
import torch.distributed as dist
from torch.distributed import PrefixStore  # type: ignore[attr-defined]
from torch.distributed.rendezvous import rendezvous

from acq_engine.errors import ConfigError, PeerLostError, first_line

# A lost process is noticed at once, by its connection. This is for waiting: while one rank exports and verifies, or
# while the run is paused over a weekend.
PATIENCE = timedelta(days=7)
TRIES = 3


def started_by_torchrun() -> bool:
    """Whether this process is one of several."""
    return int(os.environ.get("WORLD_SIZE", "1")) > 1 and "RANK" in os.environ


def local_rank() -> int:
    """Which of the processes of this machine, from 0."""
    return int(os.environ.get("LOCAL_RANK", "0"))


@contextlib.contextmanager
def joined() -> Iterator[None]:
    """While it lasts, this process works together with the others; alone nothing happens.

    Raises:
        ConfigError: this build of torch can't.
        PeerLostError: the others don't answer.
    """
    if not started_by_torchrun():
        yield
        return
    if not dist.is_available() or not dist.is_gloo_available():
        raise ConfigError("This build of torch can't work on one run with several processes.",
                          cause="It was built without torch.distributed.", hint="Start one process, or another build.")
    _stay_on_this_machine()
    try:
        _meet()
    except (RuntimeError, ValueError, OSError) as error:
        raise PeerLostError("The processes of the run did not find one another.", cause=first_line(error),
                            hint="Start them all with torchrun, and check its address and port.") from error
    try:
        yield
    finally:
        with contextlib.suppress(RuntimeError):  # the others may be gone
            dist.destroy_process_group()


def _meet() -> None:
    """Connect all processes; where that fails they try again, all of them, at another place of torchrun's store.

    Seen once, on a busy machine: after torchrun had started them again, each was refused by the other's address.
    """
    backend = "cpu:gloo,cuda:nccl" if torch.cuda.is_available() and dist.is_nccl_available() else "gloo"
    store, number, count = next(iter(rendezvous("env://", timeout=PATIENCE)))
    start = os.environ.get("TORCHELASTIC_RESTART_COUNT", "0")
    for attempt in range(TRIES):
        place = PrefixStore(f"start-{start}/try-{attempt}", store)
        try:
            dist.init_process_group(backend, store=place, rank=number, world_size=count, timeout=PATIENCE)
            return
        except RuntimeError:
            if attempt + 1 == TRIES:
                raise


def _stay_on_this_machine() -> None:
    """Processes of one machine talk over its loopback alone; several machines choose the interface themselves."""
    if os.environ.get("LOCAL_WORLD_SIZE") == os.environ["WORLD_SIZE"] and sys.platform == "linux":
        os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
        os.environ.setdefault("NCCL_SOCKET_IFNAME", "lo")
