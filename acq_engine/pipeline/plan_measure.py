"""What single steps and images cost on the run's own device: timed before a run begins (OURS).

Everything that is timed belongs to a session of its own, on a copy of the network: the run's random streams, batch-norm
statistics and optimizers know nothing of it.
"""

from __future__ import annotations

import copy
import gc
import math
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor, nn

from acq_engine.events import StepCosts
from acq_engine.generation.procedural_images import pixel_range
from acq_engine.models import LoadedModel
from acq_engine.models.inspect import workload
from acq_engine.models.pretrained import StoppedError
from acq_engine.models.probe import probe
from acq_engine.pipeline.memory import free_memory, release_free_memory
from acq_engine.pipeline.plan_costs import (
    Case,
    correction_count,
    interim_count,
    procedural_count,
    rounding_count,
    sensitivity_images,
)
from acq_engine.pipeline.session import TrainingSession
from acq_engine.quantization import QuantizedModel, calibrate, gptq
from acq_engine.quantization.observer import RangeObserver
from acq_engine.quantization.side_by_side import SideBySide, teacher_weights
from acq_engine.settings import RunConfig
from acq_engine.teacher import losses
from acq_engine.test_sets.test_set import TestSet
from acq_engine.training.image_bank import MODES_EVERY, ImageBank, bank_conditions
from acq_engine.training.streams import seeded

LARGEST_SHARE = 0.05  # of the minutes, for measuring; what has to be measured at all may take longer
MOST_SECONDS = 30.0
REPEATS = 3
FEW, MANY = 4, 32  # images in a pass: of large and of small ones
LARGE_SIDE = 96  # px
IN_DOUBLE = 2.0  # times as long take numbers of twice the length
FIT_INPUTS = 768
FIT_WORK = (2 + IN_DOUBLE * 4 / 3) * FIT_INPUTS**3 / 1e9
GATHERED = 2 * 64 * 9 * 1024 / 1e6
MEASURING_SEED = 12_000_003

Stop = Callable[[], bool]


def describe_case(
    config: RunConfig, loaded: LoadedModel, test_set: TestSet | None, device: torch.device,
    bank: tuple[int, int] = (0, 0),
) -> Case:
    """What a plan has to know of the network, its images and the machine.

    `bank`: images of another run that are reused, optimized in its generator's place, and their steps.
    """
    multiply_adds, outputs = workload(loaded)
    shape = loaded.input_shape
    fitting, gathered = fitting_work(loaded, rounding_count(shape, config.quantization))
    return Case(
        classes=loaded.num_classes, procedural=procedural_count(shape),
        test_images=0 if test_set is None else len(test_set), interim_images=interim_count(shape),
        rounding_images=rounding_count(shape, config.quantization), reused=config.generator.start is not None,
        free_bytes=free_memory(device), device=str(device), threads=torch.get_num_threads(),
        multiply_adds=multiply_adds, outputs=outputs,
        sensitivity=sensitivity_images(_layer_count(loaded), shape, config.quantization),
        fitting=fitting, gathered=gathered, correction_images=correction_count(shape, config.quantization),
        bank_images=bank[0], bank_steps=bank[1],
    )


def _layer_count(loaded: LoadedModel) -> int:
    return sum(isinstance(module, nn.Conv2d | nn.Linear) for module in loaded.module.modules())


