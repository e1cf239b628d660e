"""Accuracy on a test set, and agreement with the float model's answers."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from acq_engine.distributed import alone, gathered, rank, ranks
from acq_engine.errors import DataError, TrainingError, is_out_of_memory
from acq_engine.events import Evaluated, Subject
from acq_engine.test_sets.test_set import TestSet

if TYPE_CHECKING:
    from acq_engine.models.loaded import LoadedModel

MAX_CONFUSION_CLASSES = 2048
"""A larger table would take more memory than it tells."""

Predict = Callable[[Tensor], Tensor]


@dataclass(frozen=True)
class Evaluation:
    """What was measured. Percentages are in 0..100.

    Attributes:
        images: How many images were used.
        top1: Percentage with the right class first.
        top5: Percentage with the right class among the first five; None with five classes or fewer.
        per_class: (classes,) percentage right; NaN for a class without images.
        confusion: (classes, classes) counts; rows are the truth, columns the answer. None above
            MAX_CONFUSION_CLASSES.
        predictions: (N,) the class seen in each image.
        agreement: Percentage of images with the same answer as `reference`; None without one.
        complete: False when it was stopped before the last image.
    """

    images: int
    top1: float
    top5: float | None
    per_class: NDArray[np.float32]
    confusion: NDArray[np.int64] | None
    predictions: Tensor
    agreement: float | None = None
    complete: bool = True

    def event(
        self, subject: Subject, *, convention: Literal["A", "B"] = "B", final: bool = True,
        plain: Evaluation | None = None,
    ) -> Evaluated:
        """The event that tells the world; `plain` is the float model's evaluation on the same part of the images."""
        return Evaluated(
            subject=subject, images=self.images, on="test", top1=self.top1, top5=self.top5, agreement=self.agreement,
            per_class=self.per_class, confusion=self.confusion, convention=convention, final=final and self.complete,
            float_top1=None if plain is None else plain.top1,
            float_per_class=None if plain is None else plain.per_class,
            float_confusion=None if plain is None else plain.confusion,
        )

    def on_part(self, places: NDArray[np.int64], labels: NDArray[np.int64]) -> Evaluation:
        """The same model on some of the images, without measuring again; top-5 is not known.

        Args:
            places: Which of the images, (M,).
            labels: Their classes, (M,).
        """
        part = _summarise(
            self.predictions[torch.from_numpy(places)], labels, 0, len(self.per_class), None, len(places))
        return replace(part, top5=None)


