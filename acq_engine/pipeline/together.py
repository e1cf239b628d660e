"""A run on every rank that torchrun started: the first one makes or opens its folder, the others do as it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from acq_engine.control import RunControl
from acq_engine.distributed import alone, from_first, leads, together
from acq_engine.errors import AcqError, ModelError
from acq_engine.events import RunPlan
from acq_engine.models import load_model, load_teacher
from acq_engine.pipeline.device import choose_device
from acq_engine.pipeline.preparation import Prepared
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.settings import RunConfig
from acq_engine.store import is_run
from acq_engine.store.follower import FollowerStore
from acq_engine.store.run_info import RunInfo
from acq_engine.test_sets.loading import load_test_set
from acq_engine.test_sets.pictures import load_pictures


@dataclass(frozen=True)
class _Told:
    """What the first rank tells the others; they load model and images themselves."""

    info: RunInfo
    config: RunConfig
    checkpoint: dict[str, Any] | None
    warm_start: dict[str, Any] | None
    plan: RunPlan | None


def on_every_rank(
    begin: Callable[[], QuantizationRun], folder: Path | str, control: RunControl, *, is_new: bool
) -> QuantizationRun:
    """The run that `begin` gives, and on each other rank the same run, which writes nothing.

    Args:
        begin: Creates or resumes the run; called on the first rank only. It measures and plans there, too.
        folder: The run folder; on other ranks the model is read from it where they see it.
        control: Of this process.
        is_new: Whether `begin` creates the folder: then it is removed again if a rank can't take part.

    Raises:
        AcqError: what one of the ranks can't do, on all of them.
    """
    if alone():
        return begin()
    led = together(lambda: begin() if leads() else None)
    told = from_first(None if led is None else _Told(led.store.info, led.config, led.prepared.checkpoint,
                                                     led.prepared.warm_start, led.prepared.plan))
    assert told is not None
    try:
        return together(lambda: led if led is not None else _followed(Path(folder), told, control))
    except AcqError:
        if led is not None:
            (led.store.discard if is_new else led.store.close)()
        raise


def _followed(folder: Path, told: _Told, control: RunControl) -> QuantizationRun:
    config, info = told.config, told.info
    loaded = load_teacher(folder) if is_run(folder) else load_model(config.model)
    if info.teacher_sha256 and loaded.sha256 != info.teacher_sha256:
        raise ModelError("The model is another one on one of the machines.", cause=str(config.model.path or folder),
                         hint="Put the same model file there, or the run folder where all machines see it.")
    return QuantizationRun(FollowerStore(folder, info), Prepared(
        config, loaded, load_test_set(config.test_set, loaded), choose_device(config.device), told.checkpoint,
        told.warm_start, told.plan, pictures=load_pictures(config.pictures, loaded),
    ), control)
