"""acq ask: pause, resume, finish or cancel a run that is worked on elsewhere, through its folder."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from acq_engine.cli.console import notes
from acq_engine.store.requests import ask

NAME = "ask"


class Wish(str, Enum):  # noqa: UP042 - typer shows its values
    """What a run can be asked for."""

    PAUSE = "pause"
    RESUME = "resume"
    FINISH = "finish"
    CANCEL = "cancel"


def run(
    folder: Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run that another program works on.")],
    wish: Annotated[Wish, typer.Argument(
        metavar="pause|resume|finish|cancel", help="finish: end training, then evaluate and export. cancel: save a "
        "checkpoint and stop.")],
) -> int:
    """Ask a run that another program or machine works on to pause, resume, finish or stop."""
    ask(folder, wish.value)
    notes().print("Asked. The run takes it in after its current step.")
    return 0
