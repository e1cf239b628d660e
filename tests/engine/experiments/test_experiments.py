"""The experiments through the real command line, in a few steps: tables, pictures, ranges, and what is refused."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from typer.testing import CliRunner, Result

from acq_engine.cli.app import app
from acq_engine.control import RunControl
from acq_engine.evaluation.measures import class_spread, correlation, frechet_distance, principal_axes
from acq_engine.events import StepMetrics
from acq_engine.experiments import EXPERIMENTS
from acq_engine.experiments.diversity import distances
from acq_engine.experiments.drawing import bars, heat_map, sheet
from acq_engine.experiments.observing import GROUP, observe
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.pipeline.subject import Subject
from acq_engine.settings import RunConfig
from acq_engine.settings.presets import with_method

MODEL = ("--sample", "fashion", "--generator-batch", "8", "--steps", "3", "--device", "cpu")


def experiment(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["experiment", *arguments])


def done(*arguments: str) -> Any:
    result = experiment(*arguments, "--samples", "32", "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that was stopped after 4 generator steps, with its checkpoint."""
    folder = tmp_path_factory.mktemp("runs") / "run"
    config = RunConfig.from_data({
        "schedule": {"warmup_steps": 8, "finetune_steps": 2, "generator_batch": 8, "report_every": 1,
                     "checkpoint_every": 4, "sample_every": 50},
        "test_set": {"limit": 40}, "device": "cpu",
    })
    control = RunControl()
    for event in QuantizationRun.create(config, folder, control).events():
        if isinstance(event, StepMetrics) and event.step == 4:
            control.cancel()
    return folder


@pytest.fixture(scope="module")
def subject(run_folder: Path) -> Subject:
    return Subject.of_run(run_folder)


# --- through the command line -----------------------------------------------------------------------


def test_centres_of_a_model(tmp_path: Path) -> None:
    told = done("centres", *MODEL, "--out", str(tmp_path), "--seeds", "0,1")
    rows = table(tmp_path / "centres.csv")
    assert [(row["variant"], row["seed"]) for row in rows] == [
        (f"{word} centre loss", seed) for word in ("with", "without") for seed in ("0", "1")]
    for row in rows:
        assert 0 < float(row["centre_error"]) < 2 * 2**0.5 and 0 < float(row["chance_error"]) < 2 * 2**0.5
        assert -1 <= float(row["correlation_x"]) <= 1 and 0 <= float(row["class_accuracy"]) <= 100
        assert row["steps"] == "3" and row["model"] == "fashion" and "torch" in row["machine"]
    first = [float(row["centre_error"]) for row in rows[:2]]
    line = told["summary"][0]
    assert line["seeds"] == 2
    assert line["centre_error"] == pytest.approx(np.mean(first), rel=1e-4)
    spread = np.std(first, ddof=1)  # of figures with six digits
    assert line["centre_error_spread"] == pytest.approx(spread, rel=1e-3, abs=1e-6)
    points = table(tmp_path / "centres_points.csv")
    assert len(points) == 4 * 32 and all(-1 <= float(points[0][key]) <= 1 for key in ("asked_x", "measured_y"))
    by_class = table(tmp_path / "centres_classes.csv")
    assert sum(int(row["samples"]) for row in by_class) == 4 * 32 and by_class[0]["name"] == "T-shirt/top"
    with Image.open(tmp_path / "centres.png") as picture:
        assert picture.width > 800 and len(picture.getcolors(1 << 20) or ()) > 10, "it is not empty"
    about = json.loads((tmp_path / "centres.json").read_text(encoding="utf-8"))["about"]
    assert about["seeds"] == [0, 1] and about["steps"] == 3 and about["samples"] == 32 and about["machine"]


def test_diversity_of_a_run_with_its_counterpart(run_folder: Path, tmp_path: Path) -> None:
    alone = done("diversity", str(run_folder), "--out", str(tmp_path))
    assert [row["variant"] for row in alone["rows"]] == ["with pair loss"]
    assert alone["about"]["steps"] == 4 and alone["about"]["run"] == "run"
    both = done("diversity", str(run_folder), "--compare", "--out", str(tmp_path), "--overwrite")
    assert [row["variant"] for row in both["rows"]] == ["with pair loss", "without pair loss"]
    assert both["rows"][0] == alone["rows"][0], "the run's own generator, not a new one"
    for row in both["rows"]:
        assert 0 <= row["same_centre"] <= 1 and 0 <= row["same_class"] <= 1 and 0 <= row["other_class"] <= 1
    assert {row["stage"] for row in table(tmp_path / "diversity_stages.csv")} == {"layer1", "layer2", "layer3"}


