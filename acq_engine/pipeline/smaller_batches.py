"""Where memory runs out, a phase goes on with half its batch instead of ending the run (OURS)."""

from __future__ import annotations

import dataclasses
import gc
from collections.abc import Callable, Generator, Iterator
from typing import TypeVar

import torch

from acq_engine.distributed import alone
from acq_engine.errors import is_out_of_memory
from acq_engine.events import Event, LogMessage, Phase, RunPlan
from acq_engine.pipeline.memory import release_free_memory
from acq_engine.pipeline.pace import Pace
from acq_engine.pipeline.session import TrainingSession
from acq_engine.settings import RunConfig, ScheduleConfig
from acq_engine.store import RunStore

T = TypeVar("T")
SMALLEST = {"generator_batch": 4, "student_batch": 2}  # what the settings allow, and batch norm needs


class SmallerBatches:
    """Work of one run that is tried again with half the batch; its settings and plan are changed, and stored."""

    def __init__(self, store: RunStore, config: RunConfig, pace: Pace) -> None:
        self._store, self._config, self._pace = store, config, pace

    def step(
        self, session: TrainingSession, names: tuple[str, ...], work: Callable[[], dict[str, torch.Tensor]]
    ) -> Generator[Event, None, dict[str, torch.Tensor]]:
        """A step, and what it returns. `names` are the batch sizes that may be halved, the first first."""
        while True:
            streams = session.streams.state_dict()
            done = attempt(work)
            if not isinstance(done, BaseException):
                return done
            yield from self._give_way(session, names, streams, done)

    def phase(
        self, session: TrainingSession, streams: dict[str, torch.Tensor], work: Callable[[], Iterator[Event]]
    ) -> Iterator[Event]:
        """A phase that says something while it works; it begins again, with the streams as they were before it."""
        while True:
            try:
                yield from work()
                return
            except (RuntimeError, MemoryError) as error:
                if not is_out_of_memory(error) or not alone():
                    raise
                failed: BaseException = error.with_traceback(None)
            yield from self._give_way(session, ("generator_batch",), streams, failed)

    def _give_way(
        self, session: TrainingSession, names: tuple[str, ...], streams: dict[str, torch.Tensor], error: BaseException
    ) -> Iterator[Event]:
        """Halve the batch, also for a run that is resumed, and say so."""
        said = halve(session, names, streams)
        if not said:
            raise error
        if self._pace.plan is not None:
            self._pace.plan = with_batches(self._pace.plan, self._config.schedule, said)
        self._store.change_plan(self._config, self._pace.plan)
        yield LogMessage("warning", said)


def attempt(work: Callable[[], T]) -> T | BaseException:
    """Do the work; where memory ran out the error is returned instead of raised, without what it holds on to."""
    try:
        return work()
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error) or not alone():  # the others can't know, and wait
            raise
        return error.with_traceback(None)


def halve(session: TrainingSession, names: tuple[str, ...], streams: dict[str, torch.Tensor]) -> str:
    """Go back to where the random streams were, with half the batch.

    Args:
        session: Its settings are changed.
        names: The batch sizes that may be halved; the first that is not the smallest yet is.
        streams: As they were before the step (see `RunStreams.state_dict`).

    Returns:
        A sentence, or "" where no batch can be smaller.
    """
    schedule = session.config.schedule
    name = next((name for name in names if getattr(schedule, name) // 2 >= SMALLEST[name]), None)
    if name is None:
        return ""
    old = getattr(schedule, name)
    setattr(schedule, name, old // 2)
    session.streams.load_state_dict(streams)
    session.step_runner.forget()  # recorded steps hold memory, and are of the old size
    for parameter in session.generator.parameters():
        parameter.grad = None
    if session.student is not None:
        session.student.zero_grad(set_to_none=True)
    gc.collect()
    release_free_memory()
    if session.device.type == "cuda":
        torch.cuda.empty_cache()
    if name == "generator_batch":
        return f"Memory ran out: the generator batch is {old // 2} instead of {old} from here on."
    return f"Memory ran out: the student batch is {old // 2} instead of {old} from here on."


def with_batches(plan: RunPlan, schedule: ScheduleConfig, said: str) -> RunPlan:
    """The plan with the schedule's batch sizes, and what was said of them."""
    batches: dict[Phase, int] = {"warmup": schedule.generator_batch, "calibrate": schedule.generator_batch,
                                 "finetune": schedule.student_batch}
    phases = tuple(dataclasses.replace(phase, batch=batches.get(phase.phase, phase.batch)) for phase in plan.phases)
    return dataclasses.replace(plan, phases=phases, notes=(*plan.notes, said))
