"""Questions before a run: asked once each, and the answer is a setting that the run keeps."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from PIL import Image

from acq_engine.cli.console import ask as ask_at_terminal
from acq_engine.errors import ArchitectureError, DataError, Question
from acq_engine.models import LoadedModel, load_model
from acq_engine.models.registry import architecture
from acq_engine.pipeline.questions import load_and_ask
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.settings import ModelConfig, RunConfig, TestSetConfig
from acq_engine.store import RunStore
from acq_engine.test_sets.loading import load_test_set
from acq_engine.test_sets.test_set import TestSet


def numbered(path: Path) -> Path:
    """Folders 0 to 9 of grey images: no order is better than another."""
    for name in (*range(1, 10), 10):
        (path / str(name)).mkdir(parents=True)
        Image.new("RGB", (32, 32), (99, 99, 99)).save(path / str(name) / "0.png")
    return path


class Answers:
    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, question: Question) -> str:
        self.asked.append(question.setting)
        answer = self.answers.pop(0) or question.taken
        assert answer in dict(question.choices)
        return answer


def load(config: RunConfig) -> tuple[LoadedModel, TestSet | None]:
    loaded = load_model(config.model)
    return loaded, load_test_set(config.test_set, loaded)


def test_an_answer_is_a_setting_and_nothing_is_asked_twice() -> None:
    config = RunConfig(model=ModelConfig(preprocessing="0..255"))
    answers = Answers("imagenet")
    chosen, loaded, test_set = load_and_ask(config, load, answers)
    assert answers.asked == ["model.preprocessing"]
    assert chosen.model.preprocessing == "imagenet" and loaded.mean == pytest.approx((0.449,), abs=1e-3)
    assert test_set is not None and loaded.questions == ()
    answers = Answers("")
    kept, loaded, _ = load_and_ask(config, load, answers)
    assert kept.model.preprocessing == "0..255" and answers.asked == ["model.preprocessing"]
    assert load_and_ask(config, load, None)[1].questions, "nobody is asked: the doubt stays"


def test_figures_of_one_s_own_give_way_to_an_answer() -> None:
    config = RunConfig(model=ModelConfig(mean=(0.0,), std=(0.004,)))
    chosen, loaded, _ = load_and_ask(config, load, Answers("imagenet"))
    assert chosen.model.mean is None and chosen.model.std is None
    assert loaded.mean == pytest.approx((0.449,), abs=1e-3)


def test_the_order_of_labels_is_asked_and_stands_in_run_json(tmp_path: Path) -> None:
    config = RunConfig(test_set=TestSetConfig(path=numbered(tmp_path / "set")))
    config.schedule.minutes, config.schedule.warmup_steps, config.schedule.finetune_steps = None, 0, 1
    answers = Answers("text_from_1")
    QuantizationRun.create(config, tmp_path / "run", ask=answers)
    assert answers.asked == ["test_set.label_order"]
    assert RunStore.open(tmp_path / "run").config.test_set.label_order == "text_from_1"
    assert '"label_order": "text_from_1"' in (tmp_path / "run" / "run.json").read_text("utf-8")


def test_a_label_order_that_was_set_is_used_or_refused(tmp_path: Path) -> None:
    loaded = load_model(ModelConfig())
    path = numbered(tmp_path / "set")

    def labels(order: str) -> dict[str, int]:
        found = load_test_set(TestSetConfig.model_validate({"path": path, "label_order": order}), loaded)
        assert found is not None and not found.questions and not found.warnings
        return dict(zip(["1", "10", *map(str, range(2, 10))], found.labels.tolist(), strict=True))

    assert labels("numbers") == labels("numbers_from_1") == {str(number): number - 1 for number in range(1, 11)}
    assert labels("text")["10"] == 1 and labels("text_from_1")["9"] == 9
    (path / "0").mkdir()
    (path / "10").rename(path / "00")
    with pytest.raises(DataError, match="don't fit the label order") as caught:
        load_test_set(TestSetConfig(path=path, label_order="text_from_1"), loaded)
    assert "auto" in caught.value.hint


def test_two_architectures_with_the_same_weights_are_a_question(tmp_path: Path) -> None:
    torch.manual_seed(0)
    torch.save(architecture("cifar_shufflenetv2_x0_5").build(10, 3).state_dict(), tmp_path / "m.pth")
    config = ModelConfig(source="checkpoint", path=tmp_path / "m.pth")
    (question,) = load_model(config).questions
    assert question.setting == "model.arch" and question.taken == "cifar_shufflenetv2_x0_5"
    assert [value for value, _ in question.choices] == ["cifar_shufflenetv2_x0_5", "shufflenet_v2_x0_5"]
    assert "32 x 32 pixels; distance of the batch-norm statistics" in question.choices[0][1]
    answered = config.model_copy(update={"arch": "shufflenet_v2_x0_5"})
    assert load_model(answered).arch == "shufflenet_v2_x0_5" and load_model(answered).questions == ()


def test_at_a_terminal_enter_keeps_what_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    question = Question("Which?", "model.arch", (("a", "One."), ("b", "Two.")), taken="b")
    typed: list[int | None] = []

    def prompt(_text: str, *, err: bool, default: int | None) -> str:
        typed.append(default)
        return str(default)

    monkeypatch.setattr("typer.prompt", prompt)
    assert ask_at_terminal(question) == "b" and typed == [2]


def test_channel_order_of_a_file_is_put_right(tmp_path: Path) -> None:
    torch.manual_seed(0)
    module = architecture("cifar_resnet20").build(10, 3).eval()
    for norm in module.modules():
        if isinstance(norm, torch.nn.BatchNorm2d):
            assert norm.running_mean is not None
            norm.running_mean.uniform_(-0.1, 0.1)
    torch.save(module.state_dict(), tmp_path / "m.pth")
    config = ModelConfig(source="checkpoint", path=tmp_path / "m.pth", channel_order="bgr")
    loaded = load_model(config)
    x = torch.randn(2, 3, 32, 32)
    torch.testing.assert_close(loaded.module(x), module(x.flip(1)))
    assert "as set" in loaded.notes[-1]
    with pytest.raises(ArchitectureError):
        load_model(ModelConfig(channel_order="bgr"))
