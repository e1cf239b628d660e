"""Finding a text by a few of its letters."""

from __future__ import annotations


def fuzzy_score(query: str, text: str) -> float | None:
    """How well a text fits what was typed; None if its letters don't appear in this order.

    Letters at the start of a word and letters that follow each other count more.
    """
    wanted, letters = query.lower().replace(" ", ""), text.lower()
    score, at, last = 0.0, 0, -2
    for letter in wanted:
        found = letters.find(letter, at)
        if found < 0:
            return None
        starts_word = found == 0 or not letters[found - 1].isalnum()
        score += 1 + 2 * starts_word + 2 * (found == last + 1)
        last, at = found, found + 1
    return score - 0.01 * len(text)
