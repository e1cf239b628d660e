"""A run that starts from another one's generator."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from acq_engine.errors import ConfigError, StorageError
from acq_engine.events import Event, Failed, StepMetrics
from acq_engine.models import load_model
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.pipeline.warm_start import warm_start_state
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore
from tests.tools.no_export import stand_in


def settings(**schedule: float) -> RunConfig:
    config = RunConfig()
    values = {"preset": "custom", "warmup_steps": 3, "finetune_steps": 2, "generator_batch": 8, "student_batch": 8,
              "calibration_samples": 16, "checkpoint_every": 1, "report_every": 1, "canvas_share": 0.0, **schedule}
    for name, value in values.items():
        setattr(config.schedule, name, value)
    config.test_set.use_sample = False
    config.model.input_size, config.generator.width, config.generator.noise_dim, config.threads = 12, 8, 8, 1
    config.quantization.rounding = "nearest"  # faster; nothing here depends on it
    return config


@pytest.fixture(scope="module", autouse=True)
def nothing_is_exported() -> Iterator[None]:
    """These runs are about how they begin."""
    with stand_in():
        yield


def run(config: RunConfig, folder: Path) -> list[Event]:
    events = list(QuantizationRun.create(config, folder).events())
    assert not isinstance(events[-1], Failed), events[-1]
    return events


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "earlier"
    run(settings(), folder)
    return folder


def generator(folder: Path) -> dict[str, torch.Tensor]:
    with RunStore.open(folder) as store:
        saved = store.load_checkpoint()
    assert saved is not None
    found: dict[str, torch.Tensor] = saved[1]["bench"]["generator"]["generator"]
    return found


def test_the_generator_is_not_learned_again_and_the_student_is_the_same(earlier: Path, tmp_path: Path) -> None:
    config = settings()
    config.generator.start = earlier
    later = tmp_path / "later"
    events = run(config, later)
    assert {event.phase for event in events if isinstance(event, StepMetrics)} == {"finetune"}
    mine, theirs = generator(later), generator(earlier)
    assert all(torch.equal(mine[name], theirs[name]) for name in theirs if name.endswith(("weight", "bias")))
    # Other random streams than the generator's are not touched by learning it, so nothing else changes either.
    assert (later / "student.safetensors").read_bytes() == (earlier / "student.safetensors").read_bytes()


def test_it_goes_on_without_the_earlier_run_once_it_has_begun(earlier: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(earlier, copy)
    config = settings(finetune_steps=3)
    config.generator.start = copy
    started = QuantizationRun.create(config, tmp_path / "later")
    for event in started.events():
        if isinstance(event, StepMetrics):
            started.course.control.cancel()
    shutil.rmtree(copy)
    with RunStore.open(tmp_path / "later") as store:
        ended = list(QuantizationRun.resume(store).events())[-1]
    assert not isinstance(ended, Failed)


def test_other_settings_of_the_generator_are_refused_by_name(earlier: Path, tmp_path: Path) -> None:
    config = settings()
    config.generator.start, config.generator.width = earlier, 32
    with pytest.raises(ConfigError) as refused:
        QuantizationRun.create(config, tmp_path / "later")
    assert "width" in refused.value.cause
    assert not (tmp_path / "later").exists()


def test_input_that_is_prepared_in_another_way_is_refused(earlier: Path, tmp_path: Path) -> None:
    config = settings()
    config.generator.start = earlier
    config.model.mean, config.model.std = (0.1,) * 1, (0.2,) * 1
    with pytest.raises(ConfigError, match="another preprocessing"):
        QuantizationRun.create(config, tmp_path / "later")
    assert not (tmp_path / "later").exists()


def test_canvases_are_taken_over_where_they_would_be_the_same(tmp_path: Path) -> None:
    with_canvases = settings(canvas_share=0.5, canvas_limit=10.0)
    run(with_canvases, tmp_path / "earlier")
    loaded = load_model(with_canvases.model)
    for changed, taken in (({}, True), ({"canvas_share": 0.0}, False), ({"canvas_limit": 9.0}, False)):
        config = settings(**{"canvas_share": 0.5, "canvas_limit": 10.0, **changed})
        config.generator.start = tmp_path / "earlier"
        found = warm_start_state(config, loaded)
        assert found is not None
        assert (found["canvases"] is not None) == taken


def test_a_folder_without_a_run_and_a_generator_that_is_not_ready_are_refused(earlier: Path, tmp_path: Path) -> None:
    config = settings()
    config.generator.start = tmp_path
    with pytest.raises(StorageError):
        QuantizationRun.create(config, tmp_path / "later")
    early = tmp_path / "early"
    shutil.copytree(earlier, early)
    for file in (early / "checkpoints").iterdir():
        file.unlink()
    config.generator.start = early
    with pytest.raises(ConfigError, match="fully trained"):
        QuantizationRun.create(config, tmp_path / "later")
