"""Calibration on the built-in sample: few bits cost little, state survives, bad input is refused."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import Tensor

from acq_engine.control import Task
from acq_engine.errors import QuantizationError
from acq_engine.models import LoadedModel, load_model
from acq_engine.quantization import QuantizedModel, calibrate, quantize_model
from acq_engine.settings import ModelConfig, QuantizationConfig, TestSetConfig
from acq_engine.test_sets.loading import load_test_set
from tests.engine.quantization.networks import Tokens, settle


@pytest.fixture(scope="module")
def sample() -> LoadedModel:
    return load_model(ModelConfig())


@pytest.fixture(scope="module")
def images(sample: LoadedModel) -> Tensor:
    test_set = load_test_set(TestSetConfig(), sample)
    assert test_set is not None
    return sample.to_model_input(test_set.images[:320])


def calibrated(sample: LoadedModel, images: Tensor, **settings: object) -> QuantizedModel:
    config = QuantizationConfig(**settings)
    student = quantize_model(sample.module, images[:2], config)
    calibrate(student, images[256:].split(32), config)
    return student.eval()


@torch.no_grad()
def agreement(student: QuantizedModel, sample: LoadedModel, images: Tensor) -> float:
    return float((student(images).argmax(1) == sample.module(images).argmax(1)).float().mean())


@pytest.mark.parametrize(
    ("settings", "least"),
    [
        ({"weight_bits": 8, "activation_bits": 8}, 0.99),
        ({"weight_bits": 4, "activation_bits": 4}, 0.96),
        ({"weight_bits": 3, "activation_bits": 4}, 0.93),
        ({"weight_bits": 4, "activation_bits": 4, "convention": "A"}, 0.95),
        ({"weight_bits": 6, "activation_bits": 6, "weight_range": "minmax", "learned_scales": False}, 0.94),
    ],
)
def test_calibration_alone_keeps_most_answers(
    sample: LoadedModel, images: Tensor, settings: dict[str, object], least: float
) -> None:
    student = calibrated(sample, images, **settings)
    assert student.mode == "quantized"
    assert agreement(student, sample, images[:256]) >= least


@pytest.mark.parametrize("outputs", [12, 36])  # 36: as many as there are tokens
def test_a_linear_layer_on_tokens_is_corrected_by_its_outputs(outputs: int) -> None:
    torch.manual_seed(0)
    network = settle(Tokens(outputs))
    x = torch.randn(96, 1, 16, 16)
    config = QuantizationConfig(weight_bits=3, activation_bits=8, rounding="nearest")
    student = quantize_model(network, x[:2], config)
    weights = {layer.name: layer.weight.detach().clone() for layer in student.layers()}
    before = {layer.name: layer.bias.detach().clone() for layer in student.layers() if layer.bias is not None}
    calibrate(student, x.split(32), config)
    bias = next(layer.bias for layer in student.layers() if layer.name == "mix")
    assert bias is not None
    assert float((bias.detach() - before["mix"]).abs().max()) > 0
    layer = next(layer for layer in student.layers() if layer.name == "mix")
    seen: list[Tensor] = []
    layer.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    with torch.no_grad():
        student.train()(x)
        real, quantized = (layer.compute(seen[0], *given) for given in (
            (weights["mix"], before["mix"]), layer.quantized_parameters()))
    assert float((real - quantized).mean((0, 1)).abs().max()) < 0.1 * float((real - quantized).std()), "by output"
    with torch.no_grad():
        error = (student(x) - network(x)).abs().mean() / network(x).std()
    assert float(error) < 0.3


def test_the_search_beats_min_max(sample: LoadedModel, images: Tensor) -> None:
    found = [
        agreement(calibrated(sample, images, weight_bits=3, activation_bits=3, weight_range=kind), sample, images[:256])
        for kind in ("mse", "minmax")
    ]
    assert found[0] > found[1]


def test_the_input_keeps_black_and_white_though_no_sample_had_them(sample: LoadedModel, images: Tensor) -> None:
    config = QuantizationConfig(weight_bits=8, activation_bits=8)
    faint = [0.4 * batch for batch in images[256:].split(32)]
    low, high = sample.input_range()
    seen = []
    for known in (None, (low, high)):
        student = quantize_model(sample.module, images[:2], config)
        calibrate(student, faint, config, known)
        (quantizer,) = student.input_quantizers()
        black_and_white = torch.tensor([low, high])
        cut = (quantizer(black_and_white) - black_and_white).abs().max()
        seen.append(float(cut.detach()))
    assert seen[0] > 0.5
    assert seen[1] < 0.02


def test_bias_correction_brings_the_answers_closer(
    sample: LoadedModel, images: Tensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    corrected = calibrated(sample, images, rounding="nearest")
    monkeypatch.setattr("acq_engine.quantization.calibration.correct_biases", lambda *_: None)
    plain = calibrated(sample, images, rounding="nearest")
    with torch.no_grad():
        wanted = sample.module(images[:256]).softmax(1)
        distances = [
            float(torch.nn.functional.kl_div(one(images[:256]).log_softmax(1), wanted, reduction="batchmean"))
            for one in (corrected, plain)
        ]
    assert distances[0] < 0.7 * distances[1]


def test_state_goes_into_a_fresh_student_bit_for_bit(sample: LoadedModel, images: Tensor) -> None:
    student = calibrated(sample, images)
    config = QuantizationConfig()
    fresh = quantize_model(sample.module, torch.zeros(2, *sample.input_shape), config)
    assert fresh.mode == "float"
    fresh.load_state_dict(copy.deepcopy(student.state_dict()))
    assert fresh.mode == "quantized"
    fresh.eval()  # as the student is
    with torch.no_grad():
        assert torch.equal(fresh(images[:32]), student(images[:32]))
    assert [one.zero_point for one in fresh.activation_quantizers()] == [
        one.zero_point for one in student.activation_quantizers()
    ]
    assert fresh.report() == student.report()
    twin = copy.deepcopy(student)
    with torch.no_grad():
        for parameter in twin.parameters():
            parameter.mul_(1.1)
        assert torch.equal(fresh(images[:32]), student(images[:32]))


def test_the_same_batches_give_the_same_student(sample: LoadedModel, images: Tensor) -> None:
    first, second = (calibrated(sample, images).state_dict() for _ in range(2))
    assert all(torch.equal(first[name], second[name]) for name in first if first[name].isfinite().all())


def test_the_report_says_what_each_layer_is(sample: LoadedModel, images: Tensor) -> None:
    student = calibrated(sample, images, weight_bits=3)
    report = student.report()
    assert [info.name for info in report] == [layer.name for layer in student.layers()]
    assert report[0].weight_bits == 8 and report[1].weight_bits == 3 and report[-1].kind == "linear"
    assert report[-1].activation_bits is None and report[-1].output_scale is None
    for info in report:
        assert info.weight_low <= 0 <= info.weight_high
        assert info.weight_error is not None and 0 < info.weight_error < 0.2
    assert report[1].weight_error is not None and report[0].weight_error is not None
    assert report[1].weight_error > 10 * report[0].weight_error
    assert report[0].clipping_rate is not None and 0 <= report[0].clipping_rate < 0.1


def test_nothing_to_calibrate_with(sample: LoadedModel) -> None:
    config = QuantizationConfig()
    student = quantize_model(sample.module, torch.zeros(2, *sample.input_shape), config)
    with pytest.raises(QuantizationError, match="no samples"):
        calibrate(student, [], config)
    with pytest.raises(QuantizationError) as caught:
        calibrate(student, [torch.full((2, *sample.input_shape), float("nan"))], config)
    assert "finite" in caught.value.message
    assert student.mode == "float"
    with pytest.raises(QuantizationError):
        student.set_mode("half")  # type: ignore[arg-type]


def test_parameters_come_in_two_groups(sample: LoadedModel, images: Tensor) -> None:
    student = calibrated(sample, images)
    scales, weights = student.scale_parameters(), student.weight_parameters()
    assert len(scales) == len(student.layers()) + len(student.activation_quantizers())
    assert not {id(one) for one in scales} & {id(one) for one in weights}
    assert len(scales) + len(weights) == len(list(student.parameters()))
    assert calibrated(sample, images, learned_scales=False).scale_parameters() == []
    kept = calibrated(sample, images, weight_range="minmax")
    assert len(kept.scale_parameters()) == len(kept.activation_quantizers())


@pytest.mark.parametrize("optimizer", ["sgd", "adamw"])
def test_training_follows_the_teacher_and_does_not_diverge(
    sample: LoadedModel, images: Tensor, optimizer: str
) -> None:
    student = calibrated(sample, images, weight_bits=3, activation_bits=3, rounding="nearest")
    groups = [
        {"params": student.weight_parameters(), "lr": 1e-3},
        {"params": student.scale_parameters(), "lr": 1e-3},
    ]
    step = torch.optim.SGD(groups) if optimizer == "sgd" else torch.optim.AdamW(groups)
    with torch.no_grad():
        target = sample.module(images).softmax(1)

    def loss() -> Tensor:
        return torch.nn.functional.kl_div(student(images[:48]).log_softmax(1), target[:48], reduction="batchmean")

    before = float(loss().detach())
    scales = [one.detach().clone() for one in student.scale_parameters()]
    for _ in range(16):
        step.zero_grad()
        loss().backward()
        step.step()
    assert float(loss().detach()) < 0.8 * before
    moved = [(new.detach() - old).abs().max() for new, old in zip(student.scale_parameters(), scales, strict=True)]
    assert 0 < float(max(moved)) < 0.2


def test_calibration_says_how_far_it_is_and_can_be_stopped_in_any_layer(sample: LoadedModel, images: Tensor) -> None:
    config = QuantizationConfig()
    seen: dict[Task, list[tuple[int, int]]] = {}
    student = quantize_model(sample.module, images[:2], config)
    calibrate(student, images[256:].split(32), config, told=lambda task, done, total: seen.setdefault(task, []).append(
        (done, total)), expected=64)
    assert list(seen) == ["samples", "rounding", "biases"]
    for told in seen.values():
        assert told == sorted(told)
        assert told[-1][0] == told[-1][1] > 0, "the last part is told"

    class StoppedError(Exception):
        pass

    def stops(task: Task, done: int, total: int) -> None:
        if task == "rounding" and done == 3:
            raise StoppedError

    student = quantize_model(sample.module, images[:2], config)
    with pytest.raises(StoppedError):
        calibrate(student, images[256:].split(32), config, told=stops)
