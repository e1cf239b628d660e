"""The report of a run: complete, offline, and safe to open whatever the run folder holds."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from acq_engine.errors import StorageError
from acq_engine.events import (
    AttentionReady,
    Evaluated,
    Exported,
    Failed,
    Finished,
    LayerInfo,
    LayerReport,
    LogMessage,
    ModelSummary,
    PhasePlan,
    PhaseStarted,
    PredictionsCompared,
    RunStarted,
    SamplesReady,
    StepMetrics,
    Verified,
)
from acq_engine.report import build_report, write_report
from acq_engine.report.charts import line_chart
from acq_engine.report.run_data import MAX_SNAPSHOTS, gather
from acq_engine.settings import ModelConfig, RunConfig
from acq_engine.settings.command_line import build_config, command_for
from acq_engine.settings.options import setting_options
from acq_engine.settings.presets import with_method, with_preset
from acq_engine.store import RunStore

MODEL = ModelSummary("fashion", "fashion_resnet", 77_754, 9, 3, (1, 32, 32), 313_704, ("Shirt", "<b>Bag</b>", "Boot"))


def samples(step: int) -> SamplesReady:
    random = np.random.default_rng(step)
    centres = random.uniform(-1, 1, (2, 6, 2)).astype(np.float32)
    return SamplesReady(step, random.integers(0, 256, (6, 32, 32, 3), dtype=np.uint8), np.arange(6) % 3, centres[0],
                        centres[1], np.arange(6) % 3, np.ones(6, np.float32))


def fill(store: RunStore) -> None:
    random = np.random.default_rng(0)
    store.write(RunStarted(str(store.path), MODEL, (PhasePlan("warmup", 400), PhasePlan("finetune", 0)), "cpu", 0))
    store.write(PhaseStarted("warmup", 400))
    for step in range(1, 401):
        values = {"generator/total": 10 / step, "generator/bn": float("nan"), "generator/class": 0.0,
                  "health/class": min(100.0, step)}
        store.write(StepMetrics("warmup", step, 400, step, values, step / 10))
        if step % 20 == 0:
            store.write(samples(step))
    maps = random.random((2, 6, 8, 8), dtype=np.float32)
    store.write(AttentionReady(400, "layer3", maps[0], maps[1], np.linspace(0.5, 1, 6, dtype=np.float32)))
    store.write(LogMessage("warning", "Samples of one class look alike."))
    layer = LayerInfo("layer1.0.conv1", "conv2d", (16, 16, 3, 3), 4, 4, -0.5, 0.5, weight_error=0.01)
    store.write(LayerReport((layer,)))
    per_class = np.array([90, 80, np.nan], np.float32)
    store.write(Evaluated("float", 2000, "test", 92.75, 99.0, per_class=per_class))
    store.write(Evaluated("student", 2000, "test", 91.5, 99.0, 97.25, per_class=per_class - 1))
    store.write(Exported("onnx", "model.onnx", 50_000, 313_704))
    store.write(Verified("model.onnx", True, 2000, "test", 100.0, 99.9, 10, 0, 0.5, 0.8, "onnxruntime 1.27"))
    store.write(Finished("succeeded", 92.75, 91.5, 91.5, 99.9, {"onnx": "model.onnx"}, 40.0, True, 313_704, 50_000))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with RunStore.create(tmp_path_factory.mktemp("runs") / "run", RunConfig(), model=MODEL) as store:
        fill(store)
    return store.path


class Page(HTMLParser):
    """Takes a page apart, and notes tags that are opened and never closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_report_shows_everything_that_was_measured(run: Path) -> None:
    text = build_report(run)
    page = Page(text)
    assert page.open == []
    for words in ("92.75 %", "91.50 %", "50.0 kB", "verified", "layer1.0.conv1", "onnxruntime 1.27", "97.25",
                  "Step 400", "Samples of one class look alike.", "acq quantize --sample fashion",
                  "eval", "difference", "Seed 0"):
        assert words in text, words
    assert text.count("<figure>") > 5
    for drawing in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
        ElementTree.fromstring(drawing)


def test_the_report_needs_no_network_and_runs_no_script(run: Path) -> None:
    text = build_report(run)
    page = Page(text)
    assert "script" not in page.tags
    assert not {"link", "iframe", "object"} & set(page.tags)
    sources = [value for name, value in page.attributes if name in ("src", "href", "xlink:href")]
    assert sources
    assert all(value.startswith("data:image/png;base64,") for value in sources)
    assert "http" not in text.replace("http-equiv", "")
    assert "<b>Bag</b>" not in text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


def test_the_report_is_written_into_the_run(run: Path, tmp_path: Path) -> None:
    assert write_report(run) == run / "report.html"
    assert write_report(run, tmp_path / "copy.html").read_text(encoding="utf-8") == build_report(run)
    with pytest.raises(StorageError, match="can't be written"):
        write_report(run, tmp_path / "nowhere/report.html")
    with pytest.raises(StorageError, match="no run"):
        write_report(tmp_path)


