"""Health lines say in words what a bad number means."""

from __future__ import annotations

from acq_app.run.health import SIGN_BY_KEY, SIGNS, assess, is_learning, with_test_images
from acq_engine.events import METRIC_BY_KEY


def test_every_sign_is_a_metric_and_its_thresholds_are_ordered() -> None:
    for sign in SIGNS:
        assert sign.key in METRIC_BY_KEY
        assert (sign.warn_at > sign.bad_at) == sign.higher_is_better
        assert sign.means.endswith(".") and sign.change.endswith(".")


def test_collapse_is_told_with_what_to_change() -> None:
    verdict = assess(SIGN_BY_KEY["health/diversity"], 0.03)
    assert verdict.level == "bad"
    assert "nearly identical" in verdict.sentence and "pair" in verdict.sentence


def test_levels_at_the_edges() -> None:
    centre = SIGN_BY_KEY["health/centre_error"]
    assert assess(centre, 0.06).level == "good"
    assert assess(centre, 0.2).level == "good"
    assert assess(centre, 0.3).level == "warning"
    assert assess(centre, 0.4).level == "bad"
    assert assess(centre, None).level == "none"


def test_nobody_is_alarmed_early() -> None:
    sign = SIGN_BY_KEY["health/class"]
    assert is_learning(sign, "warmup", 150, 200) and not is_learning(sign, "warmup", 200, 200)
    centre = SIGN_BY_KEY["health/centre_error"]
    assert is_learning(centre, "warmup", 10, 200) and not is_learning(centre, "warmup", 150, 200)
    verdict = assess(sign, 20.0, learning=True)
    assert assess(sign, 99.0, learning=True).level == "learning", "nothing is judged before it can be"
    assert verdict.level == "learning" and not verdict.sentence and verdict.text == "20 %"


def test_agreement_on_samples_that_images_do_not_share_is_a_warning() -> None:
    good = assess(SIGN_BY_KEY["accuracy/agreement"], 96.0)
    same = with_test_images(good, {"accuracy/agreement": 96.0, "accuracy/agreement_test": 92.0})
    assert same is good
    apart = with_test_images(good, {"accuracy/agreement": 96.0, "accuracy/agreement_test": 72.0})
    assert apart.level == "warning" and "24.0 percentage points lower" in apart.sentence
    assert with_test_images(good, {"accuracy/agreement": 96.0}) is good
