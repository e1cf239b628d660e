"""The bar that shows how far a download of weights is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from acq_engine.cli.console import notes


@contextmanager
def download_bar() -> Iterator[Callable[[int, int], None]]:
    """A function that takes bytes done and in all (0: not known). Nothing is seen unless it is called.

    The bar stands on standard error; where that is no terminal nothing is drawn.
    """
    console = notes()
    bar = Progress(TextColumn("Downloading weights"), BarColumn(), DownloadColumn(), TransferSpeedColumn(),
                   console=console, transient=True, disable=not console.is_terminal)
    task = bar.add_task("weights", total=None)

    def show(done: int, total: int) -> None:
        bar.start()
        bar.update(task, completed=done, total=total or None)

    try:
        yield show
    finally:
        bar.stop()
