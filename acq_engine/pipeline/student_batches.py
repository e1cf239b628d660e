"""What the student is calibrated and fine-tuned with: synthetic samples, and images drawn by rules beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor

from acq_engine.generation.conditions import ConditionSource, sampling_without_trace
from acq_engine.generation.networks import Generator
from acq_engine.generation.procedural_images import batch_norm_error, make_procedural_images, refined
from acq_engine.models import LoadedModel
from acq_engine.settings import RunConfig
from acq_engine.teacher import losses
from acq_engine.teacher.model import Teacher
from acq_engine.training import streams
from acq_engine.training.image_bank import HELD_OUT, ImageBank
from acq_engine.training.streams import RunStreams, seeded

UNSEEN_SAMPLES = 256
PICTURE_SHARE = 0.5  # of a student's batch are images of the user's own, where there are enough of them
ENOUGH_PICTURES = 32


def _learning(count: int) -> Tensor:
    """Indices of the user's own images that the student learns from; one in HELD_OUT only judges it."""
    return torch.tensor([index for index in range(count) if index % HELD_OUT != HELD_OUT - 1])


class StudentBatches:
    """Draws the student's batches.

    Args:
        config: The settings.
        loaded: Tells the input's shape and range.
        teacher: Judges procedural images, and says in how many samples it sees their classes.
        generator: As it is at each draw.
        run_streams: The run's.
        device: Where to compute.
        reduced: Refine procedural images in bfloat16 (see `teacher.autocast`).

    Attributes:
        procedural: The run's procedural images (N, C, H, W), half precision; None where there are none.
        procedural_error: Their batch-norm error as they were drawn; None before they were.
        recognised: Share of samples in which the teacher sees the class asked for.
        generator_learns: Whether the generator has or had steps. One that is left out makes noise: procedural images
            stand in for its samples, whatever their batch-norm error.
        pictures: Images of the user's own, (N, C, H, W), normalised; None where there are none.
        bank: Images in the generator's place; None where it makes the samples. They need no procedural ones beside
            them: they began as such.
        most_procedural: How many procedural images are refined at most; None: all.
    """

    def __init__(
        self, config: RunConfig, loaded: LoadedModel, teacher: Teacher, generator: Generator, run_streams: RunStreams,
        device: torch.device, *, reduced: bool,
    ) -> None:
        self.config, self.loaded, self.teacher, self.generator = config, loaded, teacher, generator
        self.streams, self.device, self.reduced = run_streams, device, reduced
        self.procedural: Tensor | None = None
        self.procedural_error: float | None = None
        self.procedural_verdict = ""  # for the log
        schedule = config.schedule
        self.generator_learns = bool(schedule.warmup_steps or schedule.generator_every or config.generator.start)
        self.recognised = 1.0 if self.generator_learns or not schedule.canvas_share else 0.0
        self.bank: ImageBank | None = None
        self.pictures: Tensor | None = None
        self.most_procedural: int | None = None
        self._left: tuple[Tensor, Tensor] | None = None
        # Latest samples, their classes and the teacher's logits, while the generator learns.
        self._pool: tuple[Tensor, Tensor, Tensor] | None = None
        self._unseen: Tensor | None = None
        self._class_match: float | None = None
        self._held_out: Tensor | None = None  # where procedural images stand in for samples

    def source(self, stream: str) -> ConditionSource:
        """Conditions from the named stream."""
        return ConditionSource(self.generator, self.config.generator.centre_reach, self.streams[stream])

    # --- samples ---------------------------------------------------------------------------------

    @torch.no_grad()
    def samples(self, stream: str, count: int) -> tuple[Tensor, Tensor]:
        """`count` fresh synthetic samples (N, C, H, W) and the classes asked for (N,), from the named stream.

        The generator normalises with the statistics of whole batches, as in its training. Of a bank they are drawn.
        """
        if self.bank is not None:
            learning = self.bank.for_learning().to(self.device)
            index = learning[torch.randint(len(learning), (count,), generator=self.streams[stream], device=self.device)]
            return self.bank.images[index], self.bank.conditions.labels[index]
        self.generator.train()
        batch = self.config.schedule.generator_batch
        parts, labels = [], []
        for _ in range(-(-count // batch)):
            conditions = self.source(stream).draw(batch)
            parts.append(conditions.sample(self.generator))
            labels.append(conditions.labels)
        return torch.cat(parts)[:count], torch.cat(labels)[:count]

    @torch.no_grad()
    def unseen(self) -> tuple[Tensor, Tensor]:
        """Samples that fine-tuning never sees, and the classes asked for; drawn once, when first asked for."""
        if self.bank is not None:
            index = self.bank.held_out().to(self.device)
            return self.bank.images[index], self.bank.conditions.labels[index]
        stream = seeded(self.config.seed, streams.UNSEEN, self.device)
        conditions = ConditionSource(self.generator, self.config.generator.centre_reach, stream).draw(UNSEEN_SAMPLES)
        if self._unseen is None:
            # In batches as those that the student learns from: the generator normalises with a batch's statistics. All
            # at once were other samples, on which the student of a young generator agreed by seven points more.
            batches = conditions.split(self.config.schedule.generator_batch)
            with sampling_without_trace(self.generator):
                self._unseen = torch.cat([batch.sample(self.generator) for batch in batches])
        return self._unseen, conditions.labels

    def class_match(self) -> float:
        """Share of the unseen samples in which the teacher sees the class asked for, 0..1.

        Forty watched samples are too few to judge a generator by: of a share of 0.9 they show 0.8 or less once in
        thirty times.
        """
        if self._class_match is None:
            samples, labels = self.unseen()
            seen = self.teacher.logits(samples, self.config.schedule.generator_batch).argmax(1)
            self._class_match = float((seen == labels).float().mean().item())
        return self._class_match

    # --- procedural images -----------------------------------------------------------------------

    def prepare_procedural(self) -> Iterator[tuple[int, int]]:
        """Draw and refine the procedural images, if the settings want them and they would not mislead (OURS).

        They look like photographs from afar. A teacher of other images says so by its statistics: then they are left
        out. `procedural_error` is their batch-norm error as they were drawn, once this has run.

        Yields:
            How many are ready, and of how many.
        """
        schedule = self.config.schedule
        if schedule.canvas_share == 0 or self.procedural is not None or self.bank is not None:
            return
        drawn = make_procedural_images(self.loaded, self.config.seed).to(self.device)
        self.procedural_error = batch_norm_error(self.teacher, drawn)
        if self.procedural_error > schedule.canvas_limit and self.generator_learns:
            self.procedural_verdict = (
                f"Procedural images skipped: their batch-norm error ({self.procedural_error:.2f}) exceeds the limit "
                f"({schedule.canvas_limit:.2f})."
            )
            return
        drawn = drawn[: self.most_procedural]
        stream = seeded(self.config.seed, streams.REFINING)
        ready: list[Tensor] = []
        batches = refined(drawn, self.teacher, self.loaded, stream, 2 * schedule.generator_batch, reduced=self.reduced)
        for batch in batches:
            ready.append(batch.half())
            yield sum(len(part) for part in ready), len(drawn)
        self.procedural = torch.cat(ready)
        after = batch_norm_error(self.teacher, self.procedural.float())
        self.procedural_verdict = (
            f"{len(drawn)} procedural images added to the samples: batch-norm error {self.procedural_error:.2f}, "
            f"{after:.2f} after refining."
        ) if self.generator_learns else (
            f"{len(drawn)} procedural images used, as there is no generator: batch-norm error "
            f"{self.procedural_error:.2f}, {after:.2f} after refining."
        )

    def weigh_samples(self) -> str:
        """See in how many samples the teacher sees the class asked for; procedural images replace the others (OURS).

        A generator that has not learned its classes shows the student next to nothing.

        Returns:
            A sentence for the log, or "".
        """
        if self.bank is not None:
            return self._weigh_bank(self.bank)
        if self.procedural is None or self.config.losses.class_ == 0 or not self.generator_learns:
            return ""
        self.recognised = self.class_match()
        if self.recognised > 0.9:
            return ""
        return (
            f"The teacher accuracy on samples is {100 * self.recognised:.0f} %, so procedural images make up "
            f"{100 * self.share:.0f} % of the student's training images."
        )

    def _weigh_bank(self, bank: ImageBank) -> str:
        seen = self.teacher.logits(bank.images, self.config.schedule.generator_batch).argmax(1)
        self.recognised = float((seen == bank.conditions.labels).float().mean().item())
        return (
            f"{len(bank)} images were optimized directly, in the generator's place: the teacher predicts the target "
            f"class in {100 * self.recognised:.0f} % of them, and their batch-norm error is "
            f"{batch_norm_error(self.teacher, bank.images):.2f}. {len(bank.held_out())} of them only judge the student."
        )

    @property
    def share(self) -> float:
        """Of procedural images: the settings', and what takes the place of samples that are not recognised. 0..1."""
        return 1 - (1 - self.config.schedule.canvas_share) * self.recognised

    def _with_procedural(self, samples: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        """Some samples exchanged for procedural images, which have no class (`losses.NO_CLASS`)."""
        if self.procedural is None:
            return samples, labels
        stream, count = self.streams["canvas"], len(samples)
        chosen = torch.rand(count, generator=stream, device=self.device) < self.share
        index = torch.randint(len(self.procedural), (count,), generator=stream, device=self.device)
        drawn = self.procedural[index].to(samples.dtype)
        return torch.where(chosen.view(-1, 1, 1, 1), drawn, samples), labels.masked_fill(chosen, losses.NO_CLASS)

    # --- batches ---------------------------------------------------------------------------------

    def calibration_count(self) -> int:
        """How many images `for_calibration` gives."""
        own = 0 if self.pictures is None else len(_learning(len(self.pictures)))
        return own + (self.config.schedule.calibration_samples if self.bank is None else len(self.bank.for_learning()))

    def for_calibration(self) -> Iterator[Tensor]:
        """The images from which activation ranges are taken, batch by batch: the user's own first, each once."""
        if self.pictures is not None:
            yield from self.pictures[_learning(len(self.pictures))].split(self.config.schedule.generator_batch)
        if self.bank is not None:  # each once: there are no new ones to draw
            index = self.bank.for_learning().to(self.device)
            order = torch.randperm(len(index), generator=self.streams["calibrate"], device=self.device)
            yield from self.bank.images[index[order]].split(self.config.schedule.generator_batch)
            return
        left = self.config.schedule.calibration_samples
        while left > 0:
            count = min(left, self.config.schedule.generator_batch)
            yield self._with_procedural(*self.samples("calibrate", count))[0]
            left -= count

    def next(self) -> tuple[Tensor, Tensor]:
        """The next batch for the student: images (N, C, H, W) and classes (N,), the user's own images among them."""
        samples, labels = self._next()
        if self.pictures is None:
            return samples, labels
        learning, count = _learning(len(self.pictures)).to(self.device), len(samples)
        share = PICTURE_SHARE * min(1.0, len(learning) / ENOUGH_PICTURES)
        chosen = torch.rand(count, generator=self.streams["canvas"], device=self.device) < share
        index = torch.randint(len(learning), (count,), generator=self.streams["canvas"], device=self.device)
        drawn = self.pictures[learning[index]].to(samples.dtype)
        return torch.where(chosen.view(-1, 1, 1, 1), drawn, samples), labels.masked_fill(chosen, losses.NO_CLASS)

    def _next(self) -> tuple[Tensor, Tensor]:
        """The next batch of samples and procedural images.

        From the pool while the generator learns; else fresh ones: the generator works in its own batch size, and
        nothing is thrown away.
        """
        count = self.config.schedule.student_batch
        if self._pool is not None:
            samples, labels, _ = self._pool
            index = self._from_pool(len(samples))
            return self._with_procedural(samples[index], labels[index])
        if self._left is None or len(self._left[0]) < count:
            self._left = self.samples("student", max(count, self.config.schedule.generator_batch))
        samples, labels = self._left
        self._left = (samples[count:], labels[count:])
        return self._with_procedural(samples[:count], labels[:count])

    def next_with_logits(self) -> tuple[Tensor, Tensor, Tensor] | None:
        """As `next`, with the logits that the teacher gave in the generator's steps; None where there are none.

        A procedural image has no such logits, nor has one of the user's own.
        """
        if self._pool is None or self.procedural is not None or self.pictures is not None:
            return None
        index = self._from_pool(len(self._pool[0]))
        samples, labels, logits = (part[index] for part in self._pool)
        return samples, labels, logits

    def add_to_pool(self, latest: tuple[Tensor, Tensor, Tensor]) -> None:
        """Keep a generator step's samples, their classes and the teacher's logits; the oldest leave the pool."""
        old = self._pool or tuple(part[:0] for part in latest)
        size = self.config.schedule.pool_samples
        samples, labels, logits = (torch.cat(parts)[-size:] for parts in zip(old, latest, strict=True))
        self._pool = (samples, labels, logits)

    def _from_pool(self, size: int) -> Tensor:
        count = self.config.schedule.student_batch
        return torch.randint(size, (count,), generator=self.streams["student"], device=self.device)

    def held_out(self) -> Tensor:
        """Images of the kinds that the student learns from, but none of those; (N, C, H, W)."""
        others = self._held_out_samples()
        if self.pictures is None:
            return others
        return torch.cat((others, self.pictures[HELD_OUT - 1 :: HELD_OUT].to(others.dtype)))

    def _held_out_samples(self) -> Tensor:
        seed = self.config.seed + streams.HELD_OUT_SEED
        if self.without_samples:
            if self._held_out is None:
                self._held_out = make_procedural_images(self.loaded, seed, UNSEEN_SAMPLES).to(self.device)
            return self._held_out
        samples, _ = self.unseen()
        if self.procedural is None:
            return samples
        drawn = make_procedural_images(self.loaded, seed, len(samples)).to(self.device)
        count = round(self.share * len(samples))
        return torch.cat((drawn[:count], samples[: len(samples) - count]))

    @property
    def without_samples(self) -> bool:
        """Whether procedural images stand in for all samples."""
        return self.bank is None and not self.generator_learns and self.config.schedule.canvas_share > 0

    def watched(self, count: int) -> Tensor:
        """At most `count` fixed images that the student does not learn from, (N, C, H, W)."""
        return (self.held_out() if self.without_samples else self.unseen()[0])[:count]

    def for_checking(self, count: int) -> Tensor:
        """`count` images on which an export is checked, (N, C, H, W); fewer procedural ones, or of a bank.

        Of a bank only those that the student never saw: agreement on the others would flatter it.
        """
        if self.bank is not None:
            return self.unseen()[0][:count]
        return self.held_out()[:count] if self.without_samples else self.samples("calibrate", count)[0]

    def procedural_for_checking(self, count: int) -> Tensor | None:
        """At most `count` procedural images that the student does not learn from, (N, C, H, W), as they are drawn; None
        where `for_checking` gives such ones.
        """
        if self.without_samples:
            return None
        return make_procedural_images(self.loaded, self.config.seed + streams.HELD_OUT_SEED, count)[:count]

    # --- state -----------------------------------------------------------------------------------

    def state_dict(self) -> dict[str, Any]:
        """Its part of a checkpoint; the names are those that checkpoints always had."""
        return {
            "left": None if self._left is None else list(self._left),
            "pool": None if self._pool is None else list(self._pool),
            "check": self._unseen,
            "canvases": self.procedural,
            "recognised": self.recognised,
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from what `state_dict` gave, also in an older version, which had fewer names."""
        self.use_procedural(state.get("canvases"))
        self.recognised = state.get("recognised", 1.0)
        left, pool, unseen = state["left"], state.get("pool"), state["check"]
        self._left = None if left is None else (left[0].to(self.device), left[1].to(self.device))
        self._pool = None if pool is None else self._with_logits(*(part.to(self.device) for part in pool))
        self._unseen, self._class_match = None if unseen is None else unseen.to(self.device), None

    def use_procedural(self, images: Tensor | None) -> None:
        """Take procedural images that are ready, (N, C, H, W)."""
        self.procedural = None if images is None else images.to(self.device)

    def _with_logits(
        self, samples: Tensor, labels: Tensor, logits: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """A pool as it was saved; older checkpoints hold no logits."""
        if logits is None:
            logits = self.teacher.logits(samples, self.config.schedule.generator_batch)
        return samples, labels, logits
