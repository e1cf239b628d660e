"""One generator step and one student step; nothing else.

Nothing here waits for the device: losses come back as detached tensors, and whoever reports them
decides when to read them.
"""

from acq_engine.training.generator import GeneratorTrainer
from acq_engine.training.student import StudentTrainer, guard, weight_units

__all__ = ["GeneratorTrainer", "StudentTrainer", "guard", "weight_units"]
