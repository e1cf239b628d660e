"""A run's export as a stand-in: the student's state in a file, for tests of runs whose export is not in question.

Translating even the smallest network takes longer than a short run's other phases together. Importing this module
changes nothing; `dask_setup` does, in the process of a worker, and `stand_in` where a test asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from acq_engine.events import Event, Exported, Verified


def _export(self: object, path: Path) -> Iterator[Event]:
    from safetensors.torch import save

    from acq_engine.pipeline.evaluate_and_export import EvaluateAndExport

    assert isinstance(self, EvaluateAndExport)
    state = {key: value.contiguous() for key, value in self.student.state_dict().items()}
    path.write_bytes(save(state))
    self.exported = Exported("onnx", path.name, path.stat().st_size, 0)
    self.verified = Verified(path.name, True, 0, "synthetic", 100.0, 100.0, 0, 0)
    yield self.exported
    yield self.verified


@contextmanager
def stand_in() -> Iterator[None]:
    """In this process, while it lasts."""
    with mock.patch("acq_engine.pipeline.evaluate_and_export.EvaluateAndExport.export", _export):
        yield


def dask_setup(worker: object) -> None:
    """In the process of a worker, for good: Dask calls this where it is told to preload the module."""
    mock.patch("acq_engine.pipeline.evaluate_and_export.EvaluateAndExport.export", _export).start()
