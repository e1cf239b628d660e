"""The teacher's copy in a run folder: with it a run can be resumed, exported and verified without the original file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from safetensors.torch import save
from torch import nn

from acq_engine.errors import ModelFileError, refuse_newer
from acq_engine.files import storage_errors, write_atomic
from acq_engine.models.checkpoint import read_exact
from acq_engine.models.graph import build_network, read_structure
from acq_engine.models.loaded import LoadedModel, prepare, weights_sha256
from acq_engine.models.preprocessing import Interpolation
from acq_engine.models.registry import architecture
from acq_engine.models.weights import fit

WEIGHTS_FILE = "teacher.safetensors"
DESCRIPTION_FILE = "teacher.json"
MAX_DESCRIPTION_BYTES = 16 << 20
SCHEMA_VERSION = 1

Side = Annotated[int, Field(ge=1, le=4096)]


class Description(BaseModel):
    """teacher.json: everything of a LoadedModel but its weights."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    schema_version: Literal[1] = 1
    name: str
    arch: str
    num_classes: int = Field(ge=1, le=1_000_000)
    input_shape: tuple[Annotated[int, Field(ge=1, le=64)], Side, Side]
    mean: tuple[float, ...]
    std: tuple[float, ...]
    class_names: tuple[str, ...] = ()
    sha256: str
    resize: int | None = Field(None, ge=1, le=8192)
    interpolation: Interpolation = "bilinear"
    notes: tuple[str, ...] = ()
    structure: str = ""


def save_teacher(loaded: LoadedModel, directory: Path) -> None:
    """Write teacher.safetensors and teacher.json, each whole or not at all.

    Raises:
        StorageError: the folder can't be written.
    """
    state = {key: value.detach().contiguous().clone() for key, value in loaded.module.state_dict().items()}
    description = Description(
        name=loaded.name, arch=loaded.arch, num_classes=loaded.num_classes, input_shape=loaded.input_shape,
        mean=loaded.mean, std=loaded.std, class_names=loaded.class_names,
        sha256=loaded.sha256 or weights_sha256(state), resize=loaded.resize, interpolation=loaded.interpolation,
        notes=loaded.notes, structure=loaded.structure,
    )
    directory = Path(directory)
    # The description comes last: with it the pair is complete.
    _write(directory / WEIGHTS_FILE, save(state))
    _write(directory / DESCRIPTION_FILE, description.model_dump_json(indent=2).encode())


def _write(path: Path, content: bytes) -> None:
    with storage_errors("The run folder can't be written.", path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, content)


def load_teacher(directory: Path) -> LoadedModel:
    """Read back what `save_teacher` wrote.

    Raises:
        ModelFileError: a file is missing or damaged, or the weights are not the ones that were saved.
        ArchitectureError: the weights don't fit the architecture that is named.
    """
    path = Path(directory) / DESCRIPTION_FILE
    try:
        if path.stat().st_size > MAX_DESCRIPTION_BYTES:
            raise ModelFileError("The teacher's description is too large.", cause=str(path))
        data = json.loads(path.read_text(encoding="utf-8"))
        newer = ModelFileError("The teacher's description was written by a newer version of ACQ Studio.")
        refuse_newer(data, SCHEMA_VERSION, newer)
        description = Description.model_validate(data)
    except OSError as error:
        raise ModelFileError("The run folder has no teacher.", cause=f"{path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise ModelFileError("The teacher's description is damaged.", cause=f"{path}: {error}") from error
    state = read_exact(Path(directory) / WEIGHTS_FILE)
    if weights_sha256(state) != description.sha256:
        raise ModelFileError(
            "The teacher's weights are not the ones that the run was started with.",
            cause=f"The checksum of {WEIGHTS_FILE} differs from the one in {DESCRIPTION_FILE}.",
        )
    if description.structure:
        module: nn.Module = build_network(read_structure(description.structure), state)
    else:
        module, _, _ = fit(architecture(description.arch), state, description.num_classes)
    return LoadedModel(
        module=prepare(module), name=description.name, arch=description.arch, num_classes=description.num_classes,
        input_shape=description.input_shape, mean=description.mean, std=description.std,
        class_names=description.class_names, sha256=description.sha256, resize=description.resize,
        interpolation=description.interpolation, notes=description.notes, structure=description.structure,
    )
