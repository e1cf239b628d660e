"""A run that computes nothing, and the command line called in this process."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from typer.testing import CliRunner, Result

from acq_engine.cli.app import app
from acq_engine.control import RunControl
from acq_engine.errors import ModelFileError
from acq_engine.events import (
    Evaluated,
    Event,
    Exported,
    Failed,
    Finished,
    LogMessage,
    ModelSummary,
    PhasePlan,
    PhaseStarted,
    RunStarted,
    SamplesReady,
    StepMetrics,
    Verified,
)
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore

MODEL = ModelSummary("fashion", "fashion_resnet", 80_000, 9, 10, (1, 32, 32), 320_000)


class MadeUpRun:
    """Stands in for QuantizationRun: the same calls, no computing."""

    verified: ClassVar[bool] = True
    failure: ClassVar[Failed | None] = None
    interrupt_at: ClassVar[int | None] = None
    last_config: ClassVar[RunConfig | None] = None

    def __init__(self, store: RunStore, control: RunControl) -> None:
        self.store, self.control = store, control

    @classmethod
    def create(cls, config: RunConfig, path: Path, control: RunControl, *, overwrite: bool = False,
               progress: Any = None, **_: Any) -> MadeUpRun:
        MadeUpRun.last_config = config
        if config.model.path is not None and not config.model.path.exists():
            raise ModelFileError("The model file is missing.", cause=str(config.model.path), hint="Check the path.")
        return cls(RunStore.create(path, config, overwrite=overwrite), control)

    @classmethod
    def resume(cls, store: RunStore, control: RunControl, *, lower_rates: bool = False) -> MadeUpRun:
        return cls(store, control)

    def events(self) -> Iterator[Event]:
        with self.store as store:
            for event in self._events(store):
                yield store.write(event)

    def _events(self, store: RunStore) -> Iterator[Event]:
        print("a library says something")
        yield RunStarted(str(store.path), MODEL, (PhasePlan("warmup", 4), PhasePlan("export", 0)), "cpu", 0)
        yield PhaseStarted("warmup", 4)
        for number in range(1, 5):
            yield StepMetrics("warmup", number, 4, number, {"generator/total": float("nan")}, number / 10, 4 - number)
            if number == self.interrupt_at:
                signal.raise_signal(signal.SIGINT)
            if self.control.cancel_requested:
                store.save_checkpoint(number, {"step": number})
                yield Finished("stopped", 92.0, None, None, None, {}, 0.4)
                return
        empty = np.zeros((2, 2), np.float32)
        images = np.zeros((2, 8, 8, 3), np.uint8)
        yield SamplesReady(4, images, np.arange(2), empty, empty, np.arange(2), np.ones(2, np.float32))
        yield LogMessage("warning", "Samples of [bold]one[/bold] class look alike.")
        if self.failure is not None:
            yield self.failure
            return
        yield PhaseStarted("export", 0)
        yield Evaluated("float", 2000, "test", 92.0, per_class=np.ones(10, np.float32))
        yield Evaluated("student", 2000, "test", 91.0, agreement=97.0)
        (store.path / "model.onnx").write_bytes(b"onnx")
        yield Exported("onnx", "model.onnx", 60_000, 320_000)
        yield Verified("model.onnx", self.verified, 2000, "test", 100.0, 100.0, 12, 0, 1.5, 2.5, "ONNX Runtime 1",
                       "" if self.verified else "3 rows differ")
        files = {"onnx": "model.onnx"}
        yield Finished("succeeded", 92.0, 91.0, 90.75, 99.5, files, 0.5, self.verified, 320_000, 60_000)


def acq(*arguments: Any) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]
