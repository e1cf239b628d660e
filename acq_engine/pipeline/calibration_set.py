"""A calibration set for other tools: a run's images, judged by its teacher, as files (OURS).

Tools that quantize after training want a few hundred images to take ranges from. A run's samples alone serve them
badly: they reach a good class with pixels of a narrow range, so ranges taken from them cut photographs off. So half
of the set are procedural images, refined as the run's own are; only samples in which the teacher sees their class are
taken; and nothing in the set was ever anybody's image.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from acq_engine import __version__
from acq_engine.errors import ConfigError, StorageError
from acq_engine.files import storage_errors, write_atomic
from acq_engine.generation.procedural_images import make_procedural_images
from acq_engine.models import LoadedModel
from acq_engine.pipeline.session import TrainingSession
from acq_engine.pipeline.subject import Subject
from acq_engine.store import RunStore
from acq_engine.teacher.losses import NO_CLASS

SAMPLE_SHARE = 0.5
TRIES = 8  # times as many samples as are wanted are drawn at most
LABELS, README = "labels.csv", "README.txt"
MOST = 10_000


@dataclass(frozen=True)
class CalibrationSet:
    """Images as a model's input wants them.

    Attributes:
        pixels: (N, H, W, C) uint8.
        inputs: (N, C, H, W) float32, the same images normalized.
        classes: (N,) int64, what the float model predicts.
        is_sample: (N,) booleans; the others are procedural images.
        wanted: How many were asked for.
        recognised: Share of the drawn samples in which the teacher sees their class, 0..1; None where none were drawn.
    """

    pixels: NDArray[np.uint8]
    inputs: NDArray[np.float32]
    classes: NDArray[np.int64]
    is_sample: NDArray[np.bool_]
    wanted: int
    recognised: float | None

    def __len__(self) -> int:
        return len(self.pixels)

    def sentences(self) -> list[str]:
        """What it is made of, and what is missing."""
        samples = int(self.is_sample.sum())
        said = [f"{len(self)} images: {samples} samples and {len(self) - samples} procedural images."]
        if self.recognised is not None:
            said.append(f"The float model predicts the target class in {100 * self.recognised:.0f} % of the samples "
                        "that were drawn; only these were taken.")
        if len(self) < self.wanted:
            said.append(f"{self.wanted} were wanted; the run has no more.")
        return said


@torch.no_grad()
def make_calibration_set(run_dir: Path | str, count: int, *, device: str | None = None) -> CalibrationSet:
    """Images of a run, half of them samples, in an order that mixes them.

    Args:
        run_dir: The run folder.
        count: How many; fewer come where the run has no more (images that were optimized directly).
        device: Where to compute; None: as the run did.

    Raises:
        ConfigError: `count` is none that can be made.
        StorageError: there is no run, or no checkpoint of it yet.
    """
    if not 1 <= count <= MOST:
        raise ConfigError("The number of images can't be used.", cause=f"{count} is not from 1 to {MOST}.",
                          hint="A few hundred are usual.")
    subject = Subject.of_run(run_dir, device)
    session = subject.session()
    batch = subject.config.schedule.generator_batch
    ready = _refined(run_dir)
    samples, drawn = _recognised(session, round(SAMPLE_SHARE * count))
    if ready is None or len(ready) < count - len(samples):
        ready = _procedural(session, subject.config.seed, count - len(samples), ready)
    procedural = ready[: count - len(samples)]
    images = torch.cat((samples.cpu(), procedural.float().cpu()))
    order = torch.randperm(len(images), generator=torch.Generator().manual_seed(subject.config.seed))
    is_sample = (torch.arange(len(images)) < len(samples))[order]
    pixels = to_pixels(images[order], subject.loaded)
    inputs = subject.loaded.to_model_input(pixels)  # of the very pixels that are saved
    classes = session.teacher.logits(inputs.to(session.device), batch).argmax(1)
    return CalibrationSet(pixels, inputs.numpy(), classes.cpu().numpy(), is_sample.numpy(), count, drawn)


def _refined(run_dir: Path | str) -> Tensor | None:
    """The procedural images of the run's last checkpoint, or None."""
    saved = RunStore.open(run_dir).load_checkpoint()
    found: Tensor | None = None if saved is None else saved[1]["bench"].get("canvases")
    return found


