"""Whether a run can start, and if not, why: one short sentence each, shown beside Start."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from acq_app.appearance.language import said, setting_words
from acq_app.settings.fields import field_specs
from acq_engine.settings import RunConfig

translate = QCoreApplication.translate


def blockers(config: RunConfig, problems: Mapping[str, str], model_error: str = "",
             test_error: str = "") -> list[str]:
    """The reasons against a start, the most useful first; empty when it can start.

    Args:
        config: The last valid settings.
        problems: Reasons by path for fields whose text is not valid.
        model_error: Why the chosen model can't be used, when it was looked at.
        test_error: Why the chosen test images can't be used.
    """
    reasons: list[str] = []
    specs = field_specs()
    for path, reason in problems.items():
        title = setting_words(specs[path].title) if path in specs else path
        reasons.append(f"{title}: {reason[:1].lower()}{reason[1:]}")
    model = config.model
    if model.source == "checkpoint":
        # "model.py:build" names a function in the file
        file = model.path and Path(str(model.path).rpartition(":")[0] if ".py:" in model.path.name else model.path)
        if model.path is None or file is None or not file.is_file():
            reasons.append(
                translate("Readiness", "The model file does not exist: {0}.").format(model.path.name) if model.path
                else translate("Readiness", "No model file is selected."))
    elif not model.name:
        reasons.append(translate("Readiness", "Choose a model from {0}.").format(model.source))
    if model_error and not reasons:
        reasons.append(said(model_error))
    test = config.test_set.path
    if test is not None and not test.exists():
        reasons.append(translate("Readiness", "The test images do not exist: {0}.").format(test.name))
    elif test is not None and test_error:
        reasons.append(said(test_error))
    own = config.pictures.path
    if own is not None and not own.is_dir():
        reasons.append(translate("Readiness", "The folder of own images does not exist: {0}.").format(own.name))
    return reasons