def test_consistency_of_a_model(tmp_path: Path) -> None:
    told = done("consistency", *MODEL, "--out", str(tmp_path))
    assert [row["variant"] for row in told["rows"]] == ["with consistency", "without consistency"]
    for row in told["rows"]:
        assert row["bn_eval"] > 0 and row["bn_train"] > 0 and row["output_difference"] >= 0
        assert 0 < row["similarity"] <= 1 and 0 <= row["same_answer"] <= 100
    assert told["rows"][0]["bn_train"] != told["rows"][1]["bn_train"], "they were trained in different ways"
    assert (tmp_path / "consistency.png").is_file()


def test_tradeoff_covers_its_grid(tmp_path: Path) -> None:
    told = done("tradeoff", *MODEL, "--out", str(tmp_path), "--grid", "0,4:3")
    assert [(row["centre_weight"], row["pair_weight"]) for row in told["rows"]] == [(0, 3), (4, 3)]
    assert set(table(tmp_path / "tradeoff.csv")[0]) >= {"centre_error", "diversity", "class_accuracy", "seed", "steps"}
    assert (tmp_path / "tradeoff.png").is_file()


def test_features_of_a_run_beside_its_test_images(run_folder: Path, tmp_path: Path) -> None:
    told = done("features", str(run_folder), "--out", str(tmp_path))
    synthetic, authentic = told["rows"]
    assert synthetic["samples"] == authentic["samples"] == 20, "half of the 40 images against the other half"
    assert synthetic["frechet"] > authentic["frechet"] > 0, "a generator of 4 steps is far from real images"
    assert authentic["class_accuracy"] > 70 and authentic["confidence"] > 60
    points = table(tmp_path / "features_points.csv")
    assert {row["set"] for row in points} == {"synthetic", "authentic"} and len(points) == 40
    assert table(tmp_path / "features_classes.csv")[0]["distance_of_means"] != ""


def test_features_without_images(tmp_path: Path) -> None:
    settings = tmp_path / "settings.json"
    settings.write_text('{"test_set": {"use_sample": false}, "schedule": {"generator_batch": 8}}', encoding="utf-8")
    out = tmp_path / "out"
    told = done("features", "--config", str(settings), "--steps", "2", "--device", "cpu", "--out", str(out))
    assert [row["variant"] for row in told["rows"]] == ["synthetic"]
    assert told["rows"][0]["frechet"] is None and "no real images" in " ".join(told["notes"])
    assert table(out / "features.csv")[0]["frechet"] == "", "what was not measured is empty, not 0"


def test_people_get_a_table_with_what_it_was_done_with(run_folder: Path, tmp_path: Path) -> None:
    result = experiment("centres", str(run_folder), "--out", str(tmp_path), "--samples", "16")
    assert result.exit_code == 0, result.stderr
    for words in ("Do attention centres match", "with centre loss", "4 generator steps of 8", "seed 0", "--compare",
                  "centres.png"):
        assert words in result.stdout


@pytest.mark.parametrize(("arguments", "words"), [
    (("centres", "RUN", "--seed", "5"), "keeps its settings"),
    (("centres", "RUN", "--steps", "5"), "keeps its settings"),
    (("tradeoff", *MODEL, "--grid", "0,x"), "comma-separated"),
    (("tradeoff", *MODEL, "--grid", "0,-1"), "0 to 100"),
    (("centres", *MODEL, "--seeds", "-1"), "A seed is"),
    (("centres", *MODEL, "--method", "gdfq"), "not conditioned on attention centres"),
    (("centres", "--steps", "3"), "No model"),
    (("features", *MODEL, "--images", "nowhere.npz"), "can't be opened"),
])
def test_what_cannot_be_done_is_said(
    arguments: tuple[str, ...], words: str, run_folder: Path, tmp_path: Path
) -> None:
    given = [str(run_folder) if word == "RUN" else word for word in arguments]
    result = experiment(*given, "--out", str(tmp_path / "out"))
    assert result.exit_code == 2 and words in result.stderr.replace("\n", " ")
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_older_results_are_not_replaced_unasked(run_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "centres.csv").write_text("mine", encoding="utf-8")
    result = experiment("centres", str(run_folder), "--out", str(tmp_path))
    assert result.exit_code == 2 and "--overwrite" in result.stderr
    assert (tmp_path / "centres.csv").read_text(encoding="utf-8") == "mine"


