"""Whether a run can start, and if not, why: one short sentence each, shown beside Start."""

from __future__ import annotations

from collections.abc import Mapping

from acq_app.fields import field_specs
from acq_engine.config import RunConfig


def blockers(config: RunConfig, problems: Mapping[str, str], model_error: str = "") -> list[str]:
    """The reasons against a start, the most useful first; empty when it can start.

    Args:
        config: The last valid settings.
        problems: Reasons by path for fields whose text is not valid.
        model_error: Why the chosen model can't be used, when it was looked at.
    """
    reasons: list[str] = []
    specs = field_specs()
    for path, reason in problems.items():
        title = specs[path].title if path in specs else path
        reasons.append(f"{title}: {reason[:1].lower()}{reason[1:]}")
    model = config.model
    if model.source == "checkpoint":
        if model.path is None or not model.path.is_file():
            reasons.append(f"The model file is not there: {model.path.name if model.path else 'none chosen'}.")
    elif model.source == "torchvision" and not model.name:
        reasons.append("Choose a torchvision model.")
    if model_error and not reasons:
        reasons.append(model_error)
    test = config.test_set.path
    if test is not None and not test.exists():
        reasons.append(f"The test images are not there: {test.name}.")
    return reasons
