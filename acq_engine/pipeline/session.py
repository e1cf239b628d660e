"""Everything that a run works with, built from its settings, and saved and restored as one state."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor

from acq_engine.events import LogMessage
from acq_engine.generation.conditions import ConditionSource, sampling_without_trace
from acq_engine.generation.networks import Generator, make_generator
from acq_engine.generation.procedural_images import batch_norm_error, make_canvases, pixel_range, refined
from acq_engine.models import LoadedModel
from acq_engine.models.probe import probe
from acq_engine.pipeline.snapshots import Look
from acq_engine.quantization import QuantizedModel, quantize_model
from acq_engine.settings import RunConfig
from acq_engine.teacher import losses
from acq_engine.teacher.model import Teacher
from acq_engine.teacher.reduced_precision import training_precision
from acq_engine.training import GeneratorTrainer, StudentTrainer, streams
from acq_engine.training.cuda_graphs import steps_for

AGREEMENT_SAMPLES = 256
MUCH_WORSE = 2.0  # times the divergence after calibration: fine-tuning that ends above it went wrong


def stage_layers(loaded: LoadedModel, most: int = 4) -> tuple[str, ...]:
    """The last layer at each picture size, largest pictures first: the ends of the network's stages (OURS).

    Features are compared there (pairs of samples, student and teacher).
    """
    calls = probe(loaded.module, loaded.input_shape)
    last: dict[int, str] = {}
    for path in loaded.attention_layers():  # the last executed first
        shape = calls[path].shape
        if shape is not None and shape[-1] not in last:
            last[shape[-1]] = path
    ends = [last[size] for size in sorted(last, reverse=True)]
    return tuple(ends[-most:])


class Workbench:
    """Teacher, generator, student, their trainers and random streams.

    Args:
        config: The settings.
        loaded: The float model; its module becomes the teacher and is moved to the device.
        device: Where to compute.
    """

    def __init__(self, config: RunConfig, loaded: LoadedModel, device: torch.device) -> None:
        self.config, self.loaded, self.device = config, loaded, device
        self.attention_layer = config.generator.attention_layer or loaded.default_attention_layer()
        self.stages = stage_layers(loaded)
        self.teacher = Teacher(loaded.module, tuple(dict.fromkeys((*self.stages, self.attention_layer)))).to(device)
        channels, height, _ = loaded.input_shape
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(config.seed)
            self.generator: Generator = make_generator(
                loaded.num_classes, channels, height, config.generator
            ).to(device)
        # Streams of their own: how often one is used does not change what another draws.
        self.streams = {
            name: streams.seeded(config.seed, number, device) for name, number in streams.IN_CHECKPOINTS.items()
        }
        self.runs = steps_for(device, config.cuda_graphs)
        self.reduced, self.precision_note = training_precision(
            config.precision, self.teacher, loaded.input_shape, device
        )
        schedule = config.schedule
        generator_steps = schedule.warmup_steps
        if schedule.generator_every:
            generator_steps += schedule.finetune_steps // schedule.generator_every
        self.generator_trainer = GeneratorTrainer(
            self.teacher, self.generator, self._source("train"), config, self.attention_layer, self.stages,
            generator_steps, self.runs, reduced=self.reduced,
        )
        self.look = Look(self.teacher, self.generator, loaded, config, self.attention_layer, self.stages, device)
        self.student: QuantizedModel | None = None
        self.student_trainer: StudentTrainer | None = None
        self._left: tuple[Tensor, Tensor] | None = None
        # Latest samples, their classes and the teacher's answers, while the generator learns.
        self._pool: tuple[Tensor, Tensor, Tensor] | None = None
        self._check: Tensor | None = None
        self.canvases: Tensor | None = None  # half precision; None where there are none
        self.canvas_error: float | None = None
        self.canvas_verdict = ""  # for the log
        self.recognised = 1.0  # share of samples in which the teacher sees the class asked for
        self._calibrated: dict[str, Tensor] | None = None  # the student as fine-tuning found it

    def _source(self, stream: str) -> ConditionSource:
        return ConditionSource(self.generator, self.config.generator.centre_reach, self.streams[stream])

    @torch.no_grad()
    def samples(self, stream: str, count: int) -> tuple[Tensor, Tensor]:
        """`count` fresh synthetic samples (N, C, H, W) and the classes asked for (N,), from the named stream.

        The generator normalises with the statistics of whole batches, as in its training.
        """
        self.generator.train()
        batch = self.config.schedule.generator_batch
        parts, labels = [], []
        for _ in range(-(-count // batch)):
            conditions = self._source(stream).draw(batch)
            parts.append(conditions.sample(self.generator))
            labels.append(conditions.labels)
        return torch.cat(parts)[:count], torch.cat(labels)[:count]

    def prepare_canvases(self) -> Iterator[tuple[int, int]]:
        """Draw and refine the canvases, if the settings want them and they would not mislead (OURS).

        Canvases look like photographs from afar. A teacher of other pictures says so by its statistics: then they are
        left out. `canvas_error` is the batch-norm error of the canvases as they were drawn, once this has run.

        Yields:
            How many are ready, and of how many.
        """
        schedule = self.config.schedule
        if schedule.canvas_share == 0 or self.canvases is not None:
            return
        drawn = make_canvases(self.loaded, self.config.seed).to(self.device)
        self.canvas_error = batch_norm_error(self.teacher, drawn)
        if self.canvas_error > schedule.canvas_limit:
            self.canvas_verdict = (
                f"Canvases are left out: their batch-norm error is {self.canvas_error:.2f}, above "
                f"{schedule.canvas_limit:.2f}. The model was trained on other kinds of pictures."
            )
            return
        stream = streams.seeded(self.config.seed, streams.REFINING)
        ready: list[Tensor] = []
        batches = refined(drawn, self.teacher, self.loaded, stream, 2 * schedule.generator_batch, reduced=self.reduced)
        for batch in batches:
            ready.append(batch.half())
            yield sum(len(part) for part in ready), len(drawn)
        self.canvases = torch.cat(ready)
        self.canvas_verdict = (
            f"{len(drawn)} canvases join the samples: their batch-norm error was {self.canvas_error:.2f}, "
            f"{batch_norm_error(self.teacher, self.canvases.float()):.2f} after refining."
        )

    def weigh_samples(self) -> str:
        """See in how many samples the teacher sees the class asked for; the others give way to canvases (OURS).

        A generator that has not learned its classes shows the student next to nothing.

        Returns:
            A sentence for the log, or "".
        """
        if self.canvases is None or self.config.losses.class_ == 0:
            return ""
        samples, labels = self._unseen()
        self.recognised = float((self._teacher_logits(samples).argmax(1) == labels).float().mean().item())
        if self.recognised > 0.9:
            return ""
        return (
            f"The teacher sees the class asked for in {100 * self.recognised:.0f} % of the samples, so canvases are "
            f"{100 * self._canvas_share():.0f} % of the quantized network's pictures."
        )

    def _canvas_share(self) -> float:
        """The settings' share, and what takes the place of samples that the teacher does not recognise."""
        return 1 - (1 - self.config.schedule.canvas_share) * self.recognised

    def _with_canvases(self, samples: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        """Some samples exchanged for canvases, which have no class (`losses.NO_CLASS`)."""
        if self.canvases is None:
            return samples, labels
        stream, count = self.streams["canvas"], len(samples)
        chosen = torch.rand(count, generator=stream, device=self.device) < self._canvas_share()
        index = torch.randint(len(self.canvases), (count,), generator=stream, device=self.device)
        drawn = self.canvases[index].to(samples.dtype)
        return torch.where(chosen.view(-1, 1, 1, 1), drawn, samples), labels.masked_fill(chosen, losses.NO_CLASS)

    def calibration_batches(self) -> Iterator[Tensor]:
        """The pictures from which activation ranges are taken, batch by batch."""
        left = self.config.schedule.calibration_samples
        while left > 0:
            count = min(left, self.config.schedule.generator_batch)
            yield self._with_canvases(*self.samples("calibrate", count))[0]
            left -= count

    def build_student(self) -> QuantizedModel:
        """The quantized twin, not calibrated yet, and its trainer."""
        example = torch.zeros(2, *self.loaded.input_shape, device=self.device)
        self.student = quantize_model(self.loaded.module, example, self.config.quantization, self.stages)
        return self.student

    def begin_finetuning(self) -> StudentTrainer:
        """The student's trainer. The student must be calibrated (or restored) by now."""
        assert self.student is not None
        if self.student_trainer is None:
            self.student_trainer = StudentTrainer(
                self.teacher, self.student, self.config, self.config.schedule.finetune_steps, self.streams["augment"],
                pixel_range(self.loaded), self.runs, reduced=self.reduced,
            )
            self._calibrated = {name: value.clone() for name, value in self.student.state_dict().items()}
        return self.student_trainer

    def student_step(self) -> dict[str, Tensor]:
        """A step of the student: on a new batch, or a second look at the last one."""
        trainer = self.begin_finetuning()
        if trainer.has_second_look:
            return trainer.look_again()
        if self._pool is not None and self._answers_do(trainer):
            index = self._from_pool(len(self._pool[0]))
            return trainer.step(*(part[index] for part in self._pool))
        return trainer.step(*self.student_batch())

    def _answers_do(self, trainer: StudentTrainer) -> bool:
        """Whether the teacher's answers in the generator's steps are those that the student is to be compared with."""
        return (trainer.asks_only_for_answers and self.canvases is None
                and trainer.reduced == self.generator_trainer.reduced)

    def _from_pool(self, size: int) -> Tensor:
        count = self.config.schedule.student_batch
        return torch.randint(size, (count,), generator=self.streams["student"], device=self.device)

    @torch.no_grad()
    def keep_better(self) -> LogMessage | None:
        """Put the calibrated student back if fine-tuning made its answers worse (OURS).

        Judged by the divergence from the teacher's answers on pictures that it never learned from: samples, and
        canvases where they are used. Real images have no part in it.

        Returns:
            What the log says of it, or None where fine-tuning is kept. A warning if answers became much worse; that
            there was nothing to gain is usual at 4 bits and more.
        """
        assert self.student is not None
        if self._calibrated is None:
            return None
        pictures = self._held_out()
        expected = self._teacher_logits(pictures)
        tuned = {name: value.clone() for name, value in self.student.state_dict().items()}
        after = self._divergence(pictures, expected)
        self.student.load_state_dict(self._calibrated)
        before = self._divergence(pictures, expected)
        if after <= before:
            self.student.load_state_dict(tuned)
            return None
        if after <= MUCH_WORSE * before:
            return LogMessage(
                "info", "Fine-tuning brought the quantized network no nearer to the float one (divergence on pictures "
                f"that it never learned from: {before:.3f} before, {after:.3f} after), so it is kept as calibration "
                "left it.",
            )
        return LogMessage(  # also where it is no number any more
            "warning", "Fine-tuning took the quantized network away from the float one (divergence on pictures that it "
            f"never learned from: {before:.3f} before, {after:.3f} after), so it is kept as calibration left it. A "
            "smaller student rate or more steps may help.",
        )

    def _held_out(self) -> Tensor:
        """Pictures of the kinds that the student learns from, but none of those."""
        samples, _ = self._unseen()
        if self.canvases is None:
            return samples
        share = self._canvas_share()
        drawn = make_canvases(self.loaded, self.config.seed + streams.HELD_OUT_SEED, len(samples)).to(self.device)
        count = round(share * len(samples))
        return torch.cat((drawn[:count], samples[: len(samples) - count]))

    def _teacher_logits(self, pictures: Tensor) -> Tensor:
        parts = pictures.split(self.config.schedule.generator_batch)
        with torch.no_grad():
            return torch.cat([self.teacher(part).logits for part in parts])

    def _divergence(self, pictures: Tensor, expected: Tensor) -> float:
        """Mean KL divergence of the student's answers from the teacher's, in nats."""
        assert self.student is not None
        parts = pictures.split(self.config.schedule.generator_batch)
        self.student.eval()  # in whole numbers, as what is exported
        answers = torch.cat([self.student(part) for part in parts])
        self.student.train()
        return float(losses.distillation_loss(answers, expected, 1.0).item())

    def generator_step(self) -> dict[str, Tensor]:
        """A step of the generator while the student learns; its samples go to the pool."""
        values = self.generator_trainer.step()
        assert self.generator_trainer.latest is not None
        old = self._pool or tuple(part[:0] for part in self.generator_trainer.latest)
        size = self.config.schedule.pool_samples
        samples, labels, answers = (
            torch.cat(parts)[-size:] for parts in zip(old, self.generator_trainer.latest, strict=True)
        )
        self._pool = (samples, labels, answers)
        return values

    def _with_answers(
        self, samples: Tensor, labels: Tensor, answers: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """A pool as it was saved; older checkpoints hold no answers."""
        return samples, labels, self._teacher_logits(samples) if answers is None else answers

    def student_batch(self) -> tuple[Tensor, Tensor]:
        """The next batch for the student.

        From the pool while the generator learns; else fresh ones: the generator works in its own batch size, and
        nothing is thrown away.
        """
        count = self.config.schedule.student_batch
        if self._pool is not None:
            samples, labels, _ = self._pool
            index = self._from_pool(len(samples))
            return self._with_canvases(samples[index], labels[index])
        if self._left is None or len(self._left[0]) < count:
            self._left = self.samples("student", max(count, self.config.schedule.generator_batch))
        samples, labels = self._left
        self._left = (samples[count:], labels[count:])
        return self._with_canvases(samples[:count], labels[:count])

    @torch.no_grad()
    def agreement(self) -> float:
        """Percentage of a fixed set of synthetic samples on which student and teacher see the same class."""
        assert self.student is not None
        samples, _ = self._unseen()
        same = [self.student(part).argmax(1) == self.teacher(part).logits.argmax(1) for part in samples.split(64)]
        return 100 * float(torch.cat(same).float().mean().item())

    @torch.no_grad()
    def _unseen(self) -> tuple[Tensor, Tensor]:
        """Samples that fine-tuning never sees, and the classes asked for; drawn once, when first asked for."""
        stream = streams.seeded(self.config.seed, streams.UNSEEN, self.device)
        conditions = ConditionSource(self.generator, self.config.generator.centre_reach, stream).draw(AGREEMENT_SAMPLES)
        if self._check is None:
            with sampling_without_trace(self.generator):
                self._check = conditions.sample(self.generator)
        return self._check, conditions.labels

    def take_over(self, state: dict[str, Any]) -> None:
        """Start from the generator and the canvases of another run's `state_dict`."""
        self.generator_trainer.load_state_dict(state["generator"])
        canvases = state.get("canvases")
        self.canvases = None if canvases is None else canvases.to(self.device)

    def stream_states(self) -> dict[str, Tensor]:
        """Where every random stream is."""
        return {name: stream.get_state() for name, stream in self.streams.items()}

    def set_streams(self, states: dict[str, Tensor]) -> None:
        """Go back to where random streams were; older checkpoints know fewer of them.

        Streams of another kind of device can't be gone on with: they begin anew, from a seed that theirs gives.
        """
        for name, state in states.items():
            stream = self.streams[name]
            if state.numel() == stream.get_state().numel():
                stream.set_state(state.cpu())
            else:
                stream.manual_seed(zlib.crc32(state.cpu().numpy().tobytes()))

    def state_dict(self) -> dict[str, Any]:
        """Tensors and plain values from which `load_state_dict` goes on bit for bit."""
        return {
            "generator": self.generator_trainer.state_dict(),
            "student": None if self.student is None else self.student.state_dict(),
            "student_trainer": None if self.student_trainer is None else self.student_trainer.state_dict(),
            "streams": self.stream_states(),
            "left": None if self._left is None else list(self._left),
            "pool": None if self._pool is None else list(self._pool),
            "check": self._check,
            "canvases": self.canvases,
            "recognised": self.recognised,
            "calibrated": self._calibrated,
            "map": self.look.map.state_dict(),
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from what `state_dict` gave."""
        self.generator_trainer.load_state_dict(state["generator"])
        if state["student"] is not None:
            self.build_student().load_state_dict(state["student"])
        if state["student_trainer"] is not None:
            self.begin_finetuning().load_state_dict(state["student_trainer"])
        self.set_streams(state["streams"])
        if "map" in state:
            self.look.map.load_state_dict(state["map"])
        left, check, canvases = state["left"], state["check"], state.get("canvases")
        self.canvases = None if canvases is None else canvases.to(self.device)
        self.recognised, calibrated = state.get("recognised", 1.0), state.get("calibrated")
        self._calibrated = None if calibrated is None else {k: v.to(self.device) for k, v in calibrated.items()}
        pool = state.get("pool")
        self._pool = None if pool is None else self._with_answers(*(part.to(self.device) for part in pool))
        self._left = None if left is None else (left[0].to(self.device), left[1].to(self.device))
        self._check = None if check is None else check.to(self.device)
