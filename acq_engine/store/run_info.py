"""run.json: what a run is, in one small file."""

from __future__ import annotations

import dataclasses
import json
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

from acq_engine import __version__
from acq_engine.errors import StorageError, first_line, refuse_newer
from acq_engine.events import Failed, Finished, ModelSummary, RunPlan
from acq_engine.files import storage_errors
from acq_engine.settings import RunConfig
from acq_engine.store.serialization import from_plain, plain_text, to_plain

SCHEMA = 1
MAX_BYTES = 16 << 20

RunState = Literal["draft", "running", "paused", "stopped", "succeeded", "failed"]
STATES: tuple[RunState, ...] = get_args(RunState)

_PACKAGES = ("torch", "torchvision", "numpy", "onnx", "onnxscript", "onnxruntime", "safetensors", "pydantic")


@dataclass(frozen=True, slots=True)
class RunInfo:
    """The content of run.json. Times are UTC, ISO 8601."""

    config: RunConfig
    state: RunState
    created: str
    updated: str
    versions: dict[str, str] = field(default_factory=dict)
    teacher_sha256: str = ""
    model: ModelSummary | None = None
    results: dict[str, Any] = field(default_factory=dict)  # the fields of Finished or Failed, as JSON
    plan: RunPlan | None = None  # how its time is divided; runs without a limit and older ones have none

    def changed(self, **values: Any) -> RunInfo:
        """A copy with other values and the time of now."""
        return dataclasses.replace(self, updated=now(), **values)

    def to_json(self) -> str:
        data = {
            "schema": SCHEMA,
            "state": self.state,
            "created": self.created,
            "updated": self.updated,
            "settings": json.loads(self.config.to_json()),
            "versions": self.versions,
            "teacher_sha256": self.teacher_sha256,
            "model": to_plain(self.model),
            "plan": to_plain(self.plan),
            "results": to_plain(self.results),
        }
        return json.dumps(data, indent=2, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> RunInfo:
        """Read run.json.

        Raises:
            StorageError: it is damaged, or was written by a newer version.
            ConfigError: a setting in it can't be used.
        """
        try:
            data = json.loads(text)
            newer = StorageError("The run was written by a newer version of ACQ Studio.")
            refuse_newer(data, SCHEMA, newer, key="schema")
            from_plain(int, data["schema"])
            model = from_plain(ModelSummary | None, data.get("model"))
            state = from_plain(RunState, data["state"])
            texts = {key: plain_text(str(data.get(key, ""))) for key in ("created", "updated", "teacher_sha256")}
            versions = {plain_text(key): plain_text(str(value)) for key, value in data.get("versions", {}).items()}
            plan = from_plain(RunPlan | None, data.get("plan"))
            results = _readable(dict(data.get("results") or {}))
            settings = data["settings"]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise StorageError(
                "The run's description is damaged.", cause=f"run.json: {first_line(error)}",
                hint="Open another run; the images and models in the folder may still be intact.",
            ) from error
        return cls(config=RunConfig.from_data(settings), state=state, versions=versions, model=model,
                   results=results, plan=plan, **texts)


def _readable(results: dict[str, Any]) -> dict[str, Any]:
    """Results without the values that can't be what they say to be: whoever shows a number counts on its being one."""
    hints = {**get_type_hints(Failed), **get_type_hints(Finished)}
    kept = {}
    for name, value in results.items():
        try:
            kept[name] = to_plain(from_plain(hints.get(name, Any), value))
        except ValueError:
            continue
    return kept


def read_info(path: Path) -> RunInfo:
    """Read the file itself.

    Raises:
        StorageError: as `RunInfo.from_json`, or the file can't be read.
        ConfigError: a setting in it can't be used.
    """
    with storage_errors("The run can't be read.", path), path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise StorageError("The run's description is damaged.", cause=f"{path} is too large.")
    return RunInfo.from_json(data.decode("utf-8", "replace"))


def now() -> str:
    """The time as text, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def installed_versions() -> dict[str, str]:
    """Versions of this program, Python, the system and the libraries, without importing them."""
    versions = {"acq-studio": __version__, "python": platform.python_version(), "system": platform.platform()}
    for name in _PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return versions
