"""A function that travels as code, so that a worker without this package, or with an older one, can answer it."""

from __future__ import annotations


def program_version() -> str:
    """The version of ACQ Studio where this is called; empty where there is none."""
    try:
        import acq_engine
    except ImportError:
        return ""
    return str(acq_engine.__version__)
