"""Exporting and verifying the quantized model of a finished run, from its folder alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from acq_engine.errors import AcqError, ExportError, StorageError
from acq_engine.events import Event, Exported, SamplesReady, Verified
from acq_engine.store import RunStore, is_run

if TYPE_CHECKING:
    from torch import Tensor

    from acq_engine.models import LoadedModel
    from acq_engine.quantization import QuantizedModel

EXACT_IMAGES = 256  # the integer reference is slow; on so many images a difference would show


def load_student(run_dir: Path | str) -> tuple[QuantizedModel, LoadedModel]:
    """The finished student of a run, in mode "quantized" on the CPU, and its teacher.

    Raises:
        StorageError: there is no run, it has no quantized model yet, or its files are damaged.
        ModelError: the teacher's copy is missing or damaged.
    """
    import torch

    from acq_engine.models import load_teacher
    from acq_engine.quantization import quantize_model

    store = RunStore.open(run_dir)
    state = store.load_student_state()
    loaded = load_teacher(store.path)
    student = quantize_model(loaded.module, torch.zeros(2, *loaded.input_shape), store.config.quantization)
    try:
        student.load_state_dict(state)
    except RuntimeError as error:
        raise StorageError(
            "The quantized model does not fit the run's settings.", cause=str(error).splitlines()[0],
            hint="The run folder was changed, or written by another version. Run the quantization again.",
        ) from error
    return student.eval(), loaded


def export_run(
    run_dir: Path | str, format: str = "onnx", target: Path | str | None = None,  # noqa: A002 - the user's word
    *, on_event: Callable[[Event], None] | None = None,
) -> Exported:
    """Write the quantized model of a run.

    Args:
        run_dir: The run folder.
        format: A name in the registry of formats, such as "onnx".
        target: The file to write; None: the format's usual name in the run folder.
        on_event: Told the event that is also returned.

    Returns:
        What was written; `path` is the file as it can be opened from here.

    Raises:
        StorageError: as `load_student`, or the file can't be written; an older file is intact then.
        ExportError: an unknown format, or a layer that it can't express.
    """
    RunStore.open(run_dir)  # a folder without a run is said at once, not after seconds of imports
    from acq_engine.export import FORMATS

    if format not in FORMATS:
        raise ExportError(f"There is no format called {format!r}.", hint=f"Formats: {', '.join(FORMATS)}.")
    student, loaded = load_student(run_dir)
    entry = FORMATS[format]
    path = Path(target) if target is not None else Path(run_dir) / entry.file_name
    if path.is_dir():
        raise StorageError("The file can't be written.", cause=f"{path} is a folder.", hint="Name a file in it.")
    info = entry.export(student, loaded, path)
    event = Exported(format, str(path), info.bytes, info.float_bytes)
    if on_event is not None:
        on_event(event)
    return event


def verify_run(
    run_dir: Path | str, file: Path | str | None = None, *, on_event: Callable[[Event], None] | None = None
) -> Verified:
    """Run an exported ONNX file and compare it with the quantized model and the integer reference.

    Args:
        run_dir: The run folder; or an exported file that lies in one.
        file: The exported file; None: model.onnx in the run folder.
        on_event: Told the event that is also returned.

    Raises:
        StorageError: there is no run, no exported file, or no quantized model yet.
        VerificationError: the file can't be opened or run.
    """
    root, path = _locate(Path(run_dir), None if file is None else Path(file))
    store = RunStore.open(root)
    from acq_engine.export.proof import prove

    student, loaded = load_student(root)
    images, kind = verification_images(store, loaded)
    event = prove(path, student, loaded, images, kind)
    if on_event is not None:
        on_event(event)
    return event


def verification_images(
    store: RunStore, loaded: LoadedModel, most: int = EXACT_IMAGES
) -> tuple[Tensor, Literal["test", "synthetic"]]:
    """Images to compare an export on: test images if they are still there, else the run's synthetic samples.

    Returns:
        (normalised input (N, C, H, W), what it is).

    Raises:
        StorageError: the run has neither.
    """
    from acq_engine.data import load_test_set

    try:
        test_set = load_test_set(store.config.test_set, loaded)
    except AcqError:  # moved or deleted since the run; the synthetic samples still prove the export
        test_set = None
    if test_set is not None:
        return loaded.to_model_input(test_set.images[:most]), "test"
    last = None
    for event in store.events():
        if isinstance(event, SamplesReady) and len(event.images):
            last = event
    if last is None:
        raise StorageError("The run has no images to verify the export on.", cause=str(store.path))
    return loaded.to_model_input(last.images[:most]), "synthetic"


def _locate(run_dir: Path, file: Path | None) -> tuple[Path, Path]:
    """The run folder and the exported file that are meant."""
    if file is None and run_dir.is_file():
        run_dir, file = run_dir.parent, run_dir
        if not is_run(run_dir):
            raise StorageError(
                "The file does not lie in a run folder, so there is nothing to compare it with.",
                cause=str(file), hint="Name the run that it was exported from: acq verify FILE --run RUN",
            )
    path = file if file is not None else run_dir / "model.onnx"
    if is_run(run_dir) and not path.is_file():
        raise StorageError(
            "There is no exported file to verify.", cause=f"{path} is missing.", hint=f"First: acq export {run_dir}"
        )
    return run_dir, path
