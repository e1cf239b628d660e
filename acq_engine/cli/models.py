"""acq models: the architectures that weights can be loaded into."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from acq_engine.cli.console import JsonLines, exclusive, human

NAME = "models"


def run(
    json: Annotated[bool, typer.Option("--json", help="Print the list as one line of JSON.")] = False,
) -> None:
    """List the architectures for --arch."""
    lines = JsonLines()
    with exclusive(json):
        from acq_engine.models.registry import architectures

        families: dict[str, list[str]] = {}
        for entry in architectures().values():
            families.setdefault(entry.family, []).append(entry.name)
    if json:
        lines.value({"architectures": families})
        return
    console = human()
    for family, names in families.items():
        console.print(Text(f"{family}:", style="bold"))
        for name in names:
            console.print(Text(f"  {name}"))
