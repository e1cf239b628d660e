"""What is not certain of a model and its test images, answered before a run begins (OURS).

An answer is a setting like any other: run.json has it, and a rerun does not ask again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from acq_engine.errors import Question
from acq_engine.models.input_check import check_input
from acq_engine.models.loaded import LoadedModel
from acq_engine.pipeline.preprocessing_check import preprocessing_doubt
from acq_engine.settings import RunConfig
from acq_engine.test_sets.test_set import TestSet

Ask = Callable[[Question], str]
"""Called with a question; returns one of its choices."""

Load = Callable[[RunConfig], tuple[LoadedModel, TestSet | None]]

LOOKED_AT = 64  # test images that show whether the model takes them as they are prepared


def load_and_ask(
    config: RunConfig, load: Load, ask: Ask | None
) -> tuple[RunConfig, LoadedModel, TestSet | None]:
    """Load, ask what is not certain, and load again with the answers.

    Args:
        config: The settings.
        load: Loads what they name.
        ask: None asks nothing.

    Returns:
        The settings with all answers, and what was loaded with them.

    Raises:
        AcqError: it can't be loaded.
    """
    asked: set[str] = set()
    loaded, test_set = load(config)
    while ask is not None:
        question = next((one for one in _questions(loaded, test_set) if one.setting not in asked), None)
        if question is None:
            break
        asked.add(question.setting)
        answer = ask(question)
        config = with_answer(config, question, answer)
        if answer != question.taken:
            loaded, test_set = load(config)
    loaded.questions = tuple(one for one in loaded.questions if one.setting not in asked)
    return config, loaded, test_set


def with_answer(config: RunConfig, question: Question, answer: str) -> RunConfig:
    """The settings with an answer."""
    section, _, name = question.setting.partition(".")
    values: dict[str, object] = {name: answer}
    if question.setting == "model.preprocessing" and answer != question.taken:
        values |= {"mean": None, "std": None}  # they would go before it
    return config.model_copy(update={section: getattr(config, section).model_copy(update=values)})


def _questions(loaded: LoadedModel, test_set: TestSet | None) -> Iterator[Question]:
    yield from loaded.questions
    if test_set is not None:
        yield from test_set.questions
        doubt = doubt_on_images(loaded, test_set)[1]
        if doubt is not None:
            yield doubt


def doubt_on_images(loaded: LoadedModel, test_set: TestSet) -> tuple[str, Question | None]:
    """A warning where the images don't match the training's statistics, and a question on their preprocessing.

    Args:
        loaded: On the CPU.
        test_set: Labelled images.
    """
    checked = check_input(loaded, loaded.to_model_input(test_set.some(LOOKED_AT)[0].images))
    warning = checked.warning if checked is not None else ""
    return warning, preprocessing_doubt(loaded, test_set, suspicious=bool(warning))
