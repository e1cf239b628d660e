"""Exporting the quantized model of a finished run from its folder alone, or one that was exported as acq."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from acq_engine.errors import ExportError, StorageError, first_line
from acq_engine.events import Event, Exported, LogMessage
from acq_engine.export import FORMATS, ExportFormat, find_format
from acq_engine.store import OWN_FILES, RunStore

if TYPE_CHECKING:
    from acq_engine.export.info import ExportInfo, ExportOptions, ModelFacts
    from acq_engine.models import LoadedModel
    from acq_engine.quantization import QuantizedModel

ALL = "all"


def load_student(run_dir: Path | str) -> tuple[QuantizedModel, LoadedModel]:
    """The finished student of a run, in mode "quantized" on the CPU, and its teacher.

    Raises:
        StorageError: there is no run, it has no quantized model yet, or its files are damaged.
        ModelError: the teacher's copy is missing or damaged.
    """
    import torch

    from acq_engine.models import load_teacher
    from acq_engine.quantization.model import restored_student

    store = RunStore.open(run_dir)
    state = store.load_student_state()
    loaded = load_teacher(store.path)
    try:
        example = torch.zeros(2, *loaded.input_shape)
        student = restored_student(loaded.module, example, store.config.quantization, state)
    except RuntimeError as error:
        raise StorageError(
            "The quantized model does not fit the run's settings.", cause=first_line(error),
            hint="The run folder was changed, or written by another version. Run the quantization again.",
        ) from error
    return student.eval(), loaded


def export_run(
    source: Path | str, format: str = "onnx", target: Path | str | None = None,  # noqa: A002 - the user's word
    *, options: ExportOptions | None = None, beside: bool = True, on_event: Callable[[Event], None] | None = None,
) -> Exported:
    """Write the quantized model of a run.

    Args:
        source: The run folder, or a file of the format acq.
        format: A name in the registry of formats, such as "onnx".
        target: The file to write; None: the format's usual name in the run folder.
        options: What can be chosen about the file.
        beside: Write predict.py and a README beside an ONNX, .tflite or .xml file; files of these names that are not
            ours stay.
        on_event: Told the event that is also returned.

    Returns:
        What was written; `path` is the file as it can be opened from here.

    Raises:
        StorageError: as `load_student`, or the file can't be written; an older file is intact then.
        ExportError: an unknown format, or a layer that it can't express.
        ModelFileError: `source` is a file, and no acq file.
    """
    folder = _folder_of(Path(source))  # a folder without a run is said at once, not after seconds of imports
    entry = find_format(format)
    path = Path(target) if target is not None else folder / entry.file_name
    if path.is_dir():
        raise StorageError("The file can't be written.", cause=f"{path} is a folder.", hint="Name a file in it.")
    path = _with_ending(path, entry)
    _keep_own_files(path, Path(source), folder)
    student, about = _load(Path(source))
    info = entry.export(student, about, path, options)
    from acq_engine.export.deploy import RUNTIMES, write_deploy_files

    if beside and format in RUNTIMES:
        write_deploy_files(path.parent, [info], student, about)
    return _told(info, on_event)


def export_all(
    source: Path | str, folder: Path | str | None = None, *, options: ExportOptions | None = None, beside: bool = True,
    on_event: Callable[[Event], None] | None = None,
) -> list[Exported]:
    """Write the quantized model in every format into one folder, with predict.py and a README.

    A format that can't hold every model is left out where it can't hold this one, or where what it needs is not
    installed; `on_event` is told why.

    Args:
        source: The run folder, or a file of the format acq.
        folder: Where to; made if it is not there. None: the run folder.
        options: Preprocessing is for both ONNX formats, the opset for the first one.
        beside: Also write predict.py and a README.
        on_event: Told each of the events that are also returned, and what was left out.

    Raises:
        As `export_run`. What was written before an error stays; each file is whole or not there.
    """
    from acq_engine.export.deploy import write_deploy_files
    from acq_engine.export.info import ExportOptions
    from acq_engine.files import storage_errors

    root = _folder_of(Path(source))
    root = root if folder is None else Path(folder)
    with storage_errors("The folder for the exported files can't be created.", root):
        root.mkdir(parents=True, exist_ok=True)
    student, about = _load(Path(source))
    options = options or ExportOptions()
    chosen = {"onnx": options, "onnx-int4": replace(options, opset=None)}
    infos, events = [], []
    for entry in FORMATS.values():
        _keep_own_files(root / entry.file_name, Path(source), root)
    for name, entry in FORMATS.items():
        try:
            infos.append(entry.export(student, about, root / entry.file_name, chosen.get(name)))
        except ExportError as error:
            if not entry.partial:
                raise
            why = " ".join(str(error).splitlines())
            if on_event is not None:
                on_event(LogMessage("warning", f"{entry.file_name} was not written. {why}"))
            continue
        events.append(_told(infos[-1], on_event))
    if beside:
        write_deploy_files(root, infos, student, about)
    return events


def _with_ending(path: Path, entry: ExportFormat) -> Path:
    """The file with the format's ending: by it, files are opened later."""
    ending = Path(entry.file_name).suffix
    path = entry.with_ending(path)
    if path.suffix.lower() != ending:
        raise StorageError(
            f"A file of this format has to end in {ending}.", cause=f"{path.name} ends in {path.suffix}.",
            hint=f"Call it {path.stem}{ending}, or choose another format.",
        )
    return path


def _keep_own_files(path: Path, source: Path, folder: Path) -> None:
    """Refuse to write over what is exported, or over a file that a run is made of."""
    own = [source] if source.is_file() else [folder / name for name in OWN_FILES]
    if any(path.resolve() == one.resolve() for one in own):
        raise StorageError(
            "The export would overwrite its own source.", cause=str(path), hint="Choose another name.",
        )


def _folder_of(source: Path) -> Path:
    if source.is_file():
        return source.parent
    return RunStore.open(source).path


def _load(source: Path) -> tuple[QuantizedModel, ModelFacts]:
    if source.is_file():
        from acq_engine import load_quantized

        model = load_quantized(source)
        return model, model.facts
    from acq_engine.export.info import facts

    student, loaded = load_student(source)
    return student, facts(loaded)


def _told(info: ExportInfo, on_event: Callable[[Event], None] | None) -> Exported:
    event = Exported(info.format, str(info.path), info.bytes, info.float_bytes)
    if on_event is not None:
        on_event(event)
    return event