def _recognised(session: TrainingSession, count: int) -> tuple[Tensor, float | None]:
    """At most `count` samples in which the teacher sees the class asked for, and their share of those drawn."""
    batches, batch = session.batches, session.config.schedule.generator_batch
    if count == 0 or batches.without_samples:
        return torch.empty(0, *session.loaded.input_shape), None
    taken: list[Tensor] = []
    seen = good = 0
    while sum(map(len, taken)) < count and seen < max(TRIES * count, batch):
        if session.bank is not None:
            images, labels = session.bank.images, session.bank.conditions.labels
        else:
            images, labels = batches.samples("calibrate", batch)
        right = (session.teacher.logits(images, batch).argmax(1) == labels) | (labels == NO_CLASS)
        taken.append(images[right])
        seen, good = seen + len(images), good + int(right.sum())
        if session.bank is not None:  # there are no others
            break
    return torch.cat(taken)[:count], good / seen


def _procedural(session: TrainingSession, seed: int, count: int, ready: Tensor | None) -> Tensor:
    """Procedural images: refined ones as far as there are some, then as they are drawn."""
    drawn = make_procedural_images(session.loaded, seed, max(count, 1))
    if ready is not None:
        drawn = torch.cat((ready.float().cpu(), drawn[len(ready):]))
    return drawn[:count]


def to_pixels(images: Tensor, loaded: LoadedModel) -> NDArray[np.uint8]:
    """(N, C, H, W) normalized to (N, H, W, C) uint8."""
    mean, std = (torch.tensor(value).view(1, -1, 1, 1) for value in (loaded.mean, loaded.std))
    pixels = ((images * std + mean) * 255).round().clamp(0, 255).to(torch.uint8)
    found: NDArray[np.uint8] = pixels.permute(0, 2, 3, 1).contiguous().numpy()
    return found


def write_calibration_set(images: CalibrationSet, loaded: LoadedModel, out: Path, *, overwrite: bool = False) -> Path:
    """Write it: one .npz file, or a folder of PNG files with `labels.csv`.

    Args:
        images: What is written.
        loaded: Its model, for what the description says.
        out: A name that ends in .npz, or a folder that is empty or does not exist.
        overwrite: An existing file, or an earlier set in the folder, may be replaced.

    Raises:
        StorageError: something is there already, or the disk refuses.
    """
    if out.suffix.lower() == ".npz":
        if out.exists() and not overwrite:
            raise StorageError("A file with this name already exists.", cause=str(out),
                               hint="Choose another name, or allow overwriting: --overwrite")
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer, images=images.pixels, inputs=images.inputs, labels=images.classes, is_sample=images.is_sample,
            mean=np.array(loaded.mean, np.float32), std=np.array(loaded.std, np.float32), about=_about(images, loaded))
        with storage_errors("The calibration set can't be written.", out):
            out.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(out, buffer.getvalue())
        return out
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (overwrite and (out / LABELS).is_file()))):
        raise StorageError("The folder is not empty.", cause=str(out),
                           hint="Choose another folder, or replace an earlier set in it: --overwrite")
    with storage_errors("The calibration set can't be written.", out):
        out.mkdir(parents=True, exist_ok=True)
        for old in out.glob("image-*.png"):
            old.unlink()
        rows = [("file", "label", "kind")]
        for number, pixels in enumerate(images.pixels):
            name = f"image-{number:05d}.png"
            buffer = io.BytesIO()
            Image.fromarray(pixels[..., 0] if pixels.shape[-1] == 1 else pixels).save(buffer, format="PNG")
            write_atomic(out / name, buffer.getvalue(), durable=False)
            kind = "sample" if images.is_sample[number] else "procedural"
            rows.append((name, str(int(images.classes[number])), kind))
        write_atomic(out / README, _about(images, loaded).encode())
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        write_atomic(out / LABELS, text.getvalue().encode())  # last: with it the set is complete
    return out


def _about(images: CalibrationSet, loaded: LoadedModel) -> str:
    numbers = [", ".join(f"{value:g}" for value in values) for values in (loaded.mean, loaded.std)]
    channels, height, width = loaded.input_shape
    return "\n".join((
        f"Calibration set for {loaded.name}, made by ACQ Studio {__version__} from the model alone.", "",
        *images.sentences(),
        f"Each is {width} x {height} pixels with {channels} channel(s), 0 to 255. The model's input is "
        f"(pixel / 255 - mean) / standard deviation, with mean {numbers[0]} and standard deviation {numbers[1]}; no "
        "resizing or cropping is needed.",
        "Labels are what the float model predicts, counted from 0.",
        "No image was taken from anywhere: there are no rights of others in them.", "",
    ))
