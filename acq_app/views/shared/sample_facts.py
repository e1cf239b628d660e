"""What can be said about samples: their order, and each one's facts in words. No widgets."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from acq_app.views.shared.axes import value_text
from acq_app.views.shared.marks import distances
from acq_engine.events import SamplesReady

translate = QCoreApplication.translate

SortKey = Literal["made", "centre", "confidence", "disagreement"]


def disagreement(samples: SamplesReady) -> NDArray[np.float32]:
    """How far teacher and student are apart, (N,): 1 more where they see different classes."""
    if samples.student_class is None:
        return np.zeros(len(samples.labels), np.float32)
    differs = np.asarray(samples.student_class != samples.teacher_class, np.float32)
    if samples.student_confidence is not None:
        differs = differs + np.abs(samples.student_confidence - samples.teacher_confidence)
    return differs


def ordered(samples: SamplesReady, labels: Collection[int] | None, key: SortKey) -> list[int]:
    """Indexes of the samples to show, in order.

    Args:
        samples: The samples.
        labels: Only samples of these classes; None: all.
        key: "made": as made; "centre": largest centre error first; "confidence": least sure first;
            "disagreement": teacher and student furthest apart first. Ties stay as made.
    """
    index = np.arange(len(samples.labels))
    if labels is not None:
        index = index[np.isin(samples.labels, list(labels))]
    if key == "made":
        return [int(i) for i in index]
    if key == "centre":
        error = distances(samples.asked, samples.measured)
        rank = -error if error is not None else np.zeros(len(samples.labels), np.float32)
    elif key == "confidence":
        rank = samples.teacher_confidence
    else:
        rank = -disagreement(samples)
    return [int(i) for i in index[np.argsort(rank[index], kind="stable")]]


def class_name(names: tuple[str, ...], label: int) -> str:
    """The class's name, or its number where it has none."""
    return names[label] if 0 <= label < len(names) else translate("SampleFacts", "class {0}").format(label)


def short_class_name(names: tuple[str, ...], label: int) -> str:
    """The class's name for little room: of several synonyms, as ImageNet has them, the first; else its number."""
    if not 0 <= label < len(names):
        return str(label)
    return names[label].split(",")[0].strip() or names[label]


def is_odd(samples: SamplesReady, index: int) -> bool:
    """Whether teacher or student sees another class than was asked for."""
    label = samples.labels[index]
    student = samples.student_class
    return bool(samples.teacher_class[index] != label or (student is not None and student[index] != label))


def facts(
    samples: SamplesReady, index: int, names: tuple[str, ...], similarity: float | None = None,
) -> list[tuple[str, str]]:
    """Name and value of everything known about one sample."""
    label = int(samples.labels[index])
    rows = [(translate("SampleFacts", "Target class"), class_name(names, label))]
    seers = [(translate("SampleFacts", "Teacher prediction"), samples.teacher_class, samples.teacher_confidence)]
    if samples.student_class is not None and samples.student_confidence is not None:
        seers.append((translate("SampleFacts", "Student "
                                               "prediction"), samples.student_class, samples.student_confidence))
    for title, seen, confidence in seers:
        rows.append((title, class_name(names, int(seen[index]))))
        probability = value_text(100 * float(confidence[index]), "%")
        of = translate("SampleFacts", "  probability of {0}").format(class_name(names, label))
        rows.append((of, probability))
    if samples.asked is not None:
        rows.append((translate("SampleFacts", "Target centre"), _point(samples.asked[index])))
    rows.append((translate("SampleFacts", "Measured centre"), _point(samples.measured[index])))
    error = distances(samples.asked, samples.measured)
    if error is not None:
        rows.append((translate("SampleFacts", "Distance"), f"{float(error[index]):.2f}"))
    if similarity is not None:
        rows.append((translate("SampleFacts", "Attention similarity"), f"{similarity:.2f}"))
    return rows


def brief(samples: SamplesReady, index: int, names: tuple[str, ...]) -> str:
    """One sample in a line: class, probabilities, distance of the centres."""
    parts = [class_name(names, int(samples.labels[index]))]
    teacher = value_text(100 * float(samples.teacher_confidence[index]), "%")
    parts.append(translate("SampleFacts", "teacher {0}").format(teacher))
    if samples.student_confidence is not None:
        student = value_text(100 * float(samples.student_confidence[index]), "%")
        parts.append(translate("SampleFacts", "student {0}").format(student))
    error = distances(samples.asked, samples.measured)
    if error is not None:
        parts.append(translate("SampleFacts", "distance {0}").format(f"{float(error[index]):.2f}"))
    return " · ".join(parts)


def _point(centre: NDArray[np.float32]) -> str:
    return f"{float(centre[0]):+.2f}, {float(centre[1]):+.2f}".replace("-", "\u2212")
