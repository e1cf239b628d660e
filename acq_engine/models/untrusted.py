"""Files that can run code: Python source, exported programs (.pt2) and TorchScript; and ONNX files, which run none.

They are only opened in a process of their own, with a time limit, after the user's consent, which an ONNX file does
not need. That process hands back the network as data (`acq_engine.models.graph`); the file is never opened in the
program itself.
"""

from __future__ import annotations

import importlib.util
import json
import multiprocessing
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from acq_engine.errors import AcqError, ArchitectureError, ChoiceNeededError, ModelError, ModelFileError
from acq_engine.models.checkpoint import FileKind, file_kind, read_exact, read_weights
from acq_engine.models.conversion import Converted, convert
from acq_engine.models.exporting import check_same, convert_module
from acq_engine.models.graph import GraphNetwork, build_network, read_structure
from acq_engine.models.onnx_files import check_with_runtime, read_onnx
from acq_engine.models.outputs import output_at
from acq_engine.models.weights import common_prefix, differences
from acq_engine.models.whole_models import unpickle

TIME_LIMIT_SECONDS = 300.0
DEFAULT_FUNCTION = "build"
USUAL_SIZES = (224, 32)
"""Tried in this order where nothing says how large the image is."""

MAX_GUESSES = 8
"""So many numbers of channels are tried."""

KIND_NAMES: dict[FileKind, str] = {
    "python": "Python source", "pt2": "exported program", "torchscript": "TorchScript", "onnx": "ONNX",
    "pickled": "pickled model",
}

WITHOUT_CONSENT: tuple[FileKind, ...] = ("onnx",)
"""Kinds that run nothing: they are opened in a process of their own since those who read them are large programs."""


@dataclass(frozen=True)
class Request:
    """What the process is to open."""

    kind: FileKind
    path: str
    function: str
    weights: str | None
    input_size: int | None
    output: str | None = None
    channels: int | None = None


@dataclass(frozen=True)
class Opened:
    """What came back."""

    network: GraphNetwork
    structure: str
    arch: str
    num_classes: int
    input_shape: tuple[int, int, int]
    notes: tuple[str, ...]
    mean: tuple[float, ...] | None = None
    std: tuple[float, ...] | None = None
    class_names: tuple[str, ...] = ()


def split_function(path: Path) -> tuple[Path, str]:
    """The file and the function in "model.py:build"; the function is "build" where none is named."""
    found = re.fullmatch(r"(.+\.py):([A-Za-z_]\w*)", str(path))
    return (Path(found[1]), found[2]) if found else (path, DEFAULT_FUNCTION)


def open_untrusted(
    path: Path,
    *,
    weights: Path | None = None,
    input_size: int | None = None,
    output: str | None = None,
    channels: int | None = None,
    time_limit: float = TIME_LIMIT_SECONDS,
    stop: Callable[[], bool] | None = None,
    kind: FileKind | None = None,
) -> Opened:
    """Open a file that can run code in a process of its own, and take over what it describes.

    Call it only after the user's consent, but for `WITHOUT_CONSENT`.

    Args:
        path: The file; "model.py:build" names the function that builds the network.
        weights: A checkpoint for a network from Python source.
        input_size: Height and width of the image in pixels; None: the file's own, else a usual one.
        output: Name or position of the logits, where the network has several outputs; None to find them.
        channels: Of the image; None to find them.
        time_limit: Seconds after which the process is ended.
        stop: Asked while waiting; true ends the process.
        kind: What the file is; None: as its content says.

    Raises:
        ModelError: in one of its kinds; whatever goes wrong in the process is told in words.
    """
    file, function = split_function(path)
    request = Request(kind or file_kind(file), str(file), function, str(weights) if weights else None, input_size,
                      output, channels)
    with tempfile.TemporaryDirectory(prefix="acq-model-") as folder:
        _run(request, Path(folder), time_limit, stop)
        return _take_over(Path(folder))


def _run(request: Request, folder: Path, time_limit: float, stop: Callable[[], bool] | None) -> None:
    # spawn: a fresh interpreter, without the threads and locks of this one.
    process = multiprocessing.get_context("spawn").Process(target=work, args=(request, str(folder)), daemon=True)
    process.start()
    deadline = time.monotonic() + time_limit
    try:
        while process.is_alive():
            process.join(0.1)
            if stop is not None and stop():
                raise ModelError("Loading the model was stopped.")
            if time.monotonic() > deadline:
                raise ModelError(
                    f"{Path(request.path).name} took longer than {time_limit:.0f} seconds to load, so it was stopped.",
                    hint="Loading must only build the model, not train it.",
                )
    finally:
        if process.is_alive():
            process.kill()
        process.join()
    if not (folder / "answer.json").is_file():
        raise ModelError(
            f"The process that opened {Path(request.path).name} ended without a result.",
            cause=_last_line(folder / "log.txt") or f"Its exit code is {process.exitcode}.",
        )


