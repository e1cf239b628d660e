"""Accuracy, agreement and the confusion table."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from acq_engine.errors import DataError, TrainingError
from acq_engine.evaluation.accuracy import agreement, evaluate
from acq_engine.models import LoadedModel
from acq_engine.test_sets.test_set import TestSet

CLASSES = 7


def setting(answers: list[int], truth: list[int], classes: int = CLASSES) -> tuple[LoadedModel, TestSet]:
    """A test set whose pictures hold the answer that `look` reads off them."""
    images = np.zeros((len(truth), 2, 2, 1), dtype=np.uint8)
    images[:, 0, 0, 0] = answers
    loaded = LoadedModel(nn.Identity(), "m", "m", classes, (1, 2, 2), (0.0,), (1.0,))
    return loaded, TestSet(images, np.array(truth, dtype=np.int64))


def look(x: Tensor) -> Tensor:
    seen = (x[:, 0, 0, 0] * 255).round().long()
    # The next four classes follow in order, so that top-5 is known too.
    return torch.stack([-((torch.arange(CLASSES) - answer) % CLASSES).float() for answer in seen])


def test_every_figure() -> None:
    loaded, test_set = setting(answers=[0, 1, 2, 3, 3, 0], truth=[0, 1, 3, 3, 2, 6])
    found = evaluate(look, test_set, loaded, reference=torch.tensor([0, 1, 2, 0, 0, 0]))
    assert found.images == 6 and found.complete
    assert found.top1 == pytest.approx(50.0)
    assert found.top5 == pytest.approx(100 * 4 / 6)  # 2 is behind 3 by six places, 6 behind 0 by six
    assert found.agreement == pytest.approx(100 * 4 / 6)
    assert found.confusion is not None and found.confusion.sum() == 6
    assert found.confusion[3, 2] == 1 and found.confusion[2, 3] == 1 and found.confusion[6, 0] == 1
    assert found.per_class[3] == 50 and math.isnan(found.per_class[5])
    assert found.predictions.tolist() == [0, 1, 2, 3, 3, 0]


def test_the_batch_size_changes_nothing() -> None:
    loaded, test_set = setting(answers=list(range(7)) * 5, truth=[0, 2, 2, 4, 4, 6, 6] * 5)
    results = [evaluate(look, test_set, loaded, batch_size=size) for size in (1, 4, 100)]
    assert len({(result.top1, result.top5) for result in results}) == 1


def test_few_classes_have_no_top5() -> None:
    loaded, test_set = setting([0, 1], [0, 0], classes=2)
    assert evaluate(lambda x: look(x)[:, :2], test_set, loaded).top5 is None


def test_it_stops_when_asked_and_tells_its_progress() -> None:
    loaded, test_set = setting([0] * 10, [0] * 10)
    seen: list[tuple[int, int]] = []
    found = evaluate(look, test_set, loaded, batch_size=3, progress=lambda *now: seen.append(now),
                     stop=lambda: len(seen) == 2, reference=torch.zeros(10))
    assert seen == [(3, 10), (6, 10)]
    assert (found.images, found.complete, found.agreement) == (6, False, 100.0)
    assert not found.event("student").final
    with pytest.raises(DataError, match="No image"):
        evaluate(look, test_set, loaded, stop=lambda: True)


def test_a_module_is_measured_in_eval_mode_and_left_as_it_was() -> None:
    class Watched(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            assert not self.training and not torch.is_grad_enabled()
            return look(x)

    loaded, test_set = setting([0], [0])
    module = Watched().train()
    assert evaluate(module, test_set, loaded).top1 == 100
    assert module.training


def test_nan_and_wrong_references_are_refused() -> None:
    loaded, test_set = setting([0, 1], [0, 1])
    with pytest.raises(TrainingError, match="NaN"):
        evaluate(lambda x: look(x) * float("nan"), test_set, loaded)
    with pytest.raises(DataError, match="3 outputs to compare with, but 2 images"):
        evaluate(look, test_set, loaded, reference=torch.zeros(3))


def test_agreement_takes_classes_and_logits() -> None:
    logits = torch.eye(3)
    assert agreement(logits, torch.tensor([0, 1, 1])) == pytest.approx(200 / 3)
    assert agreement(logits, logits * 2) == 100


def test_the_event_carries_the_figures() -> None:
    loaded, test_set = setting([0, 1], [0, 0])
    event = evaluate(look, test_set, loaded).event("float", convention="A")
    assert (event.subject, event.images, event.on, event.top1, event.convention) == ("float", 2, "test", 50.0, "A")


def test_many_classes_need_no_confusion_table() -> None:
    loaded, test_set = setting([0, 1], [0, 0], classes=50_000)

    def wide(x: Tensor) -> Tensor:
        return torch.cat([look(x), torch.full((len(x), 50_000 - CLASSES), -100.0)], 1)

    found = evaluate(wide, test_set, loaded)
    assert found.confusion is None and found.top1 == 50 and len(found.per_class) == 50_000