def evaluate(
    predict: Predict,
    test_set: TestSet,
    loaded: LoadedModel,
    *,
    reference: Tensor | None = None,
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] | None = None,
    batch_size: int | None = None,
    device: torch.device | str | None = None,
    shared_out: bool = False,
) -> Evaluation:
    """Measure a classifier on labelled images. The result does not depend on the batch size.

    Args:
        predict: Normalised input (B, C, H, W) to logits (B, classes); set to eval mode for the time if a module.
        test_set: The images.
        loaded: The float model; its normalisation is used.
        reference: Another model's answers on the same images: classes (N,), or logits (N, classes).
        stop: Asked before every batch; true ends with what is there.
        progress: Told images done and images in all.
        batch_size: Images in a batch; None chooses by their size.
        shared_out: Where several processes work on a run and all of them ask: each measures a part, all get the whole.
        device: Where `predict` computes; None: where the module's weights are, else the CPU.

    Raises:
        DataError: no image was evaluated, or `reference` has another length.
        TrainingError: an answer is NaN.
    """
    total = len(test_set)
    if reference is not None and len(reference) != total:
        raise DataError(f"There are {len(reference)} outputs to compare with, but {total} images.")
    target = torch.device(device) if device is not None else _device(predict)
    size = batch_size or _batch_size(loaded)
    ends = [total * number // ranks() for number in range(ranks() + 1)]
    divided = shared_out and not alone() and total >= ranks()
    mine = replace(test_set, images=test_set.images[ends[rank()]:ends[rank() + 1]],
                   labels=test_set.labels[ends[rank()]:ends[rank() + 1]]) if divided else test_set
    while True:
        try:
            answers, in_top5 = _answers(predict, mine, loaded, stop, progress, size, target)
            if divided and len(answers) == len(mine):
                counts = [end - begin for begin, end in itertools.pairwise(ends)]
                answers = torch.cat(gathered(answers, counts))
                in_top5 = int(torch.cat(gathered(torch.tensor([in_top5]), [1] * ranks())).sum())
            return _summarise(answers, test_set.labels[:len(answers)], in_top5, loaded.num_classes, reference, total)
        except (RuntimeError, MemoryError) as error:
            if size == 1 or not is_out_of_memory(error):
                raise
        size //= 2  # the figures are the same; outside of the handler, which holds on to what did not fit


def _answers(
    predict: Predict, test_set: TestSet, loaded: LoadedModel, stop: Callable[[], bool],
    progress: Callable[[int, int], None] | None, size: int, target: torch.device,
) -> tuple[Tensor, int]:
    """The class seen in each image (N,), and in how many the right one was among the first five."""
    total = len(test_set)
    predictions: list[Tensor] = []
    in_top5 = 0
    done = 0
    was_training = isinstance(predict, nn.Module) and predict.training
    if isinstance(predict, nn.Module):
        predict.eval()
    # Training may round the factors of float convolutions to ten bits, as torch does on NVIDIA cards; a figure may not.
    rounds_factors = torch.backends.cudnn.allow_tf32
    torch.backends.cudnn.allow_tf32 = False
    try:
        with torch.inference_mode():
            for x, labels in test_set.batches(loaded, size):
                if stop():
                    break
                logits = predict(x.to(target)).float().cpu()
                if bool(torch.isnan(logits).any()):
                    raise TrainingError("The model's output is NaN.", hint="Lower the learning rate, or use more bits.")
                predictions.append(logits.argmax(1))
                if loaded.num_classes > 5:
                    in_top5 += int((logits.topk(5, 1).indices == labels[:, None]).any(1).sum())
                done += len(labels)
                if progress is not None:
                    progress(done, total)
    finally:
        torch.backends.cudnn.allow_tf32 = rounds_factors
        if was_training and isinstance(predict, nn.Module):
            predict.train()
    if not done:
        raise DataError("No image was evaluated.")
    return torch.cat(predictions), in_top5


def _summarise(
    predictions: Tensor, labels: NDArray[np.int64], in_top5: int, classes: int, reference: Tensor | None, total: int
) -> Evaluation:
    count = len(predictions)
    answers = predictions.numpy()
    right = np.bincount(labels[labels == answers], minlength=classes)
    present = np.bincount(labels, minlength=classes)
    with np.errstate(invalid="ignore"):
        per_class = (100.0 * right / present).astype(np.float32)
    confusion = None
    if classes <= MAX_CONFUSION_CLASSES:
        confusion = np.bincount(labels * classes + answers, minlength=classes * classes).reshape(classes, classes)
    return Evaluation(
        images=count,
        top1=100.0 * float(right.sum()) / count,
        top5=100.0 * in_top5 / count if classes > 5 else None,
        per_class=per_class,
        confusion=None if confusion is None else confusion.astype(np.int64),
        predictions=predictions,
        agreement=None if reference is None else agreement(predictions, reference[:count]),
        complete=count == total,
    )


def agreement(first: Tensor, second: Tensor) -> float:
    """Percentage of equal answers.

    Args:
        first: Classes (N,) or logits (N, classes).
        second: The same of another model.
    """
    answers = [(x.argmax(1) if x.dim() == 2 else x).cpu() for x in (first, second)]
    return 100.0 * float((answers[0] == answers[1]).double().mean())


def _device(predict: Predict) -> torch.device:
    if isinstance(predict, nn.Module):
        for value in (*predict.parameters(), *predict.buffers()):
            return value.device
    return torch.device("cpu")


def _batch_size(loaded: LoadedModel) -> int:
    """About 50 MB of activations an image-sized layer: 250 images at 32 px, 32 at 224 px."""
    _, height, width = loaded.input_shape
    return max(1, min(250, 32 * 224 * 224 // (height * width)))
