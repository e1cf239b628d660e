"""A made-up measurement of layers: what the dialog that chooses bits is given, without torch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from acq_app.dialogs.layer_costs import LayerCost
from acq_app.run.jobs import Emit, Job
from acq_engine.control import RunControl
from acq_engine.errors import TrainingError
from acq_engine.settings import RunConfig
from tests.tools.fake_run import FakeRun


@dataclass
class FakeMeasurement(Job):
    """Takes the place of MeasureLayersJob; `holds` makes it last until it is cancelled."""

    config: RunConfig
    run_dir: Path | None
    control: RunControl
    threads: int
    holds: bool = False

    def __post_init__(self) -> None:
        if self.holds:  # before there is a thread, so that a cancel that comes at once is not lost
            self.control.pause()

    def cancel(self) -> None:
        self.control.cancel()

    def run(self, emit: Emit) -> tuple[LayerCost, ...]:
        del emit
        self.control.wait_while_paused()
        if self.control.cancel_requested:
            raise TrainingError("The layers were not all measured.", cause="It was stopped.")
        rng = np.random.default_rng(0)
        layers = FakeRun(config=self.config).layers()
        own = self.config.quantization.layer_bits
        return tuple(
            LayerCost(layer.name, layer.kind, layer.weight_shape,
                      {bits: float(base * 4.0**-bits) for bits in range(2, 9)}, own.get(layer.name, layer.weight_bits),
                      layer.name in ("conv1", "fc"))
            for layer, base in zip(layers, 10 ** rng.uniform(-1, 1, len(layers)), strict=True)
        )
