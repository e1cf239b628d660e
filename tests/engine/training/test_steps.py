"""Steps of generator and student: the pool of samples, averaged weights, gradients kept in bounds."""

from __future__ import annotations

import copy

import pytest
import torch

from acq_engine.models import LoadedModel, load_model
from acq_engine.pipeline import revert
from acq_engine.pipeline.revert import revert_if_worse, said_of
from acq_engine.pipeline.session import TrainingSession
from acq_engine.quantization import calibrate
from acq_engine.settings import ModelConfig, RunConfig
from acq_engine.teacher.losses import NO_CLASS
from acq_engine.training import guard


@pytest.fixture(scope="module")
def loaded() -> LoadedModel:
    return load_model(ModelConfig())


def session(loaded: LoadedModel, **schedule: float) -> TrainingSession:
    config = RunConfig()
    values = {"generator_batch": 8, "student_batch": 8, "canvas_share": 0, "calibration_samples": 16,
              "finetune_steps": 6, "student_lr": 0.01, **schedule}
    for name, value in values.items():
        setattr(config.schedule, name, value)
    return TrainingSession(config, loaded, torch.device("cpu"))


def with_student(one: TrainingSession) -> TrainingSession:
    calibrate(one.build_student(), one.batches.for_calibration(), one.config.quantization)
    return one


def weights(one: TrainingSession) -> list[torch.Tensor]:
    assert one.student is not None
    return [parameter.detach().clone() for parameter in one.student.weight_parameters()]


def test_the_pool_holds_the_latest_samples_and_the_student_draws_from_it(loaded: LoadedModel) -> None:
    one = session(loaded, generator_every=1, pool_samples=12)
    batches = []
    for _ in range(3):
        one.generator_step()
        batches.append(one.generator_trainer.latest()[0])
    latest = torch.cat(batches)[-12:].flatten(1)
    drawn, labels = one.batches.next()
    assert len(labels) == 8
    distances = torch.cdist(drawn.flatten(1), latest)
    assert (distances.min(1).values < 1e-3).all()


def test_unseen_samples_are_made_in_batches_as_large_as_those_that_are_learned_from(loaded: LoadedModel) -> None:
    one, sizes = session(loaded), list[int]()
    with one.generator.register_forward_hook(lambda _module, _inputs, images: sizes.append(len(images))):
        samples, labels = one.batches.unseen()
    assert len(samples) == len(labels) == 256
    assert set(sizes) == {8}, "the generator normalises with the statistics of a batch"


def test_a_session_goes_on_from_pool_and_averages(loaded: LoadedModel) -> None:
    one = with_student(session(loaded, generator_every=1, averaging=0.9))
    for _ in range(2):
        one.generator_step()
        one.begin_finetuning().step(*one.batches.next())
    again = session(loaded, generator_every=1, averaging=0.9)
    again.load_state_dict(copy.deepcopy(one.state_dict()))
    for each in (one, again):
        each.generator_step()
        each.begin_finetuning().step(*each.batches.next())
        each.begin_finetuning().finish()
    assert all(torch.equal(a, b) for a, b in zip(weights(one), weights(again), strict=True))


def test_the_teachers_answers_to_the_generators_samples_are_not_asked_for_again(loaded: LoadedModel) -> None:
    def started(**losses: float) -> TrainingSession:
        one = session(loaded, generator_every=1, flip=False, mixup=False)
        for name, value in losses.items():
            setattr(one.config.losses, name, value)
        with_student(one).generator_step()
        one.begin_finetuning()
        return one

    known, asked, features = started(feature=0), started(feature=0), started()
    asked.begin_finetuning().step(*asked.batches.next())
    for one in (known, features):
        one.begin_finetuning().teacher = None  # type: ignore[assignment]
    known.student_step()
    assert all(torch.allclose(a, b, atol=1e-5) for a, b in zip(weights(known), weights(asked), strict=True))
    with pytest.raises(TypeError):
        features.student_step()

    again = session(loaded, generator_every=1, flip=False, mixup=False)
    state = known.state_dict()
    again.load_state_dict(state | {"pool": state["pool"][:2]})  # as checkpoints were before they held answers
    restored = again.state_dict()["pool"]
    assert len(restored) == 3 and torch.allclose(restored[2], state["pool"][2], atol=0.3)


def test_averaged_weights_lie_between_those_of_the_steps(loaded: LoadedModel) -> None:
    one = with_student(session(loaded, averaging=0.9))
    trainer = one.begin_finetuning()
    seen = []
    for _ in range(4):
        trainer.step(*one.batches.next())
        seen.append(weights(one))
    trainer.finish()
    for average, *steps in zip(weights(one), *seen, strict=True):
        stacked = torch.stack(steps)
        assert (average >= stacked.min(0).values - 1e-6).all()
        assert (average <= stacked.max(0).values + 1e-6).all()
    assert any(not torch.equal(a, b) for a, b in zip(weights(one), seen[-1], strict=True))


def test_without_averaging_the_last_step_counts(loaded: LoadedModel) -> None:
    one = with_student(session(loaded))
    trainer = one.begin_finetuning()
    trainer.step(*one.batches.next())
    last = weights(one)
    trainer.finish()
    assert all(torch.equal(a, b) for a, b in zip(weights(one), last, strict=True))


def test_a_wild_gradient_is_shortened_and_the_others_stay() -> None:
    wild, calm, none = (torch.zeros(4, requires_grad=True) for _ in range(3))
    wild.grad, calm.grad = torch.full((4,), 1e6), torch.full((4,), 0.1)
    guard([wild, calm, none], 2.0)
    assert torch.isclose(wild.grad.norm(), torch.tensor(2.0))
    assert torch.equal(calm.grad, torch.full((4,), 0.1))
    assert none.grad is None


