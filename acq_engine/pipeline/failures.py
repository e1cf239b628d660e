"""How a run ends that can't go on: the exception that is being handled, as the event Failed.

Call these where the exception is handled: they keep its traceback.
"""

from __future__ import annotations

import traceback

import torch

from acq_engine.errors import AcqError, TrainingError, first_line
from acq_engine.events import Failed
from acq_engine.explained import explained


def refused(error: AcqError, *, has_checkpoint: bool) -> Failed:
    """A typed error. From losses that are no numbers a run goes on with lower rates, if it `has_checkpoint`."""
    # 1 also for errors that are bad input elsewhere: that promises that nothing was written.
    goes_on = isinstance(error, TrainingError) and has_checkpoint
    return Failed(error.message, error.cause, error.hint, traceback.format_exc(), 1, lower_rates=goes_on)


def out_of_memory(error: Exception, device: torch.device) -> Failed:
    """Memory ran out, and no batch can be smaller."""
    on_card = device.type != "cpu" or isinstance(error, torch.OutOfMemoryError)
    return Failed(
        "The GPU is out of memory." if on_card else "The computer is out of memory.",
        str(error).split(". ")[0].rstrip(".") + ".",
        "Choose a smaller generator batch and student batch, close other programs"
        + (" that use the GPU, or use the device cpu." if on_card else "."), traceback.format_exc(), 1,
    )


def unexpected(error: Exception) -> Failed:
    """Anything else; the window and the command line show it, and the run folder keeps it."""
    known = explained(error)
    if known is not None:
        return Failed(known.message, known.cause, known.hint, traceback.format_exc(), 1)
    return Failed(
        "The run failed with an unexpected error.", f"{type(error).__name__}: {first_line(error)[:300]}",
        "The details are in the run folder's log.", traceback.format_exc(), 1,
    )
