"""A sweep of two on two workers, one of which is killed in the middle, gives what a plain one gives, bit for bit.

An export is a function of the student (tests/engine/export), and takes longer than all the rest of these runs: a file
with the student's state stands in for it, here and on the workers.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest
from safetensors.torch import load_file

from acq_engine.cluster.address import Address
from acq_engine.events import Checkpointed, Evaluated, RunStarted, StepMetrics
from acq_engine.store import RunStore
from acq_engine.sweep.folder import SweepFolder
from tests.engine.cli.made_up import acq
from tests.engine.cluster.small import settings_file
from tests.tools.no_export import stand_in

pytest.importorskip("distributed", reason="the optional package for clusters is not here")

import dask

VARIED = ("--vary", "seed=0,1")


def kill_one_at_its_checkpoint(address: str, sweep: Path, killed: list[str]) -> None:
    """SIGKILL for the worker of the first run that has come home with two checkpoints."""
    from distributed import Client

    from acq_engine.cluster.connection import Connection

    with Client(address, set_as_default=False) as client, Connection(Address.parse(address)) as connection:
        pids, end = client.run(os.getpid), time.monotonic() + 300
        while time.monotonic() < end and not killed:
            at_work = {run["name"]: run["worker"] for run in connection.call("runs") if run["state"] == "running"}
            for folder in sorted(sweep.glob("0*")):
                if (folder / "run.json").is_file() and folder.name in at_work and not killed:
                    said = RunStore.open(folder).tail_events()[0]
                    if sum(isinstance(event, Checkpointed) for event in said) >= 2:
                        killed += [at_work[folder.name], folder.name]
                        os.kill(pids[killed[0]], signal.SIGKILL)
            time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
def test_runs_of_a_killed_worker_equal_those_of_a_plain_sweep(tmp_path: Path) -> None:
    from acq_engine.cluster.local import local_cluster

    settings = settings_file(tmp_path, warmup_steps=8, finetune_steps=2, sample_every=100)
    plain, far = tmp_path / "plain", tmp_path / "far"
    with stand_in():
        assert acq("sweep", "--config", settings, *VARIED, "--out", plain).exit_code == 0
    killed: list[str] = []
    with (dask.config.set({"distributed.worker.preload": ["tests.tools.no_export"]}),
          local_cluster(2, threads=1) as cluster):
        killer = threading.Thread(target=kill_one_at_its_checkpoint, args=(cluster.scheduler_address, far, killed))
        killer.start()
        result = acq("sweep", "--config", settings, *VARIED, "--out", far, "--cluster", cluster.scheduler_address)
        killer.join()
    assert result.exit_code == 0, result.output + result.stderr
    assert killed and f"The worker {killed[0]} ended." in result.stderr
    for run in SweepFolder.open(plain).plan.runs:
        one, two = (RunStore.open(folder / run.name) for folder in (plain, far))
        assert two.state == "succeeded" and not (two.path / "cluster.json").exists()
        assert (one.path / "model.onnx").read_bytes() == (two.path / "model.onnx").read_bytes()
        first, second = (load_file(store.path / "student.safetensors") for store in (one, two))
        assert first.keys() == second.keys() and all(bool((first[name] == second[name]).all()) for name in first)
        curves = [[(event.global_step, {key: value for key, value in event.values.items() if "second" not in key})
                   for event in store.events() if isinstance(event, StepMetrics)] for store in (one, two)]
        assert curves[0] == curves[1]
        assert two.config.model.path == one.config.model.path, "its settings name the file at home"
        measured = [{event.subject: event.top1 for event in store.events() if isinstance(event, Evaluated)}
                    for store in (one, two)]  # whoever takes a run up measures the float model again
        assert measured[0] == measured[1]
    starts = [event for event in RunStore.open(far / killed[1]).tail_events()[0] if isinstance(event, RunStarted)]
    assert len(starts) == 2 and starts[1].resumed_from_step, "it was taken up from its checkpoint"
