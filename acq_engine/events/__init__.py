"""What a run tells the world: frozen dataclasses of plain values and numpy arrays.

No tensors: an event may cross a thread, a process or a file. Image arrays are uint8 RGB,
positions are (x, y) in [-1, 1] with (-1, -1) the top left corner's outer edge, percentages
are in 0..100, fractions in 0..1. A value that was not measured is None (never 0).
"""

from __future__ import annotations

from acq_engine.events.base import (
    F32,
    I64,
    PHASE_TITLES,
    PHASES,
    U8,
    Event,
    Phase,
)
from acq_engine.events.course import (
    Checkpointed,
    Failed,
    FineTuned,
    Finished,
    LogMessage,
    Paused,
    PhaseStarted,
    Resumed,
    RunStarted,
    StepMetrics,
)
from acq_engine.events.evaluation import (
    Evaluated,
    PredictionsCompared,
    Subject,
)
from acq_engine.events.export import (
    FLOAT_PRODUCTS,
    INTEGER_PRODUCTS,
    Exported,
    Verified,
    matrix_products,
)
from acq_engine.events.layers import (
    LayerInfo,
    LayerReport,
)
from acq_engine.events.metrics import (
    METRIC_BY_KEY,
    METRICS,
    Metric,
)
from acq_engine.events.plan import (
    ModelSummary,
    PhasePlan,
    Planned,
    PlannedPhase,
    RunPlan,
    StepCosts,
)
from acq_engine.events.samples import (
    AttentionReady,
    FeaturesReady,
    SamplesReady,
)

__all__ = [
    "EVENT_TYPES", "F32", "FLOAT_PRODUCTS", "I64", "INTEGER_PRODUCTS", "METRICS", "METRIC_BY_KEY", "PHASES",
    "PHASE_TITLES", "U8", "AttentionReady", "Checkpointed", "Evaluated", "Event", "Exported", "Failed",
    "FeaturesReady", "FineTuned", "Finished", "LayerInfo", "LayerReport", "LogMessage", "Metric",
    "ModelSummary", "Paused", "Phase", "PhasePlan", "PhaseStarted", "Planned", "PlannedPhase",
    "PredictionsCompared", "Resumed", "RunPlan", "RunStarted", "SamplesReady", "StepCosts", "StepMetrics",
    "Subject", "Verified", "matrix_products",
]

EVENT_TYPES: dict[str, type[Event]] = {
    cls.kind(): cls
    for cls in (
        RunStarted, Planned, PhaseStarted, StepMetrics, SamplesReady, AttentionReady, FeaturesReady, LayerReport,
        Checkpointed, FineTuned, Evaluated, PredictionsCompared, Exported, Verified,
        Paused, Resumed, LogMessage, Finished, Failed,
    )
}
