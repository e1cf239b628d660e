"""The run folder: everything that a run leaves behind, readable while it is still being written.

Importing this package does not import torch; only checkpoints and the student's weights need it. Its parts are imported
when they are first used, since the window saves its preferences by `files` before anything of a run is wanted.
The files are described in docs/formats.md.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from acq_engine.store.folder import RunStore, list_runs
    from acq_engine.store.layout import OWN_FILES, check_folder, is_run
    from acq_engine.store.run_info import RunInfo, RunState
    from acq_engine.store.serialization import event_from_json, event_to_dict, event_to_json

__all__ = [
    "OWN_FILES", "RunInfo", "RunState", "RunStore", "check_folder", "event_from_json", "event_to_dict", "event_to_json",
    "is_run", "list_runs",
]
_HOMES = {
    "folder": ("RunStore", "list_runs"),
    "layout": ("OWN_FILES", "check_folder", "is_run"),
    "run_info": ("RunInfo", "RunState"),
    "serialization": ("event_from_json", "event_to_dict", "event_to_json"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