def fitting_work(loaded: LoadedModel, images: int) -> tuple[float, float]:
    """What fitting the rounding of all layers on so many images takes beside passes (see `gptq`): billions of
    multiply-adds of its algebra, and millions of inputs that it picks out of what layers read.

    Sums of products of K inputs grow with K squared, and their inverses with K cubed: for a layer of 4,608 inputs that
    takes many times as long as passes through the whole network.
    """
    if not images:
        return 0.0, 0.0
    fitted = max(1, images - round(gptq.HELD_OUT * images))
    total = gathered = 0.0
    calls = probe(loaded.module, loaded.input_shape)
    layers = [loaded.module.get_submodule(path) for path in calls if path]
    shapes = [calls[path].shape for path in calls if path]
    for layer, shape in zip(layers, shapes, strict=True):
        if shape is None or not isinstance(layer, nn.Conv2d | nn.Linear):
            continue
        groups = layer.groups if isinstance(layer, nn.Conv2d) else 1
        inputs, outputs = layer.weight[0].numel(), len(layer.weight) / groups
        if inputs > gptq.LARGEST:
            continue
        positions = math.prod(shape[2:]) if isinstance(layer, nn.Conv2d) else math.prod(shape[1:-1])
        columns = min(max(gptq.FEWEST_COLUMNS, gptq.COLUMNS * inputs), positions * fitted)
        sums = columns * inputs**2
        inverses = IN_DOUBLE * (4 / 3 * inputs**3 + 1.5 * outputs * inputs**2)
        for share in gptq.TAKE_UP:
            total += groups * ((2 if share else 1) * sums + inverses)
            gathered += 2 * groups * inputs * columns
    return total / 1e9, gathered / 1e6


def measure_costs(
    config: RunConfig, loaded: LoadedModel, device: torch.device, seconds: float, *, stop: Stop = lambda: False
) -> StepCosts:
    """Time a few steps of each kind.

    Args:
        config: The settings, with the batch sizes that are wanted at most.
        loaded: The network; it stays as it is.
        device: Where the run will compute.
        seconds: What measuring should take at most. One step of each kind is always taken.
        stop: Asked between steps; true breaks off.

    Raises:
        StoppedError: `stop` was true.
        AcqError: the network can't be quantized, or its steps can't be run.
    """
    begin = time.monotonic()
    devices = [device.index or 0] if device.type == "cuda" else []
    with torch.random.fork_rng(devices=devices):
        found = _Measuring(config, loaded, device, begin + seconds, stop).costs()
    gc.collect()  # hooks and modules name each other
    release_free_memory()
    if device.type == "cuda":
        torch.cuda.empty_cache()
    return replace(found, measuring=time.monotonic() - begin)


