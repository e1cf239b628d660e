"""A training step recorded once as a CUDA graph and replayed from then on (OURS).

A step of a small network is hundreds of short kernels, and starting them one by one takes longer than computing
them. A graph starts them all at once. What is recorded is a step's forward and backward passes; drawing random numbers
and the optimizer stay outside, so a replayed step is the same arithmetic on new numbers.
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


class StepRunner:
    """Runs the passes of training steps as they are; `StepGraphs` replays them."""

    refusal = ""  # for the log: why steps are not replayed, though the settings want it

    def run(self, key: Hashable, work: Work, inputs: Sequence[Tensor], parameters: Sequence[Tensor]) -> Outputs:
        """Do the work.

        Args:
            key: Equal for equal work; what the work does may depend on this and on the inputs' shapes, nothing else.
            work: Takes the inputs, leaves gradients in the parameters' `.grad`, returns detached tensors.
            inputs: Tensors on the device.
            parameters: What gets gradients.
        """
        return work(*inputs)


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

    def run(self, key: Hashable, work: Work, inputs: Sequence[Tensor], parameters: Sequence[Tensor]) -> Outputs:
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
                self._recorded = {}  # and their memory
                return work(*inputs)
        return self._recorded[whole].replay(inputs)


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

    def replay(self, inputs: Sequence[Tensor]) -> Outputs:
        torch._foreach_copy_(self._inputs, list(inputs))
        self._again()
        for parameter, gradient in self._gradients:
            parameter.grad = gradient
        return {key: value.clone() for key, value in self._outputs.items()}


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
        steps = StepRunner()
        steps.refusal = f"CUDA graphs are disabled: the device is {device.type}."
        return steps
    return GraphRunner(record_on_cuda)
