"""What each phase of a run costs, from what single steps and images cost (OURS: factors measured at 32 and 224 px)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from acq_engine.events import Phase, StepCosts
from acq_engine.settings import QuantizationConfig

WATCHED = 256  # samples on which agreement is measured (`student_batches.UNSEEN_SAMPLES`)
INTERIM = 8  # looks at the test images during fine-tuning
CHECKED = 256  # images on which an export is checked
SNAPSHOT = 40  # samples that are looked at all through a run (`snapshots.PAIRS`)
IMAGE_STEPS = 40  # with which a procedural image is refined (`procedural_images.REFINING_STEPS`)
PROCEDURAL_VALUES = 3_150_000  # of all together (`procedural_images.BANK_VALUES`)
BANK_STEP = 1.4  # times a pixel step, where a bank's was not measured: more losses, now and then both modes
ROUNDING_VALUES = 1_500_000  # of the images on which rounding is fitted
FEWEST_IMAGES = 16  # procedural images from which ranges can be taken
JUDGED = 64  # procedural images whose batch-norm error is looked at

GENERATOR_FORWARD = 0.15  # of what a sample costs in a generator step
# Quantized passes that fitting the rounding takes for each of its images, besides its algebra (`fitting_work`), where
# passes of both networks were not measured: about 10 for a ResNet-50, about 30 for an EfficientNet-Lite0.
ROUNDING_PASSES = 20.0
# Passes of both networks side by side: two ways are fitted on three quarters of the images and all three judged on the
# rest (`gptq`), and biases are corrected in four ways (`bias_correction`), each layer once more in float.
ROUNDING_PAIRS, CORRECTION_PAIRS = 2 * 0.75 + 3 * 0.25, 4 * 1.3
REFERENCE = 3.0  # integer passes that the integer reference takes for an image
LAYER_REPORT = 8  # images on which layers are measured at 224 px; each takes about three passes
# Of one core, there and back: what a sample costs is what its multiplications and its outputs cost together.
MULTIPLY_ADDS_A_SECOND = 15e9
OUTPUTS_A_SECOND = 60e6
SMALL_SECONDS = 0.008
EXPORT_BUILDS = 3.0  # as long as the quantized model was in the making: capture, write, load, twice


@dataclass(frozen=True)
class Case:
    """The network, its images and the machine.

    Attributes:
        classes: Of the network.
        procedural: How many procedural images a run of such inputs has.
        test_images: Labelled images; 0: none.
        interim_images: Of these in one look during fine-tuning.
        rounding_images: On which rounding is fitted; 0: it is not.
        reused: Whether another run's generator is taken.
        bank_images: Of another run, optimized in its generator's place, that are taken; 0: none.
        bank_steps: That these had.
        free_bytes: Memory that is free on the device; 0: not known.
        device: Its name.
        threads: On the CPU.
        multiply_adds: Of the network for one image.
        outputs: Numbers that its layers put out.
        sensitivity: Float images whose passes measuring sensitivities takes; 0: bits are not allocated.
        fitting: Billions of multiply-adds that fitting the rounding takes besides passes (see `fitting_work`).
        gathered: Millions of inputs that it picks out (the same).
        correction_images: On which biases are corrected.
    """

    classes: int
    procedural: int
    test_images: int = 0
    interim_images: int = 50
    rounding_images: int = 64
    reused: bool = False
    bank_images: int = 0
    bank_steps: int = 0
    free_bytes: int = 0
    device: str = ""
    threads: int = 0
    multiply_adds: int = 0
    outputs: int = 0
    sensitivity: float = 0.0
    fitting: float = 0.0
    gathered: float = 0.0
    correction_images: int = 0

    @property
    def work(self) -> float:
        """What an image costs, in seconds of the machine that the constants are of: for comparing networks."""
        return self.multiply_adds / MULTIPLY_ADDS_A_SECOND + self.outputs / OUTPUTS_A_SECOND

    @property
    def is_small(self) -> bool:
        """Whether the presets were made for networks of this size: of 32 px images, about."""
        return self.work <= SMALL_SECONDS


@dataclass
class Amounts:
    """How much of everything is done."""

    warmup: int
    finetune: int
    generator_batch: int
    student_batch: int
    calibration: int
    sample_every: int
    procedural: int
    generator_every: int = 0
    generator: bool = True  # False: it is left out
    bank_images: int = 0  # that stand in for it
    bank_rounds: int = 0  # steps of each of them; 0: refined procedural images stand in
    watch: int = WATCHED
    interim: int = INTERIM
    checked: int = CHECKED


def procedural_count(input_shape: Sequence[int]) -> int:
    """How many procedural images a run of such inputs (C, H, W) has (`procedural_images.make_procedural_images`)."""
    return max(JUDGED, min(1024, PROCEDURAL_VALUES // math.prod(input_shape)))


def interim_count(input_shape: Sequence[int]) -> int:
    """How many test images one look during fine-tuning takes."""
    return max(50, 500 * 32 * 32 // (input_shape[1] * input_shape[2]))


def rounding_count(input_shape: Sequence[int], quantization: QuantizationConfig) -> int:
    """On how many images of such inputs rounding is fitted (`calibration.RECONSTRUCTION`); 0: it is not."""
    eight = quantization.weight_bits == 8 and quantization.average_bits() is None
    if quantization.rounding != "reconstruct" or quantization.weight_range != "mse" or eight:
        return 0
    return min(512, max(64, ROUNDING_VALUES // math.prod(input_shape)))


def sensitivity_images(layers: int, input_shape: Sequence[int], quantization: QuantizationConfig) -> float:
    """Float images whose passes measuring layers and activations takes where a run allocates bits (`sensitivity`).

    Each is rounded to seven bit-widths, and what depends on it computed again: half of the network on average.
    """
    kinds = (quantization.average_bits() is not None) + (quantization.average_activation_bits() is not None)
    samples = max(8, min(64, 64 * 32 * 32 // (input_shape[1] * input_shape[2])))
    return 0.5 * kinds * layers * 7 * samples


def correction_count(input_shape: Sequence[int], quantization: QuantizationConfig) -> int:
    """On how many images of such inputs biases are corrected (`calibration.CORRECTION`); 0: they are not."""
    return min(256, max(16, 500_000 // math.prod(input_shape))) if quantization.weight_range == "mse" else 0


def scaled(costs: StepCosts, times: float) -> StepCosts:
    """The costs of another network on the same machine, whose images cost `times` as much; its size in layers differs
    less than that, so making the quantized model costs the same.
    """
    changed = {name: times * getattr(costs, name) for name in (
        "generator_step", "generator_sample", "student_step", "student_sample", "pixel_sample", "float_image",
        "quantized_image", "integer_image", "bank_sample", "pair_image", "ranges_image")}
    return replace(costs, **changed)


def bank_steps(amounts: Amounts) -> int:
    """Steps of a bank, each of a batch of its images."""
    return amounts.bank_rounds * -(-amounts.bank_images // max(2, amounts.generator_batch // 2 * 2))


def bank_sample(costs: StepCosts) -> float:
    """Seconds of a step of one image in a bank."""
    return costs.bank_sample or BANK_STEP * costs.pixel_sample


def _calibration_seconds(amounts: Amounts, costs: StepCosts, case: Case, made: float) -> float:
    """Ranges, rounding and biases. `made`: seconds in which the generator makes a sample."""
    seconds = (amounts.bank_images or amounts.calibration) * (made + (costs.ranges_image or costs.quantized_image))
    if not costs.pair_image:
        seconds += case.rounding_images * ROUNDING_PASSES * costs.quantized_image
    else:
        corrected = CORRECTION_PAIRS * case.correction_images
        seconds += (ROUNDING_PAIRS * case.rounding_images + corrected) * costs.pair_image
    return seconds + case.fitting * costs.fit + case.gathered * costs.gather


def evaluation_seconds(costs: StepCosts, case: Case) -> float:
    """Seconds for the accuracy of float, quantized and exported model on all test images."""
    return case.test_images * (2 * costs.float_image + costs.integer_image)


def phase_seconds(amounts: Amounts, costs: StepCosts, case: Case) -> dict[Phase, float]:
    """Expected seconds of each phase, what is measured and looked at in it included."""
    made = GENERATOR_FORWARD * costs.generator_sample  # one sample of the generator
    agreement = amounts.watch * (costs.float_image + costs.quantized_image)
    snapshot = SNAPSHOT * (made + 2 * costs.float_image)
    interim = min(case.interim_images, case.test_images) * costs.integer_image + agreement
    generator_step = costs.generator_step + amounts.generator_batch * costs.generator_sample
    student_step = costs.student_step + amounts.student_batch * costs.student_sample
    report = LAYER_REPORT * (made + 3 * costs.quantized_image)
    held_out = amounts.watch if amounts.generator else JUDGED

    prepare = (case.test_images + min(200, case.test_images) + min(64, case.test_images)) * costs.float_image
    warmup = amounts.warmup * generator_step + (1 + amounts.warmup // amounts.sample_every) * snapshot
    if amounts.bank_rounds:
        steps = bank_steps(amounts)
        warmup += amounts.bank_rounds * amounts.bank_images * bank_sample(costs)
        warmup += (1 + steps // amounts.sample_every) * snapshot
    calibrate = costs.build + _calibration_seconds(amounts, costs, case, made) + report + interim
    calibrate += case.sensitivity * costs.float_image
    if amounts.procedural and not amounts.bank_images:
        calibrate += amounts.procedural * IMAGE_STEPS * costs.pixel_sample + 2 * JUDGED * costs.float_image
        if amounts.generator:
            calibrate += WATCHED * (made + costs.float_image)
    looks = amounts.finetune // amounts.sample_every
    finetune = amounts.finetune * student_step + looks * (snapshot + SNAPSHOT * costs.quantized_image + agreement)
    if amounts.finetune:
        finetune += max(0, amounts.interim - 1) * interim + held_out * (costs.float_image + 2 * costs.integer_image)
        if amounts.generator_every:
            finetune += amounts.finetune / amounts.generator_every * generator_step
    evaluate = report + (case.test_images or amounts.checked) * costs.integer_image
    if not case.test_images:
        # Both networks on procedural images as well: as many, but never more than there are.
        drawn = min(amounts.checked, case.procedural) if amounts.generator or amounts.bank_images else 0
        evaluate += amounts.checked * (made + costs.float_image) + drawn * (costs.float_image + costs.integer_image)
    export = EXPORT_BUILDS * costs.build + case.test_images * costs.float_image
    export += amounts.checked * (costs.float_image + (1 + REFERENCE) * costs.integer_image)
    return {"prepare": prepare, "warmup": warmup, "calibrate": calibrate, "finetune": finetune, "evaluate": evaluate,
            "export": export}
