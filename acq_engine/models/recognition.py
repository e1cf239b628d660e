"""Finding the architecture that a bare state dict belongs to, by the names and shapes of its tensors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from torch import Tensor

from acq_engine.errors import ArchitectureError
from acq_engine.models import timm_models
from acq_engine.models.matching import match
from acq_engine.models.registry import Architecture, architecture, architectures
from acq_engine.models.weights import (
    State,
    differences,
    drop_auxiliary,
    infer_channels,
    infer_classes,
    listed,
    part_note,
    parts,
)

MATCHED = "The names in the file are those of no known network; its layers were matched to"
"""How the note begins that says so."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """How well an architecture explains the weights.

    Attributes:
        arch: Its name.
        similarity: Fraction of tensors (of both together) whose name and shape agree, 0..1.
        differences: The first differing keys in plain words; empty when all agree.
        num_classes: Read from the head; None when it is not there.
        channels: Read from the first convolution; None when it is not there.
    """

    arch: str
    similarity: float
    differences: tuple[str, ...]
    num_classes: int | None
    channels: int | None


@dataclass(frozen=True, slots=True)
class Recognition:
    """What was found in a state dict.

    Attributes:
        best: The architecture that explains every tensor; None when none does.
        also: Other architectures that explain every tensor as well: the weights alone can't tell.
        nearest: The three most similar ones otherwise, best first.
    """

    best: Candidate | None
    also: tuple[str, ...]
    nearest: tuple[Candidate, ...]

    @property
    def confidence(self) -> float:
        """1 when exactly one architecture fits, less when several do, 0 when none does."""
        return 1 / (1 + len(self.also)) if self.best else 0.0


def recognise(state: Mapping[str, Tensor]) -> Recognition:
    """Compare a state dict (cleaned, see `weights.clean_keys`) with every known architecture.

    Only architectures of the right family are built (on the meta device) where the keys tell the family.
    """
    known = list(architectures().values())
    likely = [entry for entry in known if not entry.signature or entry.signature in state]
    exact: list[Candidate] = []
    compared: list[Candidate] = []
    for entry in likely or known:
        candidate = compare(entry, state)
        compared.append(candidate)
        if not candidate.differences:
            exact.append(candidate)
    if not exact:
        # timm has more than a thousand networks: only the usual ones are tried, and only when nothing else fits.
        others = [compare(architecture(name), state) for name in timm_models.usual_names(state)]
        exact = [candidate for candidate in others if not candidate.differences]
        compared += others
    ranked = sorted(compared, key=lambda candidate: -candidate.similarity)[:3]
    # Networks that differ in strides alone have the same weights: the one with the usual class count comes first.
    exact.sort(key=lambda candidate: candidate.num_classes not in architecture(candidate.arch).usual_classes())
    if not exact:
        return Recognition(None, (), tuple(ranked))
    return Recognition(exact[0], tuple(candidate.arch for candidate in exact[1:]), tuple(ranked))


def compare(entry: Architecture, state: Mapping[str, Tensor]) -> Candidate:
    """How well `entry` explains the weights, with the class count and channels that they have."""
    own = drop_auxiliary(dict(state), entry.name)
    classes, channels = infer_classes(entry, own), infer_channels(entry, own)
    template = entry.template(classes, channels)
    lines = differences(template, own)
    same = sum(key in own and own[key].shape == value.shape for key, value in template.items())
    return Candidate(entry.name, same / max(len(template.keys() | own.keys()), 1), tuple(lines[:5]), classes, channels)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The architecture that was taken for some weights.

    Attributes:
        entry: The architecture.
        state: The weights that it explains, under its names.
        notes: Sentences about what was chosen.
        others: Architectures that the weights may just as well belong to.
        matched: Names were matched by shapes, which has to be checked.
    """

    entry: Architecture
    state: State
    notes: tuple[str, ...]
    others: tuple[tuple[Architecture, State], ...] = ()
    matched: bool = False


def choose_part(state: State) -> Chosen:
    """The architecture of a bare state dict.

    Where the whole is of no known family, that of the largest part under one prefix; where no names fit, the one whose
    layers have the same shapes.

    Raises:
        ArchitectureError: none fits; the cause lists the three nearest with their first differing keys.
    """
    if not _has_signature(state):  # comparing the whole with everything would take half a minute
        for prefix, part in parts(state):
            found = recognise(part) if _has_signature(part) else None
            if found is not None and found.best is not None:
                return _chosen(found, part, part_note(prefix, state))
    whole = recognise(state)
    if whole.best is not None:
        return _chosen(whole, state)
    inner = _with_more((architecture(candidate.arch) for candidate in whole.nearest), state)
    if inner is not None:
        return inner
    for prefix, part in (("", state), *parts(state)):
        matched = match(part)
        if matched:
            (entry, renamed), *others = matched
            notes = [f"{MATCHED} {entry.name} by their shapes, in the order of the file.",
                     *([part_note(prefix, state)] if prefix else [])]
            return Chosen(entry, renamed, tuple(notes), tuple(others), matched=True)
    raise unknown(whole)


def _with_more(entries: Iterable[Architecture], state: State) -> Chosen | None:
    """A network of which all is there, beside what stands alone, such as a second head or a loss's weights."""
    for entry in entries:
        own = drop_auxiliary(state, entry.name)
        template = entry.template(infer_classes(entry, own), infer_channels(entry, own))
        used = {key: value for key, value in own.items() if key in template}
        rest = [key for key in own if key not in template]
        alone = not {key.partition(".")[0] for key in rest} & {key.partition(".")[0] for key in used}
        plain = all(own[key].dim() <= 2 and not key.endswith(("running_mean", "running_var")) for key in rest)
        if rest and alone and plain and not differences(template, used):
            return Chosen(entry, used, (f"The architecture was detected as {entry.name}.",
                                        f"Weights that are no part of it are not used: {listed(rest)}."))
    return None


def _has_signature(state: State) -> bool:
    return any(entry.signature and entry.signature in state for entry in architectures().values())


def chosen_by_name(entry: Architecture, state: State) -> Chosen:
    """The weights that an architecture explains: all, or the largest part under one prefix, or by their shapes.

    All as they are where none fits.
    """
    if compare(entry, state).differences:
        for prefix, part in parts(state):
            if not compare(entry, part).differences:
                return Chosen(entry, part, (part_note(prefix, state),))
        inner = _with_more((entry,), state)
        if inner is not None:
            return inner
        for prefix, part in (("", state), *parts(state)):
            for known, renamed in match(part):
                if known.name == entry.name:
                    notes = [f"{MATCHED} {entry.name} by their shapes, in the order of the file.",
                             *([part_note(prefix, state)] if prefix else [])]
                    return Chosen(entry, renamed, tuple(notes), matched=True)
    return Chosen(entry, state, ())


def _chosen(found: Recognition, state: State, *more: str) -> Chosen:
    assert found.best is not None
    notes = [f"The architecture was detected as {found.best.arch}."]
    others = tuple((architecture(name), state) for name in found.also)
    return Chosen(architecture(found.best.arch), state, (*notes, *more), others)


def unknown(found: Recognition) -> ArchitectureError:
    """The refusal of weights that no architecture explains."""
    lines = [
        f"{candidate.arch} ({candidate.similarity:.0%} alike): {'; '.join(candidate.differences[:3])}"
        for candidate in found.nearest
    ]
    return ArchitectureError(
        "The weights match no known architecture.",
        cause="\n".join(["Nearest:", *lines]),
        hint="If you have the model's Python source, use that file (it needs --trust), or choose the architecture with "
        "--arch.",
    )
