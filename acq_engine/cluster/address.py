"""Addresses of clusters, and what is to be said of one before anything is sent there. No Dask."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

from acq_engine.errors import ConfigError

MOST_LOCAL = 64
_LOCAL = re.compile(r"local:(\d+)")
_REMOTE = re.compile(r"(?:(tcp|tls)://)?(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):(\d{1,5})")


@dataclass(frozen=True)
class Address:
    """Where a cluster is.

    Attributes:
        text: As Dask takes it, "tcp://host:8786"; "local:2" for workers that are started here.
        workers: Workers to start on this machine; 0: the cluster is there.
    """

    text: str
    workers: int = 0

    @classmethod
    def parse(cls, text: str) -> Address:
        """An address as it is typed: "tcp://host:8786", "tls://host:8786", "host:8786", or "local:N".

        Raises:
            ConfigError: it is none.
        """
        text = text.strip()
        local, remote = _LOCAL.fullmatch(text), _REMOTE.fullmatch(text)
        if local and 1 <= int(local[1]) <= MOST_LOCAL:
            return cls(text, int(local[1]))
        if remote and 1 <= int(remote[3]) <= 65535:
            return cls(f"{remote[1] or 'tcp'}://{remote[2]}:{remote[3]}")
        raise ConfigError("This is not the address of a cluster.", cause=f"Found: {text[:80]}",
                          hint=f"Write tcp://HOST:8786, or local:N for N workers here (1 to {MOST_LOCAL}).")

    @property
    def host(self) -> str:
        """The scheduler's host; empty for local workers."""
        found = _REMOTE.fullmatch(self.text)
        return found[2].strip("[]") if found else ""

    def warning(self) -> str:
        """What anybody should know before they use it; empty where there is nothing to say."""
        if self.workers or self.text.startswith("tls://") or _is_this_machine(self.host):
            return ""
        return (f"The connection to {self.host} is not encrypted, and the cluster does not ask who you are: whoever "
                "reaches it can read what is sent and run code there. Use tls:// with certificates unless you trust "
                "the network.")


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