class _Measuring:
    def __init__(
        self, config: RunConfig, loaded: LoadedModel, device: torch.device, until: float, stop: Stop
    ) -> None:
        self.device, self.until, self.stop = device, until, stop
        side = max(loaded.input_shape[1:])
        self.few = FEW if side > LARGE_SIDE else MANY
        self.wanted = config.schedule.generator_batch, config.schedule.student_batch
        schedule = config.schedule.model_copy(update={
            "warmup_steps": max(1, config.schedule.warmup_steps),
            "finetune_steps": max(1, config.schedule.finetune_steps), "generator_every": 0,
        })
        # Recording steps as CUDA graphs takes longer than measuring them: what is measured are plain ones.
        self.config = config.model_copy(
            update={"schedule": schedule, "seed": MEASURING_SEED, "cuda_graphs": False}, deep=True)
        self.loaded = replace(loaded, module=copy.deepcopy(loaded.module))
        self.session = TrainingSession(self.config, self.loaded, device)

    def costs(self) -> StepCosts:
        session, device = self.session, self.device
        teacher = session.teacher
        stream = seeded(0, 0, device)
        images = torch.randn(self.few, *self.loaded.input_shape, generator=stream, device=device)
        float_image = self._time(lambda: _quietly(lambda: teacher(images))) / self.few
        pixel_sample = self._time(lambda: self._pixels(images)) / self.few
        bank_sample = self._bank_sample(images)
        generator_bytes = self._bytes(lambda: session.generator_trainer.step(), "generator_batch")
        cycle = self._modes_every()
        generator = self._line(
            lambda: [session.generator_trainer.step() for _ in range(cycle)], "generator_batch", self.wanted[0], cycle)
        build = self._once(lambda: session.build_student())
        student = session.student
        assert student is not None
        # The ranges need not be good ones.
        simple = self.config.quantization.model_copy(update={"weight_range": "minmax", "rounding": "nearest"})
        calibrate(student, [images], simple, self.loaded.input_range())
        pair_image, ranges_image = self._pairs(student, images), self._ranges(student, images)
        quantized_image = self._time(lambda: _quietly(lambda: student(images))) / self.few
        student.eval()
        integer_image = self._time(lambda: _quietly(lambda: student(images))) / self.few
        student.train()
        trainer = session.begin_finetuning()
        classes = self.loaded.num_classes

        def student_steps() -> None:
            batch = self.config.schedule.student_batch
            samples = images.repeat(-(-batch // self.few), 1, 1, 1)[:batch]
            trainer.step(samples, torch.arange(batch, device=device) % classes)
            if trainer.has_replay:
                trainer.replay()

        student_bytes = self._bytes(student_steps, "student_batch")
        replays = 2 if self.config.schedule.second_look else 1
        each = self._line(student_steps, "student_batch", self.wanted[1], replays)
        return StepCosts(
            generator_step=generator[0], generator_sample=generator[1], student_step=each[0], student_sample=each[1],
            pixel_sample=pixel_sample, float_image=float_image, quantized_image=quantized_image,
            integer_image=integer_image, build=build, fit=self._time(self._fit) / FIT_WORK,
            gather=self._time(self._gather) / GATHERED, bank_sample=bank_sample, pair_image=pair_image,
            ranges_image=ranges_image,
            generator_bytes=generator_bytes, student_bytes=student_bytes,
        )

    def _modes_every(self) -> int:
        """Steps of the generator of which one compares both modes of the float model."""
        both = self.config.losses
        return both.modes_every if both.modes_bn or both.modes_output or both.modes_attention else 1

    # --- what a run does by itself, once more ---------------------------------------------------

    def _bank_sample(self, images: Tensor) -> float:
        """Seconds of a step of one image that is optimized directly, on average over steps with both modes and one."""
        session = self.session
        stream = seeded(MEASURING_SEED, 0)
        conditions = bank_conditions(session.snapshots.conditions, len(images), self.loaded.num_classes, 1.0, stream)
        bank = ImageBank(
            session.teacher, self.config, conditions, images, pixel_range(self.loaded), session.attention_layer,
            session.stages, steps=1000, stream=stream, has_centre=session.generator.has_centre,
            reduced=session.reduced)
        cycle = MODES_EVERY * self._modes_every()

        def at(step: int) -> float:
            def work() -> None:
                bank.done = step
                bank.step()

            return self._time(work)

        both, one = at(0), at(1) if cycle > 1 else 0.0
        return (both + (cycle - 1) * one) / cycle / min(len(images), self.config.schedule.generator_batch)

    def _pairs(self, student: QuantizedModel, images: Tensor) -> float:
        """Seconds of an image in the float and the quantized model side by side."""
        pairs = SideBySide(student.network, teacher_weights(student.layers()))
        seconds = self._time(lambda: _quietly(lambda: pairs.run_both(images))) / self.few
        student.set_mode("quantized")
        return seconds

    def _ranges(self, student: QuantizedModel, images: Tensor) -> float:
        """Seconds of an image while activations are observed."""
        for quantizer in student.activation_quantizers():
            quantizer.observer = RangeObserver(keep_values=True)
        student.set_mode("observe")
        seconds = self._time(lambda: _quietly(lambda: student(images))) / self.few
        for quantizer in student.activation_quantizers():
            quantizer.observer = None
        student.set_mode("quantized")
        return seconds

    def _gather(self) -> None:
        """Pick the inputs of outputs out of what a layer reads, as `gptq` does."""
        x = torch.zeros(64, 34, 34, device=self.device)
        places = torch.arange(1024, device=self.device)
        rows, columns = (start[:, None] + torch.arange(3, device=self.device)
                         for start in (places // 32, places % 32))
        parts = [x[:, rows[:, :, None], columns[:, None, :]].permute(0, 2, 3, 1).reshape(64, 9, 1024)
                 for _ in range(2)]
        torch.cat(parts, 2)

    # --- timing ----------------------------------------------------------------------------------

    def _once(self, work: Callable[[], Any]) -> float:
        if self.stop():
            raise StoppedError("Stopped while the run was planned.")
        self._wait()
        begin = time.monotonic()
        work()
        self._wait()
        return time.monotonic() - begin

    def _time(self, work: Callable[[], Any], *, warm: bool = False) -> float:
        """Median seconds of the work after a first time, which loads kernels; of the first where time is short.

        Args:
            work: What is timed.
            warm: It ran before.
        """
        first = self._once(work)
        if first * 2 > self.until - time.monotonic():
            return first
        times = [first] if warm else [self._once(work)]
        while len(times) < REPEATS and times[0] * 2 < self.until - time.monotonic():
            times.append(self._once(work))
        return statistics.median(times)

    def _line(self, work: Callable[[], Any], name: str, most: int, steps: int) -> tuple[float, float]:
        """Seconds of a step, and of each sample in it, from a small and, if there is time, a large batch.

        Args:
            work: Makes `steps` steps.
            name: The setting with their batch size; it is a small one now (see `_bytes`).
            most: The large one.
            steps: That the work makes.
        """
        schedule = self.config.schedule
        few = getattr(schedule, name)
        small = self._time(work, warm=True) / steps
        expected, left = steps * small * most / few, self.until - time.monotonic()
        if most >= 2 * few and expected < left / 2:
            setattr(schedule, name, most)
            # A third of what is left, since the student comes after the generator. The first of a size prepares kernels
            # for it, on the CPU as well; by itself it is still nearer than a few images' time, mostly overhead.
            large = (self._time(work) if 2 * expected < left / 3 else self._once(work)) / steps
            setattr(schedule, name, few)
            sample = (large - small) / (most - few)
            fixed = small - few * sample
            return (fixed, sample) if sample > 0 and fixed > 0 else (0.0, large / most)
        return 0.0, small / few

    def _bytes(self, work: Callable[[], Any], name: str) -> int:
        """Bytes that a step keeps for its way back, for each sample; the step's batch is small from now on.

        It is also the step that loads kernels.
        """
        few = min(FEW, getattr(self.config.schedule, name))
        setattr(self.config.schedule, name, few)
        kept: dict[int, int] = {}

        def pack(value: Tensor) -> Tensor:
            storage = value.untyped_storage()
            kept[storage.data_ptr()] = storage.nbytes()
            return value

        with torch.autograd.graph.saved_tensors_hooks(pack, lambda value: value):
            self._once(work)
        weights = sum(value.nbytes for value in self.loaded.module.state_dict().values())
        # As much again for gradients on their way, and for what a layer needs while it computes.
        return int(2 * max(0, sum(kept.values()) - weights) / few)

    def _wait(self) -> None:
        if self.device.type == "cuda":
            torch.cuda.synchronize(self.device)
        elif self.device.type == "mps":
            torch.mps.synchronize()

    def _fit(self) -> None:
        """The algebra of a layer of `FIT_INPUTS` inputs, as `gptq` does it."""
        place = torch.device("cpu") if self.device.type == "mps" else self.device
        seen = torch.randn(FIT_INPUTS, 2 * FIT_INPUTS, generator=seeded(0, 0, self.device), device=self.device)
        curvature = (seen @ seen.T).to(place, torch.float64)
        curvature.diagonal().add_(curvature.diagonal().mean())
        inverse = torch.cholesky_inverse(torch.linalg.cholesky(curvature))
        torch.linalg.cholesky(inverse, upper=True)

    def _pixels(self, images: Tensor) -> None:
        teacher = self.session.teacher
        pixels = images.clone().requires_grad_()
        found = teacher(pixels, statistics=True, reduced=self.session.reduced)
        assert found.statistics is not None
        loss = losses.bn_loss(found.statistics, teacher.stored_statistics()) + found.logits.logsumexp(1).mean()
        loss.backward()


@torch.no_grad()
def _quietly(work: Callable[[], Any]) -> None:
    work()
