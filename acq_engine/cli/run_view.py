"""A run on a terminal: one bar for the whole run, and a table at its end."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, TaskProgressColumn, TextColumn
from rich.table import Table
from rich.text import Text

from acq_engine.cli.console import human, notes, show_error
from acq_engine.control import RunControl
from acq_engine.events import (
    Evaluated,
    Event,
    Failed,
    Finished,
    LogMessage,
    Paused,
    PhasePlan,
    PhaseStarted,
    Planned,
    RunPlan,
    RunStarted,
    StepMetrics,
    Verified,
)
from acq_engine.settings import RunConfig
from acq_engine.store.plans import PLAN_COLUMNS, phase_titles, plan_rows, summary

_SUBJECTS = {"float": "float model", "student": "quantized model", "exported": "exported model"}
_QUIET_SECONDS = 15.0  # between two lines where there is no terminal to draw a bar on


class WholeProgress:
    """How much of a run is done, 0..1, never going backwards."""

    def __init__(self) -> None:
        self._weights: dict[str, float] = {}
        self._done: set[str] = set()
        self._fraction = 0.0

    def plan(self, plan: tuple[PhasePlan, ...]) -> None:
        """Take in the phases; one of unknown length counts as a fiftieth of the whole."""
        steps = sum(item.steps for item in plan)
        self._weights = {item.phase: float(item.steps or max(1.0, steps / 50)) for item in plan}

    def phase(self, phase: str) -> float:
        """A phase began, so those before it are done."""
        for name in self._weights:
            if name == phase:
                break
            self._done.add(name)
        return self._advance(phase, 0.0)

    def step(self, phase: str, step: int, steps: int) -> float:
        """`step` of `steps` of a phase are done."""
        return self._advance(phase, step / steps if steps else 0.0)

    def _advance(self, phase: str, part: float) -> float:
        total = sum(self._weights.values())
        if total:
            done = sum(weight for name, weight in self._weights.items() if name in self._done)
            self._fraction = max(self._fraction, min(1.0, (done + self._weights.get(phase, 0.0) * part) / total))
        return self._fraction


class _TaskColumn(ProgressColumn):
    """How far work without steps is, each time the bar is drawn."""

    def __init__(self, control: RunControl | None) -> None:
        super().__init__()
        self._control = control

    def render(self, task: object) -> Text:
        sub = None if self._control is None else self._control.sub_progress
        return Text("" if sub is None else sub.text())


class RunView:
    """Shows the events of one run to a person.

    Args:
        config: The run's settings.
        control: Says how far work without steps is; None: nobody does.
    """

    def __init__(self, config: RunConfig, control: RunControl | None = None) -> None:
        self._config = config
        self._console = notes()
        self._whole = WholeProgress()
        self._last_line = 0.0
        self._verified: Verified | None = None
        self._measured: dict[str, Evaluated] = {}
        self._run_dir = ""
        self._titles = phase_titles(None)
        self._progress = Progress(
            TextColumn("{task.description:<18}"), BarColumn(None), TaskProgressColumn(),
            _TaskColumn(control), TextColumn("{task.fields[left]}"), console=self._console, transient=True,
        )
        self._task = self._progress.add_task("preparing", total=1.0, left="")

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def show(self, event: Event) -> None:
        """Take in the next event."""
        match event:
            case RunStarted():
                self._run_dir = event.run_dir
                self._whole.plan(event.plan)
                again = f", from step {event.resumed_from_step}" if event.resumed_from_step else ""
                self._say(f"{event.model.name} ({event.model.arch}) on {event.device}, seed {event.seed}{again}")
            case Planned():
                self._titles = phase_titles(event.plan)
                self._show_plan(event.plan)
            case PhaseStarted():
                self._draw(event.phase, self._whole.phase(event.phase), None)
                if not self._console.is_terminal:
                    self._say(f"{self._titles[event.phase]} ...")
            case StepMetrics():
                self._draw(event.phase, self._whole.step(event.phase, event.step, event.steps), event.eta_seconds)
                self._line_now_and_then(event)
            case Evaluated() if event.final:
                self._measured[event.subject] = event
                if event.top1 is not None:
                    self._say(f"{_SUBJECTS[event.subject]}: {event.top1:.2f} % of {event.images:,} test images")
            case LogMessage() if event.level in ("warning", "error"):
                self._say(f"{event.level}: {event.text}")
            case Verified():
                self._verified = event
            case Paused():
                self._say("paused")
            case Finished():
                self._progress.stop()
                self._finish(event)
            case Failed():
                self._progress.stop()
                show_error(event.message, event.cause, event.hint)

    def _show_plan(self, plan: RunPlan) -> None:
        table = Table(title=summary(plan), title_justify="left")
        for column in PLAN_COLUMNS:
            table.add_column(column, justify="left" if column == "phase" else "right")
        for row in plan_rows(plan):
            table.add_row(*row)
        self._console.print(table)
        for note in plan.notes:
            self._say(note)

    def _draw(self, phase: str, fraction: float, left: float | None) -> None:
        words = "" if left is None else f"{duration(left)} left"
        self._progress.update(self._task, description=self._titles[phase], completed=fraction, left=words)

    def _line_now_and_then(self, event: StepMetrics) -> None:
        if self._console.is_terminal or time.monotonic() - self._last_line < _QUIET_SECONDS:
            return
        self._last_line = time.monotonic()
        left = "" if event.eta_seconds is None else f", {duration(event.eta_seconds)} left"
        self._say(f"{self._titles[event.phase]}: step {event.step} of {event.steps}{left}")

    def _say(self, text: str) -> None:
        self._console.print(Text(text))

    def _finish(self, event: Finished) -> None:
        if event.state == "stopped":
            self._say(f"Stopped. To resume: acq resume {self._run_dir}")
            return
        print_results(human(), self._config, event, self._measured, self._verified, self._run_dir)


def print_results(
    console: Console, config: RunConfig, finished: Finished, measured: dict[str, Evaluated],
    verified: Verified | None, run_dir: str,
) -> None:
    """The table at the end of a run. Nothing that was not measured is shown."""
    bits = config.quantization
    title = f"W{bits.weight_text()}A{bits.activation_text()}, {bits.scheme()} scheme"
    table = Table(title=title, title_justify="left")
    for column in ("", "float", "quantized", "exported"):
        table.add_column(column, justify="right" if column else "left")
    table.add_row("top-1, %", *(_number(value) for value in (
        finished.float_top1, finished.student_top1, finished.exported_top1)))
    student = measured.get("student")
    table.add_row("agreement, %", "", _number(None if student is None else student.agreement), "")
    table.add_row("agreement with quantized, %", "", "", _number(finished.agreement))
    table.add_row("size, kB", _kilobytes(finished.float_bytes), "", _kilobytes(finished.exported_bytes))
    if verified is not None and verified.latency_ms is not None:
        table.add_row("latency, ms", _number(verified.float_latency_ms), "", _number(verified.latency_ms))
    console.print(table)
    if verified is not None:
        console.print(Text(verification_text(verified)))
    if finished.pictures:
        console.print(Text(f"quantized with {finished.pictures} own images next to the synthetic samples"))
    for name, path in finished.artifacts.items():
        if path != run_dir:
            console.print(Text(f"{name}: {path}"))
    if finished.peak_bytes is not None:
        of = "GPU memory" if finished.peak_of == "device" else "memory"
        console.print(Text(f"peak {of}: {finished.peak_bytes / 1e9:.1f} GB"))
    planned = "" if finished.planned_seconds is None else f"; planned: {duration(finished.planned_seconds)}"
    console.print(Text(f"run folder: {run_dir} ({duration(finished.seconds)}{planned})"))


def verification_text(result: Verified) -> str:
    """What the check of an exported file found, in words."""
    words = ("passed" if result.passed else "failed") + (f": {result.detail}" if result.detail else "")
    where = result.runtime or "ONNX Runtime"
    in_integers = not where.startswith("torch")  # these formats run in torch, in float
    reference = "the integer reference" if in_integers else "the quantized model"
    convolutions = ""
    if in_integers:
        convolutions = f"; {result.integer_convolutions} integer and {result.float_convolutions} float convolutions"
        if sum(result.products) > 1:  # the head of a convolutional network is no news
            convolutions += "; {} integer and {} float matrix products".format(*result.products)
    return (
        f"Verification in {where} on {result.images:,} {result.on} images {words}\n{result.exact_rows:.2f} % of "
        f"outputs equal {reference}; {result.agreement:.2f} % top-1 agreement with the quantized model{convolutions}"
    )


def verification_figures(result: Verified) -> str:
    """Accuracy, size, latency and operators of a checked file, a line each; what was not measured is left out."""
    lines = []
    if result.top1 is not None:
        lines.append(f"accuracy: {result.top1:.2f} % of {result.top1_images:,} test images")
    if result.bytes is not None:
        plain = result.float_file_bytes
        beside = "" if plain is None else f", the float ONNX file {plain / 1000:,.1f} kB"
        lines.append(f"size: {result.bytes / 1000:,.1f} kB{beside}")
    for count, quantized, slow, onnx in (
        (1, result.latency_ms, result.float_latency_ms, result.onnx_latency_ms),
        (16, result.latency_16_ms, result.float_latency_16_ms, result.onnx_latency_16_ms),
    ):
        if quantized is not None:
            of_file, of_float, of_onnx = (_range(result, name, count) for name in ("", "float_", "onnx_"))
            beside = "" if slow is None else f", float {slow:.2f} ms{of_float} ({slow / quantized:.2f} times as fast)"
            if onnx is not None:
                beside += f", its ONNX file {onnx:.2f} ms{of_onnx} ({onnx / quantized:.2f} times as fast)"
            threads = f"{result.threads} thread{'s' if result.threads != 1 else ''}"
            lines.append(f"latency, batch {count}: {quantized:.2f} ms{of_file}{beside}, {threads}")
    if result.operators:
        lines.append("operators: " + ", ".join(f"{count} {name}" for name, count in result.operators.items()))
    for name, agreement in result.approximate.items():
        lines.append(f"{name}, approximate: {agreement:.2f} % top-1 agreement with the quantized model")
    return "\n".join(lines)


def _range(result: Verified, name: str, batch: int) -> str:
    """The 10th to 90th percentile beside a median, where it is known."""
    ends = result.latency_ranges.get(f"{name}latency_{'' if batch == 1 else '16_'}ms")
    return "" if ends is None else f" [{ends[0]:.2f} to {ends[1]:.2f}]"


def duration(seconds: float) -> str:
    """Seconds as "4:05" or "1:02:03"."""
    minutes, rest = divmod(round(max(0.0, seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _kilobytes(value: int | None) -> str:
    return "" if value is None else f"{value / 1000:,.1f}"
