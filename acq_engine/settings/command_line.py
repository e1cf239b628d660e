"""From a command line to a RunConfig (file first, then method and preset, then single options), and back to one."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

from acq_engine.errors import ConfigError
from acq_engine.settings import RunConfig
from acq_engine.settings.options import SettingOption, given_settings, setting_options
from acq_engine.settings.presets import with_method, with_preset, with_preset_name
from acq_engine.settings.reading import read_settings

_MODEL_SUFFIXES = {".safetensors", ".pth", ".pt", ".pt2", ".bin", ".ckpt", ".tar", ".onnx", ".py"}
_HUB = re.compile(r"^(https://huggingface\.co/|hf[-_]hub:)(?=timm/)")  # how timm's names are copied from the hub
_TIMM = "timm/"  # as the registry of architectures names them
_TORCHVISION = re.compile(r"^torchvision(\.models\.|/)(?=\w+$)")  # how names are copied from code
_TAGGED = re.compile(r"[a-z0-9_]+\.[a-z][a-z0-9_]*_[a-z0-9_]+")  # timm's names with their training: resnet18.a1_in1k


def build_config(
    model: str | None, sample: str | None, config_file: Path | None, settings: dict[str, Any]
) -> RunConfig:
    """The settings that a command line means.

    Args:
        model: A file with weights, or the name of a torchvision model.
        sample: The name of a built-in sample.
        config_file: A settings file, a run.json, or a run folder.
        settings: The typed options by parameter name, None where not given.

    Raises:
        ConfigError: no model, two models, or a value that can't be used.
    """
    if model is not None and sample is not None:
        raise ConfigError("Two models were given.", cause=f"{model} and --sample {sample}.", hint="Omit one.")
    if model is None and sample is None and config_file is None:
        raise ConfigError(
            "No model was given.",
            hint="Specify a file with weights (MODEL), or use the built-in model: --sample fashion",
        )
    config = read_settings(config_file) if config_file is not None else RunConfig()
    given = given_settings(settings)
    general, schedule = given.get("", {}), given.get("schedule", {})
    if "method" in general:
        config = with_method(config, general["method"])
    if "preset" in schedule:
        config = with_preset(config, schedule["preset"])
    data = config.model_dump()
    data["model"].update(_source(model, sample))
    if model is not None:
        data["test_set"]["use_sample"] = False
    for section, values in given.items():
        (data[section] if section else data).update(values)
    changed = RunConfig.from_data(data, consent=True)  # only --trust can have set it: no file's consent gets here
    return with_preset_name(changed, config.schedule)


def _source(model: str | None, sample: str | None) -> dict[str, Any]:
    """The model section's values that say where the model comes from."""
    if sample is not None:
        return {"source": "sample", "name": sample, "path": None}
    if model is None:
        return {}
    model = _HUB.sub("", model)
    if not Path(model).exists():
        model = _TORCHVISION.sub("", model)
        if _TAGGED.fullmatch(model) and Path(model).suffix not in _MODEL_SUFFIXES:
            model = _TIMM + model
    path = Path(model)
    if model.startswith(_TIMM) and not path.exists():
        return {"source": "timm", "name": model.removeprefix(_TIMM), "path": None}
    if ".py:" in path.name:  # Python source and the function in it
        return {"source": "checkpoint", "path": path, "name": path.name.partition(".py:")[0]}
    if path.exists() or path.suffix.lower() in _MODEL_SUFFIXES or path.parent != Path():
        return {"source": "checkpoint", "path": path, "name": path.stem}
    return {"source": "torchvision", "name": model.lower(), "path": None}  # all of its names are


def command_for(config: RunConfig) -> str:
    """A command line with these settings; it names run.json where single options can't say all of them."""
    model = config.model
    sample = model.name if model.source == "sample" else None
    source = None if sample else str(model.path) if model.source == "checkpoint" else model.name
    given: dict[str, Any] = {}
    chosen: list[SettingOption] = []
    try:
        # First what changes many settings at once, then what still differs.
        for option in sorted(setting_options(), key=lambda item: item.name not in ("method", "preset")):
            wanted = _value(config, option)
            if wanted is not None and _value(build_config(source, sample, None, given), option) != wanted:
                given[option.parameter] = ",".join(f"{part:g}" for part in wanted) if option.kind is tuple else wanted
                chosen.append(option)
        is_complete = build_config(source, sample, None, given) == config
    except ConfigError:
        is_complete = False
    if not is_complete:
        return "acq quantize --config RUN/run.json --out NEW"
    words = ["acq", "quantize", *(["--sample", sample] if sample else [str(source)])]
    for option in chosen:
        value = given[option.parameter]
        if option.kind is bool:
            words.append(option.flag if value else f"--no-{option.flag[2:]}")
        else:
            words += [option.flag, option.shown(value)]
    return f"{shlex.join(words)} --out NEW"


def _value(config: RunConfig, option: SettingOption) -> Any:
    section = getattr(config, option.section) if option.section else config
    return getattr(section, option.name)
