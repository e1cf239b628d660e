"""Where memory runs out: half the batch, from the last step on. Stand-ins raise once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from acq_engine.errors import is_out_of_memory
from acq_engine.events import Event, Failed, LogMessage, StepMetrics
from acq_engine.pipeline import phases
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.quantization import calibrate
from acq_engine.store import RunStore
from acq_engine.training import GeneratorTrainer, StudentTrainer
from tests.engine.pipeline.test_planned_run import config, until

KINDS: list[Callable[[], BaseException]] = [
    lambda: torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
    lambda: MemoryError(),
    lambda: RuntimeError("[enforce fail at alloc_cpu.cpp:124] DefaultCPUAllocator: can't allocate memory: you tried to "
                         "allocate 12884901888 bytes. Error code 12 (Cannot allocate memory)"),
    lambda: RuntimeError("[enforce fail at alloc_cpu.cpp:116] data. DefaultCPUAllocator: not enough memory: you tried "
                         "to allocate 12884901888 bytes."),
    lambda: RuntimeError("MPS backend out of memory (MPS allocated: 17 GB)"),
    lambda: RuntimeError("cuDNN error: CUDNN_STATUS_ALLOC_FAILED"),
]


def test_every_way_to_say_that_memory_ran_out_is_known() -> None:
    assert all(is_out_of_memory(make()) for make in KINDS)
    assert not is_out_of_memory(RuntimeError("mat1 and mat2 shapes cannot be multiplied"))
    assert not is_out_of_memory(ValueError("out of memory"))


class Once:
    """Raises at the given call, and otherwise does what it stands for."""

    def __init__(self, does: Callable[..., Any], error: Callable[[], BaseException], call: int, times: int = 1) -> None:
        self.does, self.error, self.first, self.last = does, error, call, call + times
        self.calls = 0

    def __get__(self, instance: Any, owner: type) -> Callable[..., Any]:
        return lambda *args, **named: self(instance, *args, **named)

    def __call__(self, *args: Any, **named: Any) -> Any:
        self.calls += 1
        if self.first <= self.calls < self.last:
            raise self.error()
        return self.does(*args, **named)


def said(events: list[Event]) -> list[str]:
    return [event.text for event in events if isinstance(event, LogMessage) and event.text.startswith("Memory ran")]


def steps(events: list[Event], phase: str) -> list[int]:
    return [event.step for event in events if isinstance(event, StepMetrics) and event.phase == phase]


@pytest.mark.parametrize("error", KINDS[:3], ids=["cuda", "python", "cpu"])
def test_a_generator_step_goes_on_with_half_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Callable[[], BaseException]
) -> None:
    folder = tmp_path / "run"
    monkeypatch.setattr(GeneratorTrainer, "step", Once(GeneratorTrainer.step, error, 2))
    events = until(QuantizationRun.create(config(minutes=None), folder), "calibrate")
    assert said(events) == ["Memory ran out: the generator batch is 8 instead of 16 from here on."]
    assert steps(events, "warmup") == [1, 2, 3], "no step is lost, and none is done twice"
    assert said(list(RunStore.open(folder).events())) == said(events)
    assert RunStore.open(folder).config.schedule.generator_batch == 8, "a resumed run goes on with it"


def test_calibration_begins_again_and_fine_tuning_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calibrating = Once(calibrate, KINDS[0], 1)
    monkeypatch.setattr(phases, "calibrate", calibrating)
    monkeypatch.setattr(StudentTrainer, "step", Once(StudentTrainer.step, KINDS[2], 1, times=2))
    asked = config(minutes=None, warmup_steps=1)
    events = until(QuantizationRun.create(asked, tmp_path / "run"), "evaluate")
    assert calibrating.calls == 2
    assert said(events) == [
        "Memory ran out: the generator batch is 8 instead of 16 from here on.",
        "Memory ran out: the student batch is 4 instead of 8 from here on.",
        "Memory ran out: the student batch is 2 instead of 4 from here on.",
    ]
    assert steps(events, "finetune") == [1, 2]


def test_a_batch_that_cannot_be_smaller_ends_the_run_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GeneratorTrainer, "step", Once(GeneratorTrainer.step, KINDS[2], 1, times=100))
    events = list(QuantizationRun.create(config(minutes=None), tmp_path / "run").events())
    assert len(said(events)) == 2
    assert isinstance(events[-1], Failed)
    assert events[-1].message == "The computer is out of memory."
    assert "smaller generator batch" in events[-1].hint


def test_other_errors_end_the_run_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GeneratorTrainer, "step", Once(GeneratorTrainer.step, lambda: RuntimeError("no such shape"), 1))
    events = list(QuantizationRun.create(config(minutes=None), tmp_path / "run").events())
    assert not said(events)
    assert isinstance(events[-1], Failed)
