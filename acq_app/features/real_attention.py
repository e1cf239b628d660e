"""Where the teacher's attention lies on test images: beside it, attention on samples can be judged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from acq_app.features.context import AppContext
from acq_app.run.jobs import Emit, Job
from acq_app.views.shared.history import Look
from acq_engine.errors import AcqError
from acq_engine.events import AttentionReady, SamplesReady

PER_CLASS = 4  # as many as a snapshot has of ten classes
MOST = 200


@dataclass
class RealAttentionJob(Job):
    """Some test images of a run as if they were its samples, with their attention."""

    path: Path
    labels: tuple[int, ...]  # of the samples that they are shown beside
    layer: str = ""  # empty: the one that the run corrects

    def run(self, emit: Emit) -> Look | None:
        """None where the run has no test images, or they can't be read any more: they only stand beside."""
        del emit
        import numpy as np
        import torch

        from acq_engine.models import load_teacher
        from acq_engine.store import RunStore
        from acq_engine.teacher import attention
        from acq_engine.teacher.model import Teacher
        from acq_engine.test_sets.loading import load_test_set

        try:
            config = RunStore.open(self.path).config
            loaded = load_teacher(self.path)
            images = load_test_set(config.test_set, loaded)
        except AcqError:
            return None
        if images is None:
            return None
        places = [place for label in self.labels for place in np.flatnonzero(images.labels == label)[:PER_CLASS]]
        chosen = np.array(places[:MOST], np.int64)
        if not len(chosen):
            return None
        layer = self.layer or config.generator.attention_layer or loaded.default_attention_layer()
        teacher = Teacher(loaded.module, (layer,))
        inputs = loaded.to_model_input(images.images[chosen])
        logits, maps = [], []
        with torch.no_grad():
            for part in inputs.split(32):
                seen = teacher(part, "eval")
                logits.append(seen.logits)
                maps.append(attention.normalised(attention.attention_map(seen.features[layer])))
        answers, seen_maps = torch.cat(logits), torch.cat(maps)
        labels = images.labels[chosen].astype(np.int64)
        sure = answers.softmax(1)[torch.arange(len(chosen)), torch.from_numpy(labels)].numpy()
        centres = attention.centre(seen_maps, config.generator.centre_power).numpy()
        samples = SamplesReady(
            step=0, images=loaded.to_display(inputs), labels=labels, asked=None, measured=centres,
            teacher_class=answers.argmax(1).numpy(), teacher_confidence=sure)
        shown = AttentionReady(step=0, layer=layer, eval_maps=seen_maps.numpy(), train_maps=seen_maps.numpy(),
                               similarity=np.ones(len(chosen), np.float32), centres=centres)
        return Look(samples, shown)


class RealAttentionFeature(QObject):
    """Test images of the run on the screen, for the view of attention."""

    seen = Signal(str, object)  # the layer that was asked for, and a Look, or None where there are no test images

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context

    @Slot(list, str)
    def look(self, labels: list[int], layer: str) -> None:
        """Read them in the background; a run that has left the screen meanwhile is told nothing."""
        folder = self._context.session.run_dir
        if folder is not None:
            tell = partial(self._tell, folder, layer)
            self._context.background.do(RealAttentionJob(folder, tuple(labels), layer), tell, lambda _: tell(None))

    def _tell(self, folder: Path, layer: str, look: object) -> None:
        if folder == self._context.session.run_dir:
            self.seen.emit(layer, look)