def _last_line(log: Path) -> str:
    if not log.is_file():
        return ""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 4096))
        lines = file.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:300] if lines else ""


def _take_over(folder: Path) -> Opened:
    """Read what the process wrote, as carefully as any other file."""
    try:
        text = (folder / "answer.json").read_text("utf-8")
        answer = json.loads(text)
        if "choices" in answer:
            raise ChoiceNeededError(
                str(answer["message"]), setting=str(answer["setting"]), cause=str(answer["cause"]),
                hint=str(answer["hint"]), choices=[(str(value), str(speaks)) for value, speaks in answer["choices"]])
        if "message" in answer:
            raise ArchitectureError(str(answer["message"]), cause=str(answer["cause"]), hint=str(answer["hint"]))
        structure = (folder / "structure.json").read_text("utf-8")
        channels, height, width = (int(side) for side in answer["input_shape"])
        network = build_network(read_structure(structure), read_exact(folder / "weights.safetensors"))
        return Opened(network, structure, str(answer["arch"]), int(answer["num_classes"]), (channels, height, width),
                      tuple(map(str, answer["notes"])), _figures(answer.get("mean"), channels),
                      _figures(answer.get("std"), channels), tuple(map(str, answer.get("class_names", ()))))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError("The process that opened the file returned no usable result.", cause=str(error)) from error


def _figures(values: Any, channels: int) -> tuple[float, ...] | None:
    found = tuple(float(value) for value in values) if values is not None else None
    return found if found is not None and len(found) == channels else None


# --- in the process of its own --------------------------------------------------------------------


def work(request: Request, folder: str) -> None:
    """Open the file and write what it describes into `folder`. Runs in a process of its own."""
    # What the file's code prints must not mix with our own output.
    log = os.open(Path(folder) / "log.txt", os.O_WRONLY | os.O_CREAT, 0o600)
    for stream in (1, 2):
        os.dup2(log, stream)
    torch.set_num_threads(1)
    try:
        answer = _open(request, Path(folder))
    except AcqError as error:
        answer = told(error)
    except BaseException as error:  # also SystemExit: the file's code may do anything
        answer = {
            "message": f"{Path(request.path).name} can't be loaded.",
            "cause": f"{type(error).__name__}: {error}"[:500],
            "hint": "Run it on its own to see where that happens.",
        }
    temporary = Path(folder) / "answer.part"
    temporary.write_text(json.dumps(answer), "utf-8")
    os.replace(temporary, Path(folder) / "answer.json")


def told(error: AcqError) -> dict[str, Any]:
    """An error as the other process reads it."""
    answer: dict[str, Any] = {"message": error.message, "cause": error.cause, "hint": error.hint}
    if isinstance(error, ChoiceNeededError):
        answer |= {"setting": error.setting, "choices": error.choices}
    return answer


def _open(request: Request, folder: Path) -> dict[str, Any]:
    notes: list[str] = []
    more: dict[str, Any] = {}
    arch = KIND_NAMES[request.kind]
    if request.kind == "pt2":
        converted, shape, logits = _exported_program(Path(request.path), request.output)
    elif request.kind == "onnx":
        converted, shape, logits = _onnx_file(Path(request.path), request, notes)
    else:
        size = request.input_size
        if request.kind == "python":
            module = _built(Path(request.path), request.function, request.weights)
            arch = type(module).__name__
        elif request.kind == "pickled":
            whole = unpickle(Path(request.path))
            module, arch, size = whole.module, type(whole.module).__name__, size or whole.size
            notes.append(whole.note)
            more = {"mean": whole.mean, "std": whole.std, "class_names": whole.class_names}
        else:
            module = torch.jit.load(request.path, map_location="cpu").eval()
        shape, assumed = _input_shape(module, size, request.channels)
        if assumed:
            notes.append(f"The input size was assumed to be {shape[1]} px; set it if that is wrong.")
        converted, logits = _converted(module, shape, request.output)
    if converted.note:
        notes.append(converted.note)
    if logits.dim() != 2:
        raise ArchitectureError("The model does not return logits.", cause=f"Its output is {tuple(logits.shape)}.")
    (folder / "structure.json").write_text(converted.structure.model_dump_json(), "utf-8")
    save_file(converted.state, folder / "weights.safetensors")
    return {"arch": arch, "num_classes": logits.shape[1], "input_shape": shape, "notes": notes, **more}


