"""How settings differ from the defaults of their method and preset, in words."""

from __future__ import annotations

from acq_app.appearance.language import setting_words
from acq_app.settings.fields import field_specs
from acq_app.settings.run_settings import defaults_of, value_at
from acq_engine.settings import RunConfig

MOST_DIFFERENCES = 5  # named in a row; the tooltip and "Use its settings" have all


def differences(config: RunConfig) -> str:
    """The settings that are not the defaults of the method and the preset, in words; bits and model left out."""
    usual = defaults_of(config)
    found = []
    for path, spec in field_specs().items():
        value = value_at(config, path)
        if path.startswith(("model.", "test_set.")) or path.endswith(("weight_bits", "activation_bits")):
            continue
        if path not in ("method", "schedule.preset") and value == value_at(usual, path):
            continue
        if path == "method":
            found.extend(["GDFQ"] if value == "gdfq" else [])
        elif path == "schedule.preset":
            found.extend([str(value)] if value != "custom" else [])
        else:
            found.append(f"{setting_words(spec.title)} {spec.value_text(value)}")
    more = len(found) - MOST_DIFFERENCES
    return ", ".join(found[:MOST_DIFFERENCES]) + (f", +{more}" if more > 0 else "")
