"""The report as PDF: readable pages where there is a browser, plain words where there is none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from acq_engine.errors import ExportError, StorageError
from acq_engine.events import LayerInfo, LayerReport, LogMessage, ModelSummary, Verified
from acq_engine.report import build_report, write_pdf
from acq_engine.report.pdf import BROWSER_VARIABLE, find_browser
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore

MODEL = ModelSummary("fashion", "fashion_resnet", 77_754, 9, 3, (1, 32, 32), 313_704, ())


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with RunStore.create(tmp_path_factory.mktemp("runs") / "run", RunConfig(), model=MODEL) as store:
        store.write(LogMessage("warning", "A warning."))
        store.write(LayerReport((LayerInfo("layer1.0.conv1", "conv2d", (16, 16, 3, 3), 4, 4, -0.5, 0.5),)))
        store.write(Verified(
            "model.onnx", True, 2000, "test", 100.0, 99.9, 10, 0, 0.5, 0.8, "ONNX Runtime 1.32.0",
            latency_16_ms=3.0, float_latency_16_ms=9.0, threads=2,
            latency_ranges={"latency_16_ms": (2.9, 3.4), "float_latency_16_ms": (8.8, 9.9)}, latency_turns={"16": 42},
            operators={"QLinearConv": 10, "QGemm": 1},
        ))
        (store.path / "model.int4.onnx").write_bytes(bytes(41_000))
    return store.path


def pretend(folder: Path, script: str) -> Path:
    """A program in the browser's place."""
    path = folder / "browser"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_a_browser_prints_the_pages(run: Path, tmp_path: Path) -> None:
    try:
        find_browser()
    except ExportError:
        pytest.skip("there is no browser that prints")
    target = tmp_path / "report.pdf"
    assert write_pdf(run, target) == target
    data = target.read_bytes()
    assert data.startswith(b"%PDF") and data.rstrip().endswith(b"%%EOF") and data.count(b"/Type /Page\n") >= 2
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.pdf"]


def test_without_a_browser_the_error_says_what_to_do(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(BROWSER_VARIABLE, raising=False)
    monkeypatch.setattr("acq_engine.report.pdf._PLACES", ())
    with pytest.raises(ExportError) as caught:
        write_pdf(run, tmp_path / "report.pdf")
    assert "Chromium" in caught.value.hint and "report.html" in caught.value.hint
    monkeypatch.setenv(BROWSER_VARIABLE, str(tmp_path / "nowhere"))
    with pytest.raises(ExportError) as caught:
        find_browser()
    assert "nowhere" in caught.value.cause
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="the program in the browser's place is a shell script")
@pytest.mark.parametrize(("script", "word"), [
    ("echo no such display >&2; exit 3", "no such display"), ("exit 0", "no reason"),
    ("for word; do case $word in --print-to-pdf=*) echo half > ${word#*=};; esac; done", "no reason"),
    ("exec sleep 60", "longer than"),
])
def test_a_browser_that_fails_leaves_the_old_file(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, word: str
) -> None:
    (tmp_path / "out").mkdir()
    target = tmp_path / "out" / "report.pdf"
    target.write_bytes(b"old")
    monkeypatch.setenv(BROWSER_VARIABLE, str(pretend(tmp_path, script)))
    with pytest.raises(ExportError) as caught:
        write_pdf(run, target, time_limit=0.3)
    assert word in caught.value.cause
    assert target.read_bytes() == b"old" and list((tmp_path / "out").iterdir()) == [target]


def test_a_target_that_can_not_be_written(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BROWSER_VARIABLE, "/bin/true")
    with pytest.raises(StorageError):
        write_pdf(run, tmp_path / "nowhere" / "report.pdf")


def test_the_report_shows_both_latencies_operators_and_files_that_were_exported_later(run: Path) -> None:
    page = build_report(run)
    assert "Latency: batch 1" in page and "Latency: batch 16" in page
    assert "3.00 ms (2.90 to 3.40)" in page and "percentile of 42 repetitions" in page
    assert page.count('class="range"') == 2, "batch 1 has none: nothing is drawn that is not known"
    assert "3.00 times as fast" in page and "2 threads" in page and "10 QLinearConv" in page
    assert "model.int4.onnx" in page and "41.0 kB" in page