def _converted(
    module: nn.Module, shape: tuple[int, int, int], output: str | None
) -> tuple[Converted, Tensor]:
    converted = convert_module(module, shape, output)
    with torch.no_grad():
        return converted, output_at(module(torch.zeros(2, *shape)), converted.output)


def _onnx_file(path: Path, request: Request, notes: list[str]) -> tuple[Converted, tuple[int, int, int], Tensor]:
    model = read_onnx(path, input_size=request.input_size, output=request.output)
    notes.extend(model.notes)
    try:
        notes.append(check_with_runtime(path, model))
        converted, logits = _converted(model.network, model.input_shape, None)
    except (RuntimeError, ValueError, TypeError, IndexError, KeyError) as error:  # shapes that don't fit
        raise ArchitectureError(
            "This ONNX file can't be read as a model.", cause=f"{type(error).__name__}: {error}"[:300],
            hint="Check the input size, or use the checkpoint that it was exported from.") from error
    return converted, model.input_shape, logits


def _exported_program(path: Path, output: str | None) -> tuple[Converted, tuple[int, int, int], Tensor]:
    program = torch.export.load(path)
    values = [node.meta["val"] for node in program.graph.nodes
              if node.op == "placeholder" and node.name in program.graph_signature.user_inputs]
    if len(values) != 1 or not isinstance(values[0], Tensor) or values[0].dim() != 4:
        raise ArchitectureError("The exported program must take one batch of images.")
    batch, channels, height, width = values[0].shape
    shape = (int(channels), int(height), int(width))
    if shape[1] != shape[2]:
        raise ArchitectureError(
            "The program takes images that are not square.",
            cause=f"It was exported for {shape[2]} x {shape[1]} pixels.",
            hint="Samples are square: export it again for a square image, if it takes one.",
        )
    converted = convert(program, output)
    module = program.module(check_guards=False)
    fixed = batch if isinstance(batch, int) else 3
    check_same(converted, module, shape, fixed)
    with torch.no_grad():
        return converted, shape, output_at(module(torch.zeros(fixed, *shape)), converted.output)


def _built(path: Path, function: str, weights: str | None) -> nn.Module:
    sys.path.insert(0, str(path.resolve().parent))  # for what it imports from beside itself
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ModelFileError(f"{path.name} is not Python source code.")
    source = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = source
    spec.loader.exec_module(source)
    builder = getattr(source, function, None)
    if not callable(builder):
        raise ArchitectureError(
            f"{path.name} has no function called {function}.",
            hint=f"Write one that returns the model, or specify another one: {path.name}:NAME",
        )
    module = builder()
    if not isinstance(module, nn.Module):
        raise ArchitectureError(f"{function}() in {path.name} does not return a model.",
                                cause=f"It returns {type(module).__name__}, not a torch.nn.Module.")
    if weights is not None:
        state, _ = read_weights(Path(weights))
        own = module.state_dict()
        prefix = common_prefix(own)  # a network may keep all it has in self.net, and read_weights took that away
        lines = differences({key.removeprefix(prefix): value for key, value in own.items()}, state)
        if lines:
            raise ArchitectureError(f"The weights don't fit what {function}() builds.", cause="; ".join(lines[:3]))
        module.load_state_dict({prefix + key: value for key, value in state.items()}, strict=False)
    return module.to("cpu", torch.float32).eval()


def _input_shape(module: nn.Module, size: int | None, channels: int | None = None) -> tuple[tuple[int, int, int], bool]:
    """Channels, height, width; and whether the size is a guess."""
    weights = [value for name, value in module.named_parameters() if name.endswith("weight") and value.dim() == 4]
    # Layers need not be defined in the order that they run in: the first that fits is the first that runs.
    found = dict.fromkeys([*(int(weight.shape[1]) for weight in weights[:1]), 3, 1,
                           *(int(weight.shape[1]) for weight in weights)])
    if channels is not None:
        found = {channels: None}
    for usual in USUAL_SIZES if size is None else (size,):
        for tried in list(found)[:MAX_GUESSES]:
            try:
                with torch.no_grad():
                    module(torch.zeros(2, tried, usual, usual))
                return (tried, usual, usual), size is None
            except Exception:  # the network's own words for an unfit size
                continue
    if size is not None:  # what is wrong with it is told when it is exported
        return (next(iter(found)), size, size), False
    raise ArchitectureError("The input size is not known.", hint="Set the size that the model was trained with.")
