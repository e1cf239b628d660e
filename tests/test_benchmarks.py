"""The tables of whole runs: which rows are run, what is kept, and that each ablation changes what it says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks import ablation, accuracy_table, tables

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Row:
    model: str
    seed: int


@dataclass(frozen=True)
class Result:
    top1: float | None


@pytest.mark.parametrize("change", [name for name in ablation.CHANGES if name != "full"])
def test_each_ablation_differs_from_the_full_method(change: str) -> None:
    full, other = (ablation.settings(ablation.Row("fashion", name, "fast", "B", 3, 3, 8, 0), Path())
                   for name in ("full", change))
    assert other != full
    assert (other.quantization.weight_bits, other.seed, other.schedule.warmup_steps) == (
        full.quantization.weight_bits, full.seed, full.schedule.warmup_steps)
    if change != "gdfq":
        changed = [name for name in type(full).model_fields if getattr(full, name) != getattr(other, name)]
        assert changed == list(ablation.CHANGES[change]), "one part at a time"


def test_rows_that_the_table_has_are_not_run_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, ran = tmp_path / "docs" / "table.csv", []
    rows = [Row("fashion", seed) for seed in range(4)]

    def measure(row: Row) -> Result:
        ran.append(row.seed)
        return Result(90.0 + row.seed)

    def fill(*arguments: str) -> None:
        tables.fill(file, rows, measure, lambda result: str(result.top1), tables.parser("").parse_args(arguments))

    fill("--short", "--most", "1")
    assert ran == [0] and not file.exists(), "a short table keeps nothing"
    fill("--most", "2")
    fill("--only", "fashion 3")
    fill()
    assert ran == [0, 0, 1, 3, 2]
    assert file.read_text(encoding="utf-8").splitlines() == [
        "model,seed,top1", "fashion,0,90.0", "fashion,1,91.0", "fashion,3,93.0", "fashion,2,92.0"]
    assert "fashion 2 | 92.0" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["Summary", "Accuracy"])
def test_the_document_shows_the_figures_of_the_file(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    shown = (ROOT / "docs" / "benchmarks.md").read_text("utf-8").splitlines()
    _, lines = accuracy_table.tables()[name]
    assert len(lines) > 5
    assert [line for line in lines if line not in shown] == [], "see `python -m benchmarks.accuracy_table`"


def test_the_headline_of_the_papers_is_set_up_as_far_as_the_weights(tmp_path: Path) -> None:
    from argparse import Namespace

    from acq_engine.models import load_model
    from benchmarks import imagenet

    options = Namespace(seed=0, preset="accurate", minutes=None, device="cpu", threads=1, bits="4,4", random=True,
                        imagenet=tmp_path, limit=5)
    paper = imagenet.settings(options, "resnet18", "paper", tmp_path)
    deployable = imagenet.settings(options, "resnet18", "deployable", tmp_path)
    assert (paper.quantization.convention, deployable.quantization.convention) == ("A", "B")
    assert paper.schedule.preset == "accurate"
    assert paper.test_set.path == tmp_path
    loaded = load_model(paper.model)
    assert (loaded.num_classes, loaded.input_shape) == (1000, (3, 224, 224))
    named = imagenet.settings(Namespace(**{**vars(options), "random": False}), "resnet50", "paper", tmp_path)
    assert (named.model.source, named.model.name) == ("torchvision", "resnet50")
