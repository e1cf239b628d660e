"""Whether a teacher can be run in bfloat16, found out by trying."""

from __future__ import annotations

import warnings

import torch

from acq_engine.errors import first_line
from acq_engine.settings import Precision
from acq_engine.teacher.autocast import bfloat16, computes_in_bfloat16
from acq_engine.teacher.model import Teacher


def training_precision(
    setting: Precision, teacher: Teacher, input_shape: tuple[int, ...], device: torch.device
) -> tuple[bool, str]:
    """Whether this teacher's training passes are in bfloat16, found out by trying, and what the log says of it."""
    if not computes_in_bfloat16(setting, device):
        return False, ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where a device has no autocast, torch warns and goes on without
        with bfloat16(device.type, True):
            if not torch.is_autocast_enabled(device.type):
                return False, f"Training computes in float32: torch has no bfloat16 on {device.type} here."
    picture = torch.zeros(2, *input_shape, device=device, requires_grad=True)
    try:
        teacher(picture, "eval", reduced=True).logits.sum().backward()
        teacher(picture, "train", reduced=True).logits.sum().backward()
    except RuntimeError as error:
        return False, ("Training computes in float32: the model has an operator without bfloat16 "
                       f"({first_line(error)}).")
    return True, "Training computes in bfloat16."
