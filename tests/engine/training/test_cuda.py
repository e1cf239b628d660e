"""What an NVIDIA card computes: the same steps with and without graphs, whole runs, and runs that change the device."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor

from acq_engine.control import RunControl
from acq_engine.events import Checkpointed, Evaluated, Finished, LogMessage, Verified
from acq_engine.generation.conditions import Conditions
from acq_engine.models import load_model
from acq_engine.pipeline.device import choose_device
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.pipeline.session import TrainingSession
from acq_engine.quantization import calibrate
from acq_engine.settings import ModelConfig, RunConfig
from acq_engine.store import RunStore

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no NVIDIA card here")


def short(*, graphs: bool, device: str = "cuda") -> RunConfig:
    return RunConfig.from_data({
        "schedule": {"warmup_steps": 12, "finetune_steps": 12, "generator_batch": 16, "student_batch": 8,
                     "calibration_samples": 32, "checkpoint_every": 4, "second_look": 0.1},
        "test_set": {"limit": 60}, "device": device, "cuda_graphs": graphs,
    })


def of_student(session: TrainingSession) -> list[Tensor]:
    assert session.student is not None
    return [one.detach() for one in session.student.weight_parameters()]


def trained(*, graphs: bool) -> tuple[list[Tensor], TrainingSession]:
    session = TrainingSession(short(graphs=graphs), load_model(ModelConfig()), choose_device("cuda"))
    calibrate(session.build_student(), session.batches.for_calibration(), session.config.quantization)
    for _ in range(12):
        session.generator_step()
        session.student_step()
    return [*(one.detach() for one in session.generator.parameters()), *of_student(session)], session


def test_the_same_seed_gives_the_same_weights() -> None:
    first, second = trained(graphs=False)[0], trained(graphs=False)[0]
    assert all(torch.equal(a, b) for a, b in zip(first, second, strict=True))


def test_graphs_give_what_plain_steps_give() -> None:
    plain, session = trained(graphs=False)[1], trained(graphs=True)[1]
    assert not session.step_runner.refusal
    for a, b in zip(of_student(plain), of_student(session), strict=True):
        assert (a - b).abs().max() <= 1e-3 * a.abs().max()
    # The generator's first steps magnify the last bits, so its passes are compared one by one.
    trainer, conditions = session.generator_trainer, session.batches.source("train").draw_pairs(16)
    inputs = (conditions.noise, conditions.labels, conditions.centres)
    for both_modes in (False, True):
        def passes(*given: Tensor, both_modes: bool = both_modes) -> dict[str, Tensor]:
            return trainer._passes(Conditions(*given), both_modes=both_modes)

        replay = session.step_runner.run(("generator", both_modes), passes, inputs, trainer._trained)
        once = passes(*inputs)
        assert replay.keys() == once.keys()
        for key, value in once.items():
            torch.testing.assert_close(replay[key], value, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("graphs", [False, True])
def test_a_run_ends_with_a_verified_export(tmp_path: Path, *, graphs: bool) -> None:
    events = list(QuantizationRun.create(short(graphs=graphs), tmp_path / "run").events())
    end = events[-1]
    assert isinstance(end, Finished), end
    assert (end.state, end.verified) == ("succeeded", True)
    verified = [event for event in events if isinstance(event, Verified)]
    assert verified[0].exact_rows == 100
    finals = {event.subject: event.top1 for event in events if isinstance(event, Evaluated) and event.final}
    assert finals["student"] == finals["exported"]
    assert not [e for e in events if isinstance(e, LogMessage) and "CUDA graphs" in e.text]


def test_a_run_begun_on_the_card_goes_on_without_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    control = RunControl()
    config = short(graphs=True, device="auto")
    for event in QuantizationRun.create(config, tmp_path / "run", control).events():
        if isinstance(event, Checkpointed) and event.step > 12:
            control.cancel()
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    end = list(QuantizationRun.resume(RunStore.open(tmp_path / "run")).events())[-1]
    assert isinstance(end, Finished), end
    assert end.verified
