"""The command that does a run again."""

from __future__ import annotations

import shlex
from typing import Any

from acq_engine.cli.options import SettingOption, setting_options
from acq_engine.cli.settings import build_config
from acq_engine.config import RunConfig
from acq_engine.errors import ConfigError


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
            words += [option.flag, str(value)]
    return f"{shlex.join(words)} --out NEW"


def _value(config: RunConfig, option: SettingOption) -> Any:
    section = getattr(config, option.section) if option.section else config
    return getattr(section, option.name)
