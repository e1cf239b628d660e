"""What a run says before it begins: notes on the model and on the test images."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from acq_engine.events import LogMessage
from acq_engine.models import LoadedModel
from acq_engine.pipeline.questions import doubt_on_images
from acq_engine.settings import RunConfig
from acq_engine.test_sets.test_set import TestSet


def opening_notes(loaded: LoadedModel, test_set: TestSet | None) -> Iterator[LogMessage]:
    """Notes and warnings on what was loaded; with test images also on whether they suit the model."""
    for note in loaded.notes:
        yield LogMessage("info", note)
    for warning in loaded.warnings():
        yield LogMessage("warning", warning)
    for question in loaded.questions:
        yield LogMessage("warning", question.said)
    if test_set is None:
        return
    if test_set.skipped:
        yield LogMessage("warning", f"{test_set.skipped} test images could not be read and are skipped.")
    for note in test_set.notes:
        yield LogMessage("info", note)
    for warning in test_set.warnings:
        yield LogMessage("warning", warning)
    warning, doubt = doubt_on_images(loaded, test_set)
    if warning:
        yield LogMessage("warning", warning)
    if doubt is not None:
        yield LogMessage("warning", doubt.said)


def overlap_warning(config: RunConfig) -> str:
    """A sentence where the own images and the test images lie in one folder; else ""."""
    tested, own = config.test_set.path, config.pictures.path
    if tested is None or own is None or not _overlap(tested, own):
        return ""
    return ("The own images lie in the folder of the test images: accuracy on images that were used to "
            "quantize says little. Choose other images for one of the two.")


def _overlap(one: Path, other: Path) -> bool:
    return one == other or one in other.parents or other in one.parents
