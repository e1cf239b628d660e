"""The optional package behind all this: whether it is there, and what to say where it is not."""

from __future__ import annotations

from importlib.util import find_spec

from acq_engine.errors import ConfigError

INSTALL = 'pip install "acq-studio[cluster]"'


def installed() -> bool:
    """Whether Dask's `distributed` can be imported; it is not imported for that."""
    return find_spec("distributed") is not None


def require() -> None:
    """Called before anything of Dask is imported.

    Raises:
        ConfigError: it is not installed.
    """
    if not installed():
        raise ConfigError("Computing on a cluster needs Dask, which is not installed.",
                          cause="The package distributed is missing.", hint=f"Install it with: {INSTALL}")