def test_a_batch_is_seen_a_second_time_moved_towards_what_was_wrong(loaded: LoadedModel) -> None:
    one = with_student(session(loaded, second_look=0.2, mixup=False, flip=False))
    trainer = one.begin_finetuning()
    samples, labels = one.batches.next()
    assert one.student is not None
    trainer.step(samples, labels)
    assert trainer.has_replay
    moved = trainer.state_dict()["hard"][0]
    low, high = loaded.input_range()
    assert low - 1e-5 <= float(moved.min()) and float(moved.max()) <= high + 1e-5
    inside = samples.clamp(low, high)
    assert 0 < float((moved - inside).square().mean().sqrt()) <= 0.21
    trainer.replay()
    assert not trainer.has_replay


def test_a_session_goes_on_with_a_second_look(loaded: LoadedModel) -> None:
    one = with_student(session(loaded, second_look=0.2))
    one.student_step()
    again = session(loaded, second_look=0.2)
    again.load_state_dict(copy.deepcopy(one.state_dict()))
    for each in (one, again):
        each.student_step()
        each.student_step()
    assert all(torch.equal(a, b) for a, b in zip(weights(one), weights(again), strict=True))


def test_a_weight_moves_by_the_rate_in_steps_of_its_channels_grid(loaded: LoadedModel) -> None:
    one = with_student(session(loaded, second_look=0, student_lr=0.1, scale_lr=0.0))
    assert one.student is not None
    trainer = one.begin_finetuning()
    before = [layer.weight.detach().clone() for layer in one.student.layers()]
    trainer.step(*one.batches.next())
    rate = trainer.optimizer.param_groups[0]["lr"]
    for layer, old in zip(one.student.layers(), before, strict=True):
        step = layer.weight_quantizer.log_scale.exp() * 2.0 ** (layer.bits - 4)
        moved = ((layer.weight - old).abs().flatten(1).amax(1) / step).detach()
        assert float(moved.max()) == pytest.approx(rate, rel=0.02)


@pytest.mark.parametrize(("decay", "expected"), [
    ("cosine", [0.5, 1, 0.951, 0.814, 0.615, 0.395, 0.196, 0.059]),
    ("quarters", [0.5, 1, 0.1, 0.1, 0.01, 0.01, 0.001, 0.001]),
])
def test_rates_rise_once_and_fall_as_they_are_told(loaded: LoadedModel, decay: str, expected: list[float]) -> None:
    one = session(loaded, finetune_steps=8)
    one.config.schedule.decay = decay  # type: ignore[assignment]
    trainer = with_student(one).begin_finetuning()
    rates = []
    for _ in expected:
        trainer.step(*one.batches.next())
        rates.append([group["lr"] / group["rate"] for group in trainer.optimizer.param_groups])
    for found, factor in zip(rates, expected, strict=True):
        assert found == pytest.approx([factor] * len(found), abs=0.001)


def test_fine_tuning_that_did_harm_is_undone_and_said(loaded: LoadedModel) -> None:
    one = with_student(session(loaded))
    one.begin_finetuning()
    good = weights(one)
    assert one.student is not None
    with torch.no_grad():
        for parameter in one.student.weight_parameters():
            parameter.add_(torch.randn(parameter.shape))
    result = revert_if_worse(one, 10, 40)
    assert result is not None
    assert (result.kept, result.step) == (False, 10), "the weights are those of before the first step"
    assert result.after > result.before
    said = said_of(result)
    assert said is not None
    assert (said.level, "the calibrated weights are kept" in said.text) == ("warning", True)
    assert all(torch.equal(a, b) for a, b in zip(weights(one), good, strict=True))
    with torch.no_grad():
        one.student.weight_parameters()[0].fill_(float("nan"))
    result = revert_if_worse(one, 10, 40)
    assert result is not None
    said = said_of(result)
    assert said is not None
    assert said.level == "warning"
    assert all(torch.equal(a, b) for a, b in zip(weights(one), good, strict=True))
    result = revert_if_worse(one, 10, 40)
    assert result is not None
    assert (result.kept, result.step, said_of(result)) == (True, 40, None)


def test_fine_tuning_that_changed_little_is_no_warning(loaded: LoadedModel, monkeypatch: pytest.MonkeyPatch) -> None:
    one = with_student(session(loaded))
    one.begin_finetuning()
    found = iter((0.10, 0.11))  # before fine-tuning, after it
    monkeypatch.setattr(revert, "divergence", lambda *_: next(found))
    result = revert_if_worse(one, 10, 40)
    assert result is not None
    said = said_of(result)
    assert said is not None
    assert (said.level, "did not help" in said.text) == ("info", True)


def test_samples_that_the_teacher_does_not_recognise_give_way_to_canvases(loaded: LoadedModel) -> None:
    one = session(loaded, canvas_share=0.5, canvas_limit=100)
    one.batches.procedural = torch.full((4, *loaded.input_shape), 0.25, dtype=torch.float16)
    said = one.batches.weigh_samples()  # a generator that has learned nothing
    assert "procedural images make up" in said
    _, labels = zip(*(one.batches.next() for _ in range(40)), strict=True)
    share = float((torch.cat(labels) == NO_CLASS).float().mean())
    assert share == pytest.approx(1 - 0.5 * one.batches.recognised, abs=0.12)
