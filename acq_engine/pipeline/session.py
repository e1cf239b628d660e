"""The models of a run and their trainers, built from its settings, and saved and restored as one state."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from acq_engine.distributed import alone, same_everywhere
from acq_engine.events import RunPlan
from acq_engine.generation.networks import Generator, make_generator
from acq_engine.generation.procedural_images import make_procedural_images, pixel_range
from acq_engine.models import LoadedModel
from acq_engine.models.probe import probe
from acq_engine.pipeline.snapshots import Snapshots
from acq_engine.pipeline.student_batches import UNSEEN_SAMPLES, StudentBatches
from acq_engine.quantization import QuantizedModel, quantize_model
from acq_engine.quantization.model import restored_student
from acq_engine.settings import RunConfig
from acq_engine.teacher.model import Teacher
from acq_engine.teacher.reduced_precision import training_precision
from acq_engine.training import GeneratorTrainer, StudentTrainer
from acq_engine.training.cuda_graphs import step_runner_for
from acq_engine.training.image_bank import ImageBank, bank_conditions
from acq_engine.training.streams import BANK, RunStreams, seeded


def stage_layers(loaded: LoadedModel, most: int = 4) -> tuple[str, ...]:
    """The last layer at each image size, largest images first: the ends of the network's stages (OURS).

    Features are compared there (pairs of samples, student and teacher).
    """
    calls = probe(loaded.module, loaded.input_shape)
    last: dict[int, str] = {}
    layers = loaded.attention_layers()
    for path in [path for path in layers if loaded.has_features(path)] or layers:  # the last executed first
        shape = calls[path].shape
        if shape is not None and shape[-1] not in last:
            last[shape[-1]] = path
    ends = [last[size] for size in sorted(last, reverse=True)]
    return tuple(ends[-most:])


class TrainingSession:
    """Teacher, generator, student and their trainers.

    Args:
        config: The settings.
        loaded: The float model; its module becomes the teacher and is moved to the device.
        device: Where to compute.

    Attributes:
        batches: What the student learns from.
        snapshots: The samples that are looked at all through the run.
        bank: Images that learn in the generator's place; None where the generator does (see `training.image_bank`).
        student: None before `build_student`.
        feature_layer: Where images are compared by their pooled features.
        calibrated: The student's state as fine-tuning found it; None before that.
        fine_tuning_helps: What its trial found (see `pipeline.trial`); None before that.
    """

    def __init__(self, config: RunConfig, loaded: LoadedModel, device: torch.device) -> None:
        self.config, self.loaded, self.device = config, loaded, device
        self.attention_layer = config.generator.attention_layer or loaded.default_attention_layer()
        self.stages = stage_layers(loaded)
        # Where images are compared by their features: a transformer's attention layer has none.
        self.feature_layer = self.attention_layer if loaded.has_features(self.attention_layer) else self.stages[-1]
        self.teacher = Teacher(loaded.module, tuple(dict.fromkeys((*self.stages, self.attention_layer)))).to(device)
        channels, height, _ = loaded.input_shape
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(config.seed)
            self.generator: Generator = make_generator(
                loaded.num_classes, channels, height, config.generator
            ).to(device)
        self.streams = RunStreams(config.seed, device)
        self.step_runner = step_runner_for(device, config.cuda_graphs and alone())
        self.reduced, self.precision_note = training_precision(
            config.precision, self.teacher, loaded.input_shape, device
        )
        self.batches = StudentBatches(
            config, loaded, self.teacher, self.generator, self.streams, device, reduced=self.reduced
        )
        self.generator_trainer = GeneratorTrainer(
            self.teacher, self.generator, self.batches.source("train"), config, self.attention_layer, self.stages,
            _generator_steps(config), self.step_runner, reduced=self.reduced,
        )
        self.snapshots = Snapshots(
            self.teacher, self.generator, loaded, config, self.attention_layer, self.stages, device,
            self.feature_layer,
        )
        self.bank: ImageBank | None = None
        self.student: QuantizedModel | None = None
        self.student_trainer: StudentTrainer | None = None
        self.calibrated: dict[str, Tensor] | None = None
        self.fine_tuning_helps: bool | None = None
        self.watched = UNSEEN_SAMPLES  # samples on which agreement is measured

    def follow(self, plan: RunPlan | None) -> None:
        """Do as a plan says, where the settings don't."""
        if plan is not None:
            self.watched, self.batches.most_procedural = plan.watch_samples, plan.procedural_images
        if plan is not None and plan.bank_steps:
            self._begin_bank(plan.bank_images, plan.bank_steps)

    def _begin_bank(self, count: int, steps: int) -> None:
        """Images in the generator's place: drawn ones, until they learn."""
        stream = seeded(self.config.seed, BANK)
        images = make_procedural_images(self.loaded, self.config.seed, count)[:count].to(self.device)
        conditions = bank_conditions(
            self.snapshots.conditions, len(images), self.loaded.num_classes, self.config.generator.centre_reach, stream)
        self.bank = ImageBank(
            self.teacher, self.config, conditions, images, pixel_range(self.loaded), self.attention_layer, self.stages,
            steps, stream, has_centre=self.generator.has_centre, reduced=self.reduced)
        self.batches.bank = self.snapshots.bank = self.bank

    def sample_step(self) -> dict[str, Tensor]:
        """A step of what makes the samples: of the generator, or of the bank that stands in for it."""
        return self.generator_trainer.step() if self.bank is None else self.bank.step()

    def build_student(self) -> QuantizedModel:
        """The quantized twin, not calibrated yet."""
        self.student = quantize_model(self.loaded.module, self._example(), self.config.quantization, self.stages)
        return self.student

    def _example(self) -> Tensor:
        return torch.zeros(2, *self.loaded.input_shape, device=self.device)

    def begin_finetuning(self) -> StudentTrainer:
        """The student's trainer. The student must be calibrated (or restored) by now."""
        assert self.student is not None
        if self.student_trainer is None:
            self.student_trainer = StudentTrainer(
                self.teacher, self.student, self.config, self.config.schedule.finetune_steps, self.streams["augment"],
                pixel_range(self.loaded), self.step_runner, reduced=self.reduced,
            )
            self.calibrated = {name: value.clone() for name, value in self.student.state_dict().items()}
        return self.student_trainer

    def generator_step(self) -> dict[str, Tensor]:
        """A step of the generator while the student learns; its samples go to the pool."""
        values = self.generator_trainer.step()
        self.batches.add_to_pool(self.generator_trainer.latest())
        return values

    def student_step(self) -> dict[str, Tensor]:
        """A step of the student: on a new batch, or a replay of the last one made harder."""
        trainer = self.begin_finetuning()
        if trainer.has_replay:
            return trainer.replay()
        # The teacher's logits in the generator's steps may be those that the student is to be compared with.
        known = trainer.asks_only_for_logits and trainer.reduced == self.generator_trainer.reduced
        batch = self.batches.next_with_logits() if known else None
        return trainer.step(*(batch or self.batches.next()))

    @torch.no_grad()
    def agreement(self) -> float:
        """Percentage of a fixed set of synthetic samples on which student and teacher see the same class."""
        assert self.student is not None
        samples = self.batches.watched(self.watched)
        same = [self.student(part).argmax(1) == self.teacher(part).logits.argmax(1) for part in samples.split(64)]
        return 100 * float(torch.cat(same).float().mean().item())

    def agree(self) -> None:
        """Give every rank what the first one found: calibration and rounding may differ in a bit, and drift."""
        found = list(self.generator.state_dict().values())
        found += [] if self.student is None else list(self.student.state_dict().values())
        found += [] if self.bank is None else [self.bank.images]
        found += [] if self.batches.procedural is None else [self.batches.procedural]
        same_everywhere(found)

    def start_warm(self, state: dict[str, Any]) -> None:
        """Start from the generator and the images of another run (see `warm_start`)."""
        self.generator_trainer.load_state_dict(state["generator"])
        self.batches.use_procedural(state.get("canvases"))
        if self.bank is not None:
            self.bank.load_state_dict(state["bank"])

    def state_dict(self) -> dict[str, Any]:
        """Tensors and plain values from which `load_state_dict` goes on bit for bit.

        The names are those that checkpoints always had.
        """
        return {
            "generator": self.generator_trainer.state_dict(),
            "student": None if self.student is None else self.student.state_dict(),
            "student_trainer": None if self.student_trainer is None else self.student_trainer.state_dict(),
            "streams": self.streams.state_dict(),
            **self.batches.state_dict(),
            "calibrated": self.calibrated,
            "helps": self.fine_tuning_helps,
            "map": self.snapshots.map.state_dict(),
            "bank": None if self.bank is None else self.bank.state_dict(),
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from what `state_dict` gave, also in an older version, which had fewer names."""
        self.generator_trainer.load_state_dict(state["generator"])
        if state["student"] is not None:
            self.student = restored_student(
                self.loaded.module, self._example(), self.config.quantization, state["student"], self.stages
            )
        if state["student_trainer"] is not None:
            self.begin_finetuning().load_state_dict(state["student_trainer"])
        self.streams.load_state_dict(state["streams"])
        if "map" in state:
            self.snapshots.map.load_state_dict(state["map"])
        self.fine_tuning_helps = state.get("helps")
        calibrated = state.get("calibrated")
        self.calibrated = None if calibrated is None else {k: v.to(self.device) for k, v in calibrated.items()}
        self.batches.load_state_dict(state)
        if self.bank is not None and state.get("bank") is not None:
            self.bank.load_state_dict(state["bank"])


def _generator_steps(config: RunConfig) -> int:
    """How many steps the generator will make in the whole run, for its learning rate."""
    schedule = config.schedule
    if not schedule.generator_every:
        return schedule.warmup_steps
    return schedule.warmup_steps + schedule.finetune_steps // schedule.generator_every
