"""What every command shares: where words go, how errors end the process."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any, ParamSpec, TextIO

import typer
from rich.console import Console
from rich.text import Text

from acq_engine.errors import AcqError, ChoiceNeededError, Question
from acq_engine.events import Event, Failed, LogMessage
from acq_engine.explained import explained
from acq_engine.settings.options import setting_options
from acq_engine.store.serialization import event_to_json, to_plain

INTERRUPTED = 130
PIPED_WIDTH = 240  # columns, where no terminal says how many there are: no table needs more, and none takes more
_DEBUG = "ACQ_DEBUG"

P = ParamSpec("P")


def human() -> Console:
    """Where results for people go: standard output. Lines and tables are not narrowed when it is no terminal."""
    is_terminal = sys.stdout.isatty()
    return Console(soft_wrap=not is_terminal, highlight=False, width=None if is_terminal else PIPED_WIDTH)


def say_message(event: Event) -> None:
    """Print an event if it is a message, for commands whose other events are shown in another way."""
    if isinstance(event, LogMessage):
        human().print(Text(event.text))


def notes() -> Console:
    """Where progress and errors go: standard error."""
    return Console(stderr=True, soft_wrap=not sys.stderr.isatty(), highlight=False)


def show_error(message: str, cause: str = "", hint: str = "") -> None:
    """An error in its three parts."""
    console = notes()
    console.print(Text("Error: ", style="bold red").append(Text(message, style="bold default")))
    if cause:
        console.print(Text(cause))
    if hint:
        console.print(Text("Hint: ", style="bold").append(Text(hint, style="default")))


def handled(command: Callable[P, int | None]) -> Callable[P, None]:
    """`command` with its errors shown as three plain sentences, and its result as the exit code."""

    @functools.wraps(command)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> None:
        as_json = bool(kwargs.get("json"))
        try:
            code = _asking(command, *args, **kwargs) or 0
        except AcqError as error:
            code = _report(_failed(error), as_json)
        except KeyboardInterrupt:
            code = _report(Failed("The command was interrupted.", exit_code=INTERRUPTED), as_json)
        except BrokenPipeError:  # whoever read our output has gone; there is nobody to tell
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 1
        except (typer.Exit, typer.Abort):
            raise
        except Exception as error:
            if os.environ.get(_DEBUG):
                raise
            known = explained(error)
            code = _report(Failed(
                "The command failed with an internal error.",
                cause=f"{type(error).__name__}: {error}",
                hint=f"Please report it. Set {_DEBUG}=1 in the environment to see the traceback.",
            ) if known is None else _failed(known), as_json)
        raise typer.Exit(code)

    return wrapper


def _asking(command: Callable[..., int | None], *args: Any, **kwargs: Any) -> int | None:
    """Run a command; where it is unsure, ask at a terminal and run it again with the answer as an option.

    So the answer is a setting like any other: run.json has it, and a rerun does not ask again.
    """
    while True:
        try:
            return command(*args, **kwargs)
        except ChoiceNeededError as error:
            option = next(one.parameter for one in setting_options() if f"{one.section}.{one.name}" == error.setting)
            # An option that is there and was not given is None.
            if kwargs.get(option, "") is not None or not error.choices or kwargs.get("json") or not at_terminal():
                raise
            kwargs[option] = ask(error.question)


def at_terminal() -> bool:
    """Somebody is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: Question) -> str:
    """Ask at the terminal; Enter takes the choice that is used without an answer, if there is one."""
    console = notes()
    values = [value for value, _ in question.choices]
    console.print(Text(question.said))
    for number, (value, speaks) in enumerate(question.choices, 1):
        console.print(Text(f"  {number}  {value}: {speaks}"))
    default = values.index(question.taken) + 1 if question.taken in values else None
    while True:
        typed = str(typer.prompt("Which one", err=True, default=default)).strip()
        if typed.isdigit() and 1 <= int(typed) <= len(values):
            return values[int(typed) - 1]
        console.print(Text(f"Type a number from 1 to {len(values)}."))


def _failed(error: AcqError) -> Failed:
    return Failed(error.message, error.cause, error.hint, exit_code=error.exit_code)


def _report(failure: Failed, as_json: bool) -> int:
    if as_json:
        print(event_to_json(failure), flush=True)
    show_error(failure.message, failure.cause, failure.hint)
    return failure.exit_code


class JsonLines:
    """One JSON object a line on standard output, and nothing else there while `exclusive` lasts."""

    def __init__(self) -> None:
        self._stream: TextIO = sys.stdout

    def event(self, event: Event) -> None:
        self._line(event_to_json(event))

    def value(self, value: Any) -> None:
        self._line(json.dumps(to_plain(value), allow_nan=False))

    def _line(self, text: str) -> None:
        self._stream.write(text + "\n")
        self._stream.flush()


@contextmanager
def exclusive(as_json: bool) -> Iterator[None]:
    """With JSON, send to standard error whatever a library prints: standard output is for programs then."""
    if not as_json:
        yield
        return
    with redirect_stdout(sys.stderr):
        yield
