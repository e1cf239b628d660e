"""RunConfig: every setting of a run, once.

The same JSON file serves the window, the command line and the run folder. The panels and the
command line's options are made from the fields' metadata (title, description, bounds, unit, step,
`advanced`, `flag`), so a setting that is added here appears everywhere.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import Field, ValidationError

from acq_engine.errors import ConfigError, refuse_newer
from acq_engine.settings.fields import FEWEST_BITS, Section, setting
from acq_engine.settings.generator import GeneratorConfig
from acq_engine.settings.losses import LossWeights
from acq_engine.settings.model import ModelConfig
from acq_engine.settings.pictures import PicturesConfig
from acq_engine.settings.quantization import QuantizationConfig
from acq_engine.settings.schedule import ScheduleConfig
from acq_engine.settings.test_set import TestSetConfig

SCHEMA_VERSION = 4

Method = Literal["acq", "gdfq"]
Precision = Literal["auto", "float32", "bfloat16"]


class RunConfig(Section):
    """All settings of a run. `RunConfig()` is a valid run of the built-in sample."""

    schema_version: int = SCHEMA_VERSION
    method: Method = setting("acq", "Method", "acq: attention-corrected samples. gdfq: the baseline (ECCV 2020).",
                             flag="--method")
    seed: int = setting(
        0, "Seed", "Seed of the random numbers. The same seed on the same machine gives the same result.", ge=0,
        le=2**31 - 1, step=1, flag="--seed",
    )
    device: Literal["auto", "cpu", "cuda", "mps"] = setting(
        "auto", "Device", "Where to compute. auto: the fastest device available.", advanced=True, flag="--device"
    )
    threads: int | None = setting(
        None, "CPU threads", "CPU threads of this run. Empty: as in the preferences; the command line uses torch's "
        "default.", ge=1, le=1024, advanced=True, flag="--threads",
    )
    precision: Precision = setting(
        "auto", "Precision", "Number format of training (generator, procedural images, and a student with at most "
        "4-bit activations); evaluation always uses float32. auto: bfloat16 where the processor multiplies it "
        "natively, which is faster.", advanced=True, flag="--precision",
    )
    cuda_graphs: bool = setting(
        True, "CUDA graphs", "Captures each kind of training step as a CUDA graph and replays it: faster on NVIDIA "
        "GPUs, unused elsewhere. Replayed steps are first compared with plain ones; where they differ, or can't be "
        "captured, the run continues without, and the log says so.", advanced=True, flag="--cuda-graphs",
    )
    model: ModelConfig = Field(default_factory=ModelConfig)
    quantization: QuantizationConfig = Field(default_factory=QuantizationConfig)
    generator: GeneratorConfig = Field(default_factory=GeneratorConfig)
    losses: LossWeights = Field(default_factory=LossWeights)
    schedule: ScheduleConfig = Field(default_factory=ScheduleConfig)
    test_set: TestSetConfig = Field(default_factory=TestSetConfig)
    pictures: PicturesConfig = Field(default_factory=PicturesConfig)

    def to_json(self) -> str:
        """The settings as indented JSON, ready for a file."""
        return self.model_dump_json(indent=2, by_alias=True)

    @classmethod
    def from_json(cls, text: str) -> RunConfig:
        """Read settings.

        Raises:
            ConfigError: not JSON, an unknown setting, or a value out of range.
        """
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ConfigError("The settings file is not valid JSON.", cause=str(error)) from error
        return cls.from_data(data)

    @classmethod
    def from_data(cls, data: Any, *, consent: bool = False) -> RunConfig:
        """As `from_json`, from parsed data.

        Args:
            data: The settings.
            consent: Keep `model.trust`. Only for values that the user has just given, never for a file's.
        """
        if _unwritable(data):
            raise ConfigError(
                "The settings contain a character that can't be saved.",
                cause="A text contains a NUL character or half of a surrogate pair.",
                hint="Correct the value, or rename the file that it refers to.",
            )
        if not consent and isinstance(data, dict) and isinstance(data.get("model"), dict):
            data = {**data, "model": {key: value for key, value in data["model"].items() if key != "trust"}}
        refuse_newer(data, SCHEMA_VERSION, ConfigError(
            "The settings were written by a newer version of ACQ Studio.",
            hint="Update ACQ Studio, or start from the defaults.",
        ))
        if isinstance(data, dict) and data.get("schema_version") == 1:
            data = _from_version_1(data)
        if isinstance(data, dict) and data.get("schema_version") == 2:
            data = _from_version_2(data)
        if isinstance(data, dict) and data.get("schema_version") == 3:
            data = _from_version_3(data)
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise config_error(error) from error


def _unwritable(data: Any) -> bool:
    """Whether some text within can be neither in a file nor in a file's name."""
    if isinstance(data, str):
        return "\0" in data or any("\ud800" <= letter <= "\udfff" for letter in data)
    if isinstance(data, dict):
        return any(_unwritable(key) or _unwritable(value) for key, value in data.items())
    return isinstance(data, list | tuple) and any(map(_unwritable, data))


def _from_version_1(data: dict[str, Any]) -> dict[str, Any]:
    """Version 1 had neither bits of shortcuts nor a precision; its runs must go on as they began.

    Shortcuts have at least the bits of activations, so 2 is what it did, whatever is changed about these afterwards.
    """
    quantization = data.get("quantization", {})
    if not isinstance(quantization, dict):
        return data
    return {"precision": "float32", **data, "schema_version": 2,
            "quantization": {"shortcut_bits": FEWEST_BITS, **quantization}}


def _from_version_2(data: dict[str, Any]) -> dict[str, Any]:
    """Version 2 fine-tuned without a trial, and its centre loss weighed half as much; its runs go on as they began."""
    before: dict[str, dict[str, Any]] = {"schedule": {"trial_steps": 0}, "losses": {"centre": 4.0}}
    sections = {name: {**old, **data.get(name, {})} for name, old in before.items()
                if isinstance(data.get(name, {}), dict)}
    return {**data, **sections, "schema_version": 3}


def _from_version_3(data: dict[str, Any]) -> dict[str, Any]:
    """Version 3 gave the first output the bits of all activations; its runs go on as they began."""
    quantization = data.get("quantization", {})
    if not isinstance(quantization, dict):
        return data
    bits = quantization.get("activation_bits", QuantizationConfig().activation_bits)
    return {**data, "schema_version": SCHEMA_VERSION, "quantization": {"first_output_bits": bits, **quantization}}


def config_error(error: ValidationError) -> ConfigError:
    """A ConfigError in plain words from pydantic's."""
    lines = []
    for item in error.errors():
        where = ".".join(str(part) for part in item["loc"]) or "settings"
        lines.append(f"{where}: {item['msg']} (found: {item['input']!r:.60})")
    first = error.errors()[0]
    name = str(first["loc"][-1]) if first["loc"] else "settings"
    return ConfigError(
        f"The setting {name!r} has an invalid value." if len(lines) == 1
        else f"{len(lines)} settings have invalid values.",
        cause="\n".join(lines),
        hint="Correct the value, or omit the setting to use its default.",
    )
