"""Experiments about the method: what its losses do, measured and drawn. A new one is one file and one line here."""

from acq_engine.experiments import centres, consistency, diversity, features, tradeoff
from acq_engine.experiments.base import Options, Result
from acq_engine.experiments.writing import About, check_target, write

EXPERIMENTS = {
    "centres": centres,
    "diversity": diversity,
    "consistency": consistency,
    "tradeoff": tradeoff,
    "features": features,
}
"""By name: modules with QUESTION and `run(subject, options) -> Result`."""

__all__ = ["EXPERIMENTS", "About", "Options", "Result", "check_target", "write"]
