"""Settings as typer's options; nothing is written twice (see `acq_engine.settings.options`)."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any, Optional, TypeVar

import typer

from acq_engine.settings.options import SettingOption, setting_options

_PANELS = {
    "": "Run", "model": "Model", "quantization": "Quantization", "generator": "Generator", "losses": "Loss weights",
    "schedule": "Schedule", "test_set": "Test images",
}

F = TypeVar("F", bound=Callable[..., Any])


def declaration(option: SettingOption) -> inspect.Parameter:
    """The command's parameter, as typer reads it; None means "not given"."""
    flag = f"{option.flag}/--no-{option.flag[2:]}" if option.kind is bool else option.flag
    panel = _PANELS[option.section] + (" (more)" if option.advanced else "")
    told = typer.Option(flag, help=option.help, rich_help_panel=panel, show_default=False,
                          metavar="R,G,B" if option.kind is tuple else None)
    kind = str if option.kind is tuple else option.kind
    return inspect.Parameter(option.parameter, inspect.Parameter.KEYWORD_ONLY, default=None,
                             annotation=Annotated[Optional[kind], told])  # noqa: UP045 - `kind` is a variable


def with_setting_options(*sections: str) -> Callable[[F], F]:
    """Add the settings' options to a command that takes `**settings`."""

    def decorate(command: F) -> F:
        own = inspect.signature(command, eval_str=True)
        kept = [item for item in own.parameters.values() if item.kind is not inspect.Parameter.VAR_KEYWORD]
        names = {item.name for item in kept}
        extra = [declaration(option) for option in setting_options(*sections) if option.parameter not in names]
        order = sorted(kept + extra, key=lambda item: item.kind)
        command.__signature__ = own.replace(parameters=order)  # type: ignore[attr-defined]
        command.__annotations__ = {item.name: item.annotation for item in order}
        return command

    return decorate
