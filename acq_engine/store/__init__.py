"""The run folder: everything that a run leaves behind, readable while it is still being written.

Importing this package does not import torch; only checkpoints and the student's weights need it.
The files are described in docs/formats.md.
"""

from acq_engine.store.folder import OWN_FILES, RunStore, check_folder, is_run, list_runs
from acq_engine.store.run_info import RunInfo, RunState
from acq_engine.store.serialization import event_from_json, event_to_dict, event_to_json

__all__ = [
    "OWN_FILES", "RunInfo", "RunState", "RunStore", "check_folder", "event_from_json", "event_to_dict", "event_to_json",
    "is_run", "list_runs",
]
