"""Settings as typer's options; nothing is written twice (see `acq_engine.settings.options`)."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Optional, TypeVar, get_args

import typer

from acq_engine.settings.model import side_of
from acq_engine.settings.options import SettingOption, setting_options

_PANELS = {
    "": "Run", "model": "Model", "quantization": "Quantization", "generator": "Generator", "losses": "Loss weights",
    "schedule": "Schedule", "test_set": "Test images", "pictures": "Own images",
}

F = TypeVar("F", bound=Callable[..., Any])

# What several commands take in addition to settings.
SampleOption = Annotated[Optional[str], typer.Option(  # noqa: UP045 - typer reads it at run time
    "--sample", metavar="NAME", help="The built-in classifier: fashion.")]
ConfigOption = Annotated[Optional[Path], typer.Option(  # noqa: UP045
    "--config", metavar="FILE", help="Settings to start from: a settings file, a run.json, or a run folder.")]
StepsOption = Annotated[Optional[int], typer.Option(  # noqa: UP045
    "--steps", min=1, help="Generator steps for a model; default: the preset's warm-up.")]


def _choice(option: SettingOption) -> Callable[[str], str]:
    """Reads one of the shown values; a stored one, which earlier versions showed, means the same."""
    shown = [option.shown(value) for value in get_args(option.kind)]

    def parse(text: str) -> str:
        found = option.shown(text)
        if found not in shown:
            raise typer.BadParameter(f"{text!r} is not one of {', '.join(map(repr, shown))}.")
        return found

    return parse


def _side(text: str) -> int:
    try:
        return side_of(text)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from error


def declarations(option: SettingOption) -> list[inspect.Parameter]:
    """The command's parameters, as typer reads them: the option, and those of earlier versions; None: not given."""
    names = (option.parameter, *option.old_parameters)
    return [_declaration(option, *named) for named in zip(names, (option.flag, *option.old_flags), strict=True)]


def _declaration(option: SettingOption, name: str, flag: str) -> inspect.Parameter:
    panel = _PANELS[option.section] + (" (more)" if option.advanced else "")
    metavar = "R,G,B" if option.kind is tuple else "PX|HxW" if option.name == "input_size" else None
    if option.value_names:
        metavar = f"<{'|'.join(option.shown(value) for value in get_args(option.kind))}>"
    told = typer.Option(
        f"{flag}/--no-{flag[2:]}" if option.kind is bool else flag, help=option.help, rich_help_panel=panel,
        show_default=False, hidden=flag != option.flag, metavar=metavar,
        parser=_choice(option) if option.value_names else _side if option.name == "input_size" else None,
    )
    kind = str if option.kind is tuple or option.value_names else option.kind
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None,
                             annotation=Annotated[Optional[kind], told])  # noqa: UP045 - `kind` is a variable


def with_setting_options(*sections: str) -> Callable[[F], F]:
    """Add the settings' options to a command that takes `**settings`."""

    def decorate(command: F) -> F:
        own = inspect.signature(command, eval_str=True)
        kept = [item for item in own.parameters.values() if item.kind is not inspect.Parameter.VAR_KEYWORD]
        names = {item.name for item in kept}
        extra = [item for option in setting_options(*sections) if option.parameter not in names
                 for item in declarations(option)]
        order = sorted(kept + extra, key=lambda item: item.kind)
        command.__signature__ = own.replace(parameters=order)  # type: ignore[attr-defined]
        command.__annotations__ = {item.name: item.annotation for item in order}
        return command

    return decorate
