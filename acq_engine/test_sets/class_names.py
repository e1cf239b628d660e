"""Which class of the model a folder's or a table's word means: a number, a WordNet id, or a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from acq_engine.errors import DataError

if TYPE_CHECKING:
    from acq_engine.models.loaded import LoadedModel

IMAGENET_CLASSES = 1000
_WORDNET_ID = re.compile(r"n\d{8}")
_NUMBER = re.compile(r"[0-9]{1,9}(\.0*)?")  # spreadsheets write 3 as 3.0


@lru_cache(maxsize=1)
def wordnet_ids() -> dict[str, int]:
    """The 1,000 WordNet ids of ILSVRC-2012 with their class numbers (their alphabetical order)."""
    text = (files("acq_engine.test_sets") / "imagenet_wordnet_ids.txt").read_text("ascii")
    return {word: index for index, word in enumerate(text.split())}


def are_numbers(words: Sequence[str]) -> bool:
    """Every word is a number, such as "3" or a spreadsheet's "3.0"."""
    return all(_NUMBER.fullmatch(word) for word in words)


def plain(name: str) -> str:
    """A name without case, signs that folders can't have, and doubled blanks: "Ankle_boot" is "ankle boot"."""
    return re.sub(r"[\s_\-/\\:]+", " ", name).strip().casefold()


def classes_of(words: Sequence[str], loaded: LoadedModel) -> tuple[dict[str, int], tuple[str, ...]]:
    """The class number of every word, and the class names that follow from it (or none).

    Tried in this order: the model's class names (also one of several after commas), WordNet ids, whole
    numbers, and, if there are as many different words as classes, their alphabetical order.

    Args:
        words: The different words, such as folder names.
        loaded: The model.

    Raises:
        DataError: the words fit none of these.
    """
    ordered = sorted(set(words))
    names = by_name(ordered, loaded.class_names)
    if names and len(names) < len(ordered):
        # Their alphabetical order would mean other classes than these names do.
        strange = [word for word in ordered if word not in names]
        raise DataError(
            f"{len(names)} of {len(ordered)} classes have the model's names, the others do not.",
            cause=f"Not known, or not clear: {', '.join(strange[:5])}{', ...' if len(strange) > 5 else ''}.",
            hint="Use the model's names, or name all folders by class number from 0.",
        )
    if names:
        return names, loaded.class_names
    if loaded.num_classes == IMAGENET_CLASSES and all(_WORDNET_ID.fullmatch(word) for word in ordered):
        known = wordnet_ids()
        strange = [word for word in ordered if word not in known]
        if not strange:
            return {word: known[word] for word in ordered}, loaded.class_names
        raise DataError(
            f"{strange[0]} is not one of ImageNet's 1,000 classes.", hint="Remove that folder, or rename it."
        )
    if are_numbers(ordered):
        return {word: int(word.partition(".")[0]) for word in ordered}, loaded.class_names
    if len(ordered) == loaded.num_classes:
        return {word: index for index, word in enumerate(ordered)}, tuple(ordered)
    raise DataError(
        f"The test set has {len(ordered)} classes, the model {loaded.num_classes}.",
        cause=f"Their names are {', '.join(ordered[:5])}{', ...' if len(ordered) > 5 else ''}.",
        hint="Use one folder per class, or name the folders by class number from 0.",
    )


def by_name(words: Sequence[str], class_names: Sequence[str]) -> dict[str, int]:
    """The words that are names of the model's, each of one class.

    Args:
        words: The different words, such as folder names.
        class_names: The model's.
    """
    known: dict[str, int] = {}
    twice: set[str] = set()
    for index, name in enumerate(class_names):
        for part in {plain(name), *(plain(part) for part in name.split(","))}:
            if known.setdefault(part, index) != index:
                twice.add(part)  # ImageNet has two cranes and two maillots: the word alone can't tell
    return {word: known[plain(word)] for word in words if plain(word) in known and plain(word) not in twice}
