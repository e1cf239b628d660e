"""Verifying the exported files of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from acq_engine.errors import AcqError, ConsentNeededError, StorageError
from acq_engine.events import Event, LogMessage, SamplesReady, Verified
from acq_engine.export import FORMATS
from acq_engine.export.from_run import load_student
from acq_engine.store import RunStore, is_run

if TYPE_CHECKING:
    from torch import Tensor

    from acq_engine.models import LoadedModel
    from acq_engine.test_sets.test_set import TestSet

EXACT_IMAGES = 256  # the integer reference is slow; on so many images a difference would show


def verify_run(
    run_dir: Path | str, file: Path | str | None = None, *, trust: bool = False, threads: int = 1,
    openvino: bool = False, on_event: Callable[[Event], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Verified:
    """Run one exported file and compare it with the quantized model; ONNX and .tflite also with the integer reference.

    Args:
        run_dir: The run folder; or an exported file that lies in one.
        file: The exported file; None: model.onnx in the run folder.
        trust: Load a .pt2 file although it can run code.
        threads: Of the runtime.
        openvino: Also compare with OpenVINO, if it is installed.
        on_event: Told the event that is also returned.
        stop: Asked between steps; once it is true, the accuracy on test images is left out.

    Raises:
        StorageError: there is no run, no exported file, or no quantized model yet.
        ConsentNeededError: a .pt2 file without `trust`.
        VerificationError: the file can't be opened or run.
    """
    root, path = _locate(Path(run_dir), None if file is None else Path(file))
    return _verify(root, [path], trust, threads, openvino, on_event, stop)[0]


def verify_all(
    run_dir: Path | str, *, trust: bool = False, threads: int = 1, openvino: bool = False,
    on_event: Callable[[Event], None] | None = None,
) -> list[Verified]:
    """Verify every exported file in a run folder; .pt2 files only with `trust`, else a message says so.

    See `verify_run`.
    """
    root = RunStore.open(run_dir).path
    paths = [path for entry in FORMATS.values() if (path := root / entry.file_name).is_file()]
    found = [path for path in paths if trust or path.suffix != ".pt2"]
    results = _verify(root, found or paths or [_locate(root, None)[1]], trust, threads, openvino, on_event)
    for path in paths:
        if path not in found and on_event is not None:
            on_event(LogMessage(
                "warning", f"{path.name} was not checked: loading it can run code. --trust checks it too."))
    return results


def check_failed(run_dir: Path | str) -> bool:
    """The run's ONNX file was verified, and did not pass the last time.

    Raises:
        StorageError: there is no run.
    """
    passed = True
    for event in RunStore.open(run_dir).events():
        if isinstance(event, Verified) and Path(event.path).name == FORMATS["onnx"].file_name:
            passed = event.passed
    return not passed


def _verify(
    root: Path, paths: list[Path], trust: bool, threads: int, openvino: bool,
    on_event: Callable[[Event], None] | None, stop: Callable[[], bool] = lambda: False,
) -> list[Verified]:
    store = RunStore.open(root)
    for path in paths:
        if path.suffix == ".pt2" and not trust:
            raise ConsentNeededError(
                "A .pt2 file can run code when loaded.", cause=str(path),
                hint="If you trust its source, add --trust.",
            )
    from acq_engine.evaluation.accuracy import evaluate
    from acq_engine.export.verify.proof import predictor, prove

    student, loaded = load_student(root)
    test_set = _test_set(store, loaded)
    images, kind = verification_images(store, loaded, test_set)
    events = []
    for path in paths:
        event = prove(path, student, loaded, images, kind, threads=threads, openvino=openvino)
        if test_set is not None and not stop():
            measured = evaluate(predictor(path), test_set, loaded, stop=stop)
            if measured.complete:
                event = replace(event, top1=measured.top1, top1_images=len(test_set))
        if on_event is not None:
            on_event(event)
        events.append(event)
    return events


def _test_set(store: RunStore, loaded: LoadedModel) -> TestSet | None:
    from acq_engine.test_sets.loading import load_test_set

    try:
        return load_test_set(store.config.test_set, loaded)
    except AcqError:  # moved or deleted since the run; the synthetic samples still prove the export
        return None


def verification_images(
    store: RunStore, loaded: LoadedModel, test_set: TestSet | None, most: int = EXACT_IMAGES
) -> tuple[Tensor, Literal["test", "synthetic"]]:
    """Images to compare an export on: test images if there are any, else the run's synthetic samples.

    Returns:
        (normalised input (N, C, H, W), what it is).

    Raises:
        StorageError: the run has neither.
    """
    if test_set is not None:
        return loaded.to_model_input(test_set.some(most)[0].images), "test"
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
