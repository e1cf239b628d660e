"""A run that is steered through its folder, as from another machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from acq_engine.cli.app import app
from acq_engine.control import RunControl
from acq_engine.errors import StorageError
from acq_engine.events import Finished, Paused, Resumed, StepMetrics
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore, requests
from acq_engine.store.requests import FILE, RequestFile, ask


@pytest.fixture(autouse=True)
def _look_at_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "LOOK_SECONDS", 0.001)


def test_a_run_is_paused_resumed_and_cancelled_through_its_folder(tmp_path: Path) -> None:
    schedule = {"warmup_steps": 50, "generator_batch": 4, "report_every": 1, "sample_every": 100, "canvas_share": 0}
    config = RunConfig.from_data({"schedule": schedule, "test_set": {"limit": 20}, "device": "cpu"})
    folder = tmp_path / "run"
    said: list[type] = []
    for event in QuantizationRun.create(config, folder).events():
        match event:
            case StepMetrics() if not said:
                ask(folder, "pause")
            case Paused():
                assert RunStore.open(folder).state == "paused"
                done = CliRunner().invoke(app, ["ask", str(folder), "resume"])
                assert done.exit_code == 0, done.output
            case Resumed():
                ask(folder, "cancel")
        if isinstance(event, Paused | Resumed | Finished | StepMetrics):
            said.append(type(event))
    assert [kind for kind in said if kind is not StepMetrics] == [Paused, Resumed, Finished]
    assert RunStore.open(folder).state == "stopped" and RunStore.open(folder).has_checkpoint
    assert not (folder / FILE).exists()
    with pytest.raises(StorageError, match="Nobody is working on this run"):
        ask(folder, "finish")


def test_finishing_is_asked_for_once_and_what_is_no_request_is_none(tmp_path: Path) -> None:
    control = RunControl()
    file = RequestFile(tmp_path, control)
    for content in (b"", b"[]", b'{"request": "explode"}', b'{"request": "cancel"' + b" " * 2000 + b"}", b"\xff"):
        (tmp_path / FILE).write_bytes(content)
        file._next = 0.0
        file.look()
        assert not (tmp_path / FILE).exists()
        assert not (control.pause_requested or control.finish_requested or control.cancel_requested)
    (tmp_path / FILE).write_text('{"request": "finish"}')
    file._next = 0.0
    file.look()
    assert control.finish_requested and not (tmp_path / FILE).exists()


def test_a_request_to_an_earlier_process_is_not_taken_in_by_a_later_one(tmp_path: Path) -> None:
    control = RunControl()
    (tmp_path / FILE).write_text('{"request": "cancel"}')
    file = RequestFile(tmp_path, control)
    file.forget()
    file.look()
    assert not control.cancel_requested
