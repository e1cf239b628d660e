"""Where memory runs out, a phase goes on with half its batch instead of ending the run (OURS)."""

from __future__ import annotations

import dataclasses
import gc
from collections.abc import Callable
from typing import TypeVar

import torch

from acq_engine.errors import is_out_of_memory
from acq_engine.events import Phase, RunPlan
from acq_engine.pipeline.memory import release_free_memory
from acq_engine.pipeline.session import TrainingSession
from acq_engine.settings import ScheduleConfig

T = TypeVar("T")
SMALLEST = {"generator_batch": 4, "student_batch": 2}  # what the settings allow, and batch norm needs


def attempt(work: Callable[[], T]) -> T | BaseException:
    """Do the work; where memory ran out the error is returned instead of raised, without what it holds on to."""
    try:
        return work()
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
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
