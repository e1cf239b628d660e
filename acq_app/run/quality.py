"""Whether a finished run's model can be used, in a word and a sentence with the reasons.

With test images the measured accuracy decides. Without, only signs are known: agreement with the float model on
samples, how good these samples are, and what quantization clips; the sentence says that it is a guess. Thresholds are
OURS.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from acq_app.appearance.language import grouped, metric_words
from acq_app.run.health import SIGNS, assess
from acq_app.run.state import WindowState

Grade = Literal["usable", "look", "poor"]
GRADES: tuple[Grade, ...] = ("usable", "look", "poor")

DROP = (2.0, 5.0)  # percentage points of top-1 from which it is no longer usable, and poor
AGREEMENT = (92.0, 80.0)  # percent, as in `health.SIGNS`
CLIPPED = (3.0, 15.0)  # percent of a layer's outputs
FEW_IMAGES = 100  # with fewer test images a drop of two points may be chance

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Quality:
    """The verdict.

    Attributes:
        grade: "usable", "look" (something is to be looked at first), or "poor".
        reason: What it rests on, one or two sentences.
        brief: The most important reason in a few words.
        measured: Whether accuracy was measured on test images; else it is a guess from signs.
    """

    grade: Grade
    reason: str
    brief: str
    measured: bool

    @property
    def word(self) -> str:
        """The grade in the user's language."""
        words = {"usable": translate("Quality", "Usable"), "look": translate("Quality", "Needs review"),
                 "poor": translate("Quality", "Poor")}
        return words[self.grade]

    @property
    def short(self) -> str:
        """Word and the most important reason."""
        return f"{self.word}: {self.brief}."

    @property
    def sentence(self) -> str:
        """Word and reason."""
        return f"{self.word}: {self.reason}"


def judge(state: WindowState) -> Quality | None:
    """The verdict about a run that has ended well; None while there is nothing to be judged.

    Args:
        state: What the run's events said.
    """
    results = state.results
    finished, found = results.finished, results.exported or results.student
    if finished is None or finished.state != "succeeded" or found is None:
        return None
    plain = results.float_
    grades: list[Grade] = []
    parts: list[str] = []
    if found.top1 is not None and plain is not None and plain.top1 is not None:
        measured = True
        drop = plain.top1 - found.top1
        grades.append(_grade(drop, *DROP, lower_is_better=True))
        images = grouped(found.images)
        if drop >= 0:
            text = translate("Quality", "top-1 falls by {0} points, from {1} % to {2} % on {3} test images")
            parts.append(text.format(f"{drop:.1f}", f"{plain.top1:.1f}", f"{found.top1:.1f}", images))
            brief = translate("Quality", "top-1 falls by {0} points").format(f"{drop:.1f}")
        else:
            parts.append(translate("Quality", "top-1 rises by {0} points, to {1} % on {2} test images").format(
                f"{-drop:.1f}", f"{found.top1:.1f}", images))
            brief = translate("Quality", "top-1 rises by {0} points").format(f"{-drop:.1f}")
        if found.agreement is not None:
            grades.append(_grade(found.agreement, *AGREEMENT, lower_is_better=False))
            parts.append(translate("Quality", "{0} % of the predictions agree with the float model's").format(
                f"{found.agreement:.1f}"))
        if found.images < FEW_IMAGES:
            grades.append("look")
            parts.append(translate("Quality", "these are too few images to be sure"))
    else:
        measured = False
        if found.agreement is None:
            return None
        grades.append(_grade(found.agreement, *AGREEMENT, lower_is_better=False))
        text = translate("Quality", "{0} % of the predictions agree with the float model's on {1} samples")
        parts.append(text.format(f"{found.agreement:.1f}", grouped(found.images)))
        brief = translate("Quality", "{0} % agreement on samples, no test images").format(f"{found.agreement:.1f}")
        grade, words = _health(state)
        grades.append(grade)
        parts.append(words)
    if state.clipped is not None:
        name, share = state.clipped
        grade = _grade(100 * share, *CLIPPED, lower_is_better=True)
        if not measured:
            grades.append(grade)
        clipped = f"{100 * share:.1f}"
        if float(clipped) > 0 and (not measured or grade != "usable"):
            parts.append(translate("Quality", "at most {0} % of a layer's outputs are clipped ({1})").format(
                clipped, name))
    if results.verified is not None and not results.verified.passed:
        grades.append("poor")
        brief = translate("Quality", "the exported file did not pass its verification")
        parts.insert(0, brief)
    sentence = "; ".join(parts) + "."
    if not measured:
        sentence += " " + translate("Quality", "Accuracy itself can't be known without test images.")
    return Quality(max(grades, key=GRADES.index), sentence, brief, measured)


def _grade(value: float, usable: float, poor: float, *, lower_is_better: bool) -> Grade:
    """The grade of one figure; `usable` and `poor` are the last values that still have the better grade."""
    flip = 1 if lower_is_better else -1
    if value * flip <= usable * flip:
        return "usable"
    return "look" if value * flip <= poor * flip else "poor"


def _health(state: WindowState) -> tuple[Grade, str]:
    """What the signs say about the samples on which all else rests."""
    levels = {sign: assess(sign, state.values.get(sign.key)).level for sign in SIGNS
              if sign.key.startswith("health/")}
    if all(level == "none" for level in levels.values()):
        return "look", translate("Quality", "the health of the samples is not known")
    ill = [metric_words(sign.label) for sign, level in levels.items() if level in ("warning", "bad")]
    if not ill:
        return "usable", translate("Quality", "the samples are healthy")
    words = translate("Quality", "the samples are not healthy ({0})").format(", ".join(ill))
    return ("poor" if list(levels.values()).count("bad") > 1 else "look"), words