def test_the_help_names_every_experiment() -> None:
    text = " ".join(experiment("--help").stdout.replace("│", " ").split())
    assert all(f"{name}:" in text for name in EXPERIMENTS)


# --- the figures ------------------------------------------------------------------------------------


def test_observing_leaves_the_generator_as_it_is(subject: Subject) -> None:
    session = subject.session()
    before = {name: value.clone() for name, value in session.generator.state_dict().items()}
    streams = session.streams.state_dict()
    first, second = observe(session, 20), observe(session, 20)
    assert len(first.labels) == 20, "as many as were asked for"
    assert torch.equal(first.pooled, second.pooled)
    assert all(torch.equal(value, before[name]) for name, value in session.generator.state_dict().items())
    assert all(torch.equal(state, streams[name]) for name, state in session.streams.state_dict().items())


def test_groups_share_class_and_centre(subject: Subject) -> None:
    found = observe(subject.session(), 64, grouped=True)
    assert found.target is not None
    labels, target = found.labels.view(-1, GROUP), found.target.view(-1, GROUP, 2)
    assert (labels == labels[:, :1]).all()
    assert torch.equal(target[:, 0], target[:, 1]) and not (target[:, 0] == target[:, 2]).any()
    one = distances(found, next(iter(found.features)))
    assert all(0 <= value <= 1 for value in one.values())


def test_the_subject_trains_what_the_run_does_not_have(subject: Subject) -> None:
    own, other = subject.session(), subject.session({"centre": 0.0})
    assert own.generator_trainer.done == other.generator_trainer.done == subject.steps == 4
    assert subject.generator_state is not None
    weight = "merge.weight"
    assert torch.equal(own.generator.state_dict()[weight], subject.generator_state["generator"][weight])
    assert not torch.equal(own.generator.state_dict()[weight], other.generator.state_dict()[weight])
    assert subject.session({"centre": 0.0}).config.losses.centre == 0 and subject.config.losses.centre > 0


def test_the_baseline_has_samples_to_compare_too() -> None:
    config = with_method(RunConfig(), "gdfq")
    config.schedule.generator_batch, config.generator.width = 8, 16
    found = observe(Subject.of_model(config, 1).session(), 8)
    assert found.target is None and found.centre_error is None and 0 <= found.class_accuracy <= 100


def test_frechet_distance_of_known_gaussians() -> None:
    x = torch.randn(4000, 3, dtype=torch.float64)
    assert frechet_distance(x, x) == pytest.approx(0, abs=1e-9)
    assert frechet_distance(x, x + 2) == pytest.approx(12, rel=1e-9), "three dimensions, each 2 apart"
    # A third as wide in each dimension: (1 - 1/3)^2 times the variances.
    expected = (2 / 3) ** 2 * float(torch.cov(x.T).trace())
    assert frechet_distance(x, (x - x.mean(0)) / 3 + x.mean(0)) == pytest.approx(expected, rel=1e-9)
    few = torch.randn(5, 20)  # fewer samples than dimensions: singular covariances
    assert 0 <= frechet_distance(few, torch.randn(5, 20)) < 1000


def test_spread_correlation_and_axes() -> None:
    features = torch.tensor([[0.0, 0], [2, 0], [10, 10], [10, 14], [99, 99]])
    labels = torch.tensor([0, 0, 1, 1, 2])
    assert class_spread(features, labels) == pytest.approx(1.5 * 2**0.5)
    assert class_spread(features[:1], labels[:1]) is None
    x = torch.arange(5.0)
    assert correlation(x, 3 - 2 * x) == pytest.approx(-1) and correlation(x, torch.ones(5)) is None
    cloud = torch.randn(500, 3) * torch.tensor([0.1, 5.0, 1.0])
    _, axes = principal_axes(cloud)
    assert axes.shape == (3, 2) and abs(float(axes[1, 0])) > 0.99 and abs(float(axes[2, 1])) > 0.98


def test_pictures_show_what_was_not_measured() -> None:
    cells = heat_map([[1.0, None], [2.0, 3.0]], row_labels=["0", "1"], column_labels=["0", "1"], title="t",
                     x_title="x", y_title="y")
    columns = bars([("a", 1.0, 0.2), ("b", None, None), ("c", -0.5, None)], title="t")
    picture = np.asarray(sheet([cells, columns], title="title " * 40, footer="footer"))
    assert (picture[:, :520] == (253, 231, 37)).all(2).sum() > 1000, "the highest cell in viridis' last colour"
    assert (picture[:, 520:] == (0, 114, 178)).all(2).sum() > 1000, "the first bar"
