"""A run that computes nothing, over the real run folder, which kills in every moment can be tried on.

    python -m tests.engine.store.killed_run FOLDER [FIRST STRIDE]

Kills a run in FOLDER/NUMBER at each moment (or every STRIDE-th from FIRST), takes it up until it ends, and prints one
line of JSON for each that does not end as a run that nobody stopped, and at the end how many there were.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch

from acq_engine.events import Checkpointed, Evaluated, Event, Finished, LogMessage, PhaseStarted
from acq_engine.export.writing import write_export
from acq_engine.models import save_teacher
from acq_engine.models.loaded import LoadedModel
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore, event_to_json
from acq_engine.store.serialization import event_arrays
from tests.engine.nets import TinyNet
from tests.engine.store.made_up import attention, samples, started, step
from tests.tools.fault_hook import Hook

STEPS, EVERY = 5, 2


def events(store: RunStore) -> Iterator[Event]:
    """What a run says, from its last checkpoint on."""
    saved = store.load_checkpoint()
    at, total = (0, torch.zeros(3)) if saved is None else (saved[1]["at"], saved[1]["total"])
    yield started(None if saved is None else at)
    yield PhaseStarted("warmup", STEPS)
    yield LogMessage("info", "The model has 4 classes.")
    while at < STEPS:
        at += 1
        total = total * 3 + at
        yield samples(at, count=2, size=4)
        yield attention(at, count=2)
        yield step(at, float(total.sum()))
        if at % EVERY == 0:
            yield Checkpointed(at, store.save_checkpoint(at, {"at": at, "total": total}))
    yield Evaluated("student", 4, "test", 50.0, per_class=np.ones(4, np.float32))
    store.save_student({"total": total})
    write_export(store.path / "model.onnx", total.numpy().tobytes())
    yield Finished("succeeded", 92.0, 91.0, 91.0, 99.9, {"onnx": "model.onnx"}, 1.0, True)


def go_on(folder: Path, loaded: LoadedModel) -> None:
    """Begin a run, or take it up from where it is."""
    begun = (folder / "events.jsonl").is_file()
    store = RunStore.open(folder, write=True) if begun else RunStore.create(
        folder, RunConfig.from_data({"schedule": {"keep_checkpoints": 1}}), overwrite=True)
    with store:
        if store.state == "succeeded":
            return
        if not begun:
            save_teacher(loaded, folder)
        for event in events(store):
            store.write(event)


def content(folder: Path) -> dict[str, Any]:
    """What has to be the same in the end."""
    store = RunStore.open(folder)
    said = []
    for event in store.events():
        if event.kind() not in ("run_started", "phase_started"):
            arrays = {name: array.tobytes().hex() for name, array in event_arrays(event).items()}
            said.append(event_to_json(event) + json.dumps(arrays))
    named = {line.get("arrays") for line in map(json.loads, (folder / "events.jsonl").read_text().splitlines())}
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {
        "events": said, "metrics": (folder / "metrics.csv").read_text(),
        "weights": [(folder / name).read_bytes().hex() for name in ("model.onnx", "student.safetensors")],
        "others": sorted(name for name, path in files.items()
                         if path.relative_to(folder).with_suffix(".npz").as_posix() not in named),
        "log": all(" info: " in line or " warning: " in line for line in (folder / "log.txt").read_text().splitlines()
                   if len(line) > 40),
    }


def killed(folder: Path, loaded: LoadedModel, moment: int) -> bool:
    """Whether a process that goes on with the run was killed at the moment; False when it came to its end before."""
    child = os.fork()
    if child == 0:
        try:
            Hook([folder], moment).install()
            go_on(folder, loaded)
        except BaseException as error:
            print(json.dumps([moment, f"{type(error).__name__}: {error}"]), flush=True)
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def main() -> None:
    """Kill at one moment after another; every third is killed once more while it goes on."""
    folder = Path(sys.argv[1])
    moment, stride = (int(text) for text in sys.argv[2:4]) if len(sys.argv) > 2 else (0, 1)
    kills = 0
    torch.manual_seed(0)
    loaded = LoadedModel(TinyNet().eval(), "tiny", "tiny", 4, (1, 16, 16), (0.5,), (0.5,))
    go_on(folder / "whole", loaded)
    whole = content(folder / "whole")
    while killed(folder / str(moment), loaded, moment):
        if moment % 3 == 0:
            killed(folder / str(moment), loaded, moment // 2)
        killed(folder / str(moment), loaded, 10**9)
        found = content(folder / str(moment))
        differ = [name for name in whole if found[name] != whole[name]]
        if differ:
            print(json.dumps([moment, {name: str(found[name])[:2000] for name in differ}]), flush=True)
        shutil.rmtree(folder / str(moment))
        moment, kills = moment + stride, kills + 1
    print(json.dumps({"kills": kills}))


if __name__ == "__main__":
    main()