def test_a_run_that_has_just_begun_and_one_that_failed_have_a_report(tmp_path: Path) -> None:
    with RunStore.create(tmp_path / "run", RunConfig()) as store:
        assert Page(build_report(store.path)).open == []
        store.write(Failed("The loss is not a number.", "Step 3."))
        assert "The loss is not a number." in build_report(store.path)


def compared(on: str, plain: list[int], other: list[int]) -> PredictionsCompared:
    count, kept = len(plain), np.arange(min(2, len(plain)))
    return PredictionsCompared(
        "procedural" if on == "procedural" else "synthetic", np.array(plain, np.int64), np.array(other, np.int64),
        np.full(count, 0.75, np.float32), np.full(count, 0.5, np.float32), np.full(count, 0.125, np.float32), kept,
        np.zeros((len(kept), 8, 8, 3), np.uint8))


def test_a_run_without_test_images_reports_predictions_and_calls_none_accuracy(run: Path, tmp_path: Path) -> None:
    with RunStore.create(tmp_path / "run", RunConfig(), model=MODEL) as store:
        store.write(Evaluated("student", 4, "synthetic", agreement=75.0))
        store.write(compared("synthetic", [0, 0, 1, 2], [1, 0, 1, 2]))
        store.write(compared("procedural", [2, 2], [2, 2]))
    text = build_report(store.path)
    assert Page(text).open == []
    assert "<h2>Accuracy" not in text and "top-1, %" not in text and "<h2>Agreement with the float model" in text
    part = re.search(r"<section><h2>Predictions without test images.*?</section>", text, re.DOTALL)
    assert part is not None
    for words in ("synthetic samples", "75.0", "30.1 to 95.4", "0.125", "procedural images", "34.2 to 100.0",
                  "None of these figures is accuracy", "1 of 4 images have different predictions",
                  "All 2 predictions are the same", "Shirt 75 %", '<text class="bad"', "&lt;b&gt;Bag"):
        assert words in part[0], words
    drawings = re.findall(r"<svg.*?</svg>", part[0], re.DOTALL)
    assert [drawing.count("<image") for drawing in drawings] == [2, 2]
    for drawing in drawings:
        ElementTree.fromstring(drawing)
    assert "Predictions without test images" not in build_report(run), "there, accuracy is measured"


def test_of_many_looks_the_first_the_last_and_some_between_stay(run: Path) -> None:
    steps = [look.step for look in gather(RunStore.open(run)).snapshots]
    assert len(steps) == MAX_SNAPSHOTS
    assert (steps[0], steps[-1]) == (20, 400)
    assert steps == sorted(set(steps))


@pytest.mark.parametrize("points", [[], [(1, 0.0)], [(1, 5.0)], [(1, 3.0), (2, 3.0)], [(0, 1e-9), (100_000, 1e9)]])
@pytest.mark.parametrize("log", [True, False])
def test_a_chart_bears_any_curve(points: list[tuple[int, float]], log: bool) -> None:
    drawing = line_chart({"a": points, "b": [(step, value * 2) for step, value in points]}, log=log)
    assert "nan" not in drawing
    for part in re.findall(r"<svg.*?</svg>", drawing, re.DOTALL):
        ElementTree.fromstring(part)


@pytest.mark.parametrize("config", [
    RunConfig(),
    RunConfig(seed=4),
    with_preset(RunConfig(), "balanced"),
    with_method(with_preset(RunConfig(), "accurate"), "gdfq"),
    build_config("my model.safetensors", None, None, {
        "model__mean": "0.5,0.4,0.3", "model__std": "1,1,1", "schedule__mixup": False, "schedule__warmup_steps": 5}),
    build_config("resnet18", None, None, {"test_set__path": Path("images")}),
])
def test_the_command_in_the_report_means_the_same_settings(config: RunConfig) -> None:
    import shlex

    words = shlex.split(command_for(config))
    assert words[:2] == ["acq", "quantize"]
    by_flag = {option.flag: option for option in setting_options()}
    model = sample = None
    given: dict[str, Any] = {}
    rest = iter(words[2:])
    for word in rest:
        if word == "--sample":
            sample = next(rest)
        elif word == "--out":
            next(rest)
        elif word.startswith("--no-"):
            given[by_flag[f"--{word[5:]}"].parameter] = False
        elif word in by_flag:
            given[by_flag[word].parameter] = True if by_flag[word].kind is bool else next(rest)
        else:
            assert model is None
            model = word
    assert build_config(model, sample, None, given) == config


def test_settings_without_an_option_are_repeated_through_the_file() -> None:
    config = RunConfig(model=ModelConfig(source="torchvision", name="resnet18"))
    odd = config.model_copy(update={"schedule": config.schedule.model_copy(update={"report_every": 17})})
    assert "--config" in command_for(odd)
