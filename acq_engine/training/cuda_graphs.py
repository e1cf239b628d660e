"""A training step recorded once as a CUDA graph and replayed from then on (OURS).

A step of a small network is hundreds of short kernels, and starting them one by one takes longer than computing
them. A graph starts them all at once. What is recorded is a step's forward and backward passes; drawing random numbers
and the optimizer stay outside, so a replayed step is the same arithmetic on new numbers. That is not believed but
tried: the first replayed steps of each kind are also done plainly, and where both differ steps are not replayed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence

import torch
from torch import Tensor

from acq_engine.errors import first_line

Outputs = dict[str, Tensor]
Work = Callable[..., Outputs]
# Does the work and remembers it; gives what does it again, on the same memory.
Record = Callable[[Callable[[], None]], Callable[[], None]]

EAGER_STEPS = 3  # before recording: libraries choose and load their kernels in the first ones
PROVEN_STEPS = 2  # after it: done both ways, and compared
NOISE = 2.0  # times the difference of two plain steps, where these differ (sums in no fixed order)


class StepRunner:
    """Runs the passes of training steps as they are; `StepGraphs` replays them."""

    refusal = ""  # for the log: why steps are not replayed, though the settings want it

    def run(
        self, key: Hashable, work: Work, inputs: Sequence[Tensor], parameters: Sequence[Tensor],
        buffers: Sequence[Tensor] = (),
    ) -> Outputs:
        """Do the work.

        Args:
            key: Equal for equal work; what the work does may depend on this and on the inputs' shapes, nothing else.
            work: Takes the inputs, leaves gradients in the parameters' `.grad`, returns detached tensors.
            inputs: Tensors on the device.
            parameters: What gets gradients.
            buffers: What the work changes in place, such as running statistics.
        """
        return work(*inputs)

    def forget(self) -> None:
        """Give up what is remembered of steps, and its memory: batches have another size from now on."""


class GraphRunner(StepRunner):
    """Replays the passes of training steps once they have run a few times.

    A model that can't be recorded (one that decides in Python by what it computed, say) goes on without; `refusal`
    then says so.

    Args:
        record: How work is recorded.
    """

    def __init__(self, record: Record) -> None:
        self._record = record
        self._recorded: dict[Hashable, _Recorded] = {}
        self._seen: Counter[Hashable] = Counter()

    def forget(self) -> None:
        self._recorded, self._seen = {}, Counter()

    def run(
        self, key: Hashable, work: Work, inputs: Sequence[Tensor], parameters: Sequence[Tensor],
        buffers: Sequence[Tensor] = (),
    ) -> Outputs:
        if self.refusal:
            return work(*inputs)
        whole = (key, *((tuple(one.shape), one.dtype) for one in inputs))
        if whole not in self._recorded:
            self._seen[whole] += 1
            if self._seen[whole] <= EAGER_STEPS:
                return work(*inputs)
            try:
                self._recorded[whole] = _Recorded(self._record, work, inputs, parameters)
            except RuntimeError as error:
                self.refusal = (
                    f"CUDA graphs are disabled: the model's steps can't be captured ({first_line(error)})."
                )
                self.forget()  # and their memory
                return work(*inputs)
        recorded = self._recorded[whole]
        if recorded.proven >= PROVEN_STEPS:
            return recorded.replay(inputs)
        outputs, difference = recorded.compare(work, inputs, parameters, buffers)
        if difference:
            self.refusal = f"CUDA graphs are disabled: a replayed step differs from a plain one ({difference})."
            self.forget()
        return outputs


class _Recorded:
    """Work on memory of its own: what goes in is copied there, what comes out is copied from there."""

    def __init__(self, record: Record, work: Work, inputs: Sequence[Tensor], parameters: Sequence[Tensor]) -> None:
        self._inputs = [one.clone() for one in inputs]
        self._outputs: Outputs = {}

        def again() -> None:
            self._outputs.update(work(*self._inputs))

        # Gradients that are there would be added to; new ones belong to the recording.
        for parameter in parameters:
            parameter.grad = None
        self._again = record(again)
        self._gradients = [(parameter, parameter.grad) for parameter in parameters]
        self.proven = 0  # steps that were compared, and equal

    def replay(self, inputs: Sequence[Tensor]) -> Outputs:
        torch._foreach_copy_(self._inputs, list(inputs))
        self._again()
        for parameter, gradient in self._gradients:
            parameter.grad = gradient
        return {key: value.clone() for key, value in self._outputs.items()}

    def compare(
        self, work: Work, inputs: Sequence[Tensor], parameters: Sequence[Tensor], buffers: Sequence[Tensor]
    ) -> tuple[Outputs, str]:
        """Do the step plainly and replayed; the plain one counts.

        Returns:
            Its outputs, its gradients being in place, and what differs, or "".
        """
        before = [buffer.clone() for buffer in buffers]

        def back() -> None:
            with torch.no_grad():
                for buffer, value in zip(buffers, before, strict=True):
                    buffer.copy_(value)

        replayed = _seen(self.replay(inputs), parameters, buffers)
        back()
        outputs, first = self._plainly(work, inputs, parameters, buffers)
        difference = _difference(first, replayed, {})
        if difference:  # two plain steps may differ, too
            back()
            outputs, second = self._plainly(work, inputs, parameters, buffers)
            difference = _difference(first, replayed, _distances(first, second))
        if not difference:
            self.proven += 1
        return {key: value.clone() for key, value in outputs.items()}, difference

    @staticmethod
    def _plainly(
        work: Work, inputs: Sequence[Tensor], parameters: Sequence[Tensor], buffers: Sequence[Tensor]
    ) -> tuple[Outputs, Outputs]:
        for parameter in parameters:
            parameter.grad = None  # the recording's own must not be added to
        outputs = work(*inputs)
        return outputs, _seen(outputs, parameters, buffers)


def _seen(outputs: Outputs, parameters: Sequence[Tensor], buffers: Sequence[Tensor]) -> Outputs:
    """Everything that a step leaves behind, as it is now."""
    seen = {str(key): value.clone() for key, value in outputs.items()}
    seen |= {f"buffer {number}": buffer.clone() for number, buffer in enumerate(buffers)}
    return seen | {f"gradient {number}": parameter.grad.clone() for number, parameter in enumerate(parameters)
                   if parameter.grad is not None}


def _distances(first: Outputs, second: Outputs) -> dict[str, float]:
    """The largest difference in each tensor; of tensors that only one of both has none."""
    return {key: float((value.double() - second[key].double()).abs().max().item())
            for key, value in first.items() if key in second and value.numel()}


def _difference(plain: Outputs, replayed: Outputs, noise: dict[str, float]) -> str:
    """What differs by more than two plain steps do, or ""; values that are no numbers in both are equal."""
    if plain.keys() != replayed.keys():
        return "other gradients"
    for key, value in plain.items():
        other = replayed[key]
        if torch.equal(value.nan_to_num(), other.nan_to_num()) and torch.equal(value.isnan(), other.isnan()):
            continue
        allowed = NOISE * noise.get(key, 0.0)
        found = _distances({key: value}, {key: other}).get(key, 0.0)
        if not found <= allowed:
            return f"{key}: by {found:.2g}"
    return ""


def record_on_cuda(work: Callable[[], None]) -> Callable[[], None]:
    """Record work as a CUDA graph; the work itself is not done yet.

    Raises:
        RuntimeError: it can't be recorded.
    """
    graph = torch.cuda.CUDAGraph()
    try:
        # Other threads (a window that measures the card) may go on as they like.
        with torch.cuda.graph(graph, capture_error_mode="thread_local"):
            work()
    except RuntimeError:
        torch.cuda.synchronize()
        raise
    return graph.replay


def step_runner_for(device: torch.device, wanted: bool) -> StepRunner:
    """How training steps run: replayed where that is wanted and the device can."""
    if not wanted:
        return StepRunner()
    if device.type != "cuda":
        return StepRunner()
    return GraphRunner(record_on_cuda)
