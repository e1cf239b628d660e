"""Damaged files: the same damage for the same seed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

# What may stand where something else is expected.
VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 2**70, 10**400, 1e308, float("nan"), float("inf"), "", "x", "\ud800", "a\0b", "../../x", [], {},
    [[]], {"a": 1},
)
PIECES = (b"\0", b"\n", b"\r\n", b'"', b"{", b"]", b"null", b"1e999", b"-9" * 40, b"[" * 200_000, b'{"a":' * 50_000,
          b"\xff\xfe", b",", b"\\ud800")


def damaged(data: bytes, seed: int) -> bytes:
    """The bytes with one thing changed: a bit, a byte, a piece put in, taken out or doubled, an end cut off."""
    chance = random.Random(seed)
    place = chance.randrange(len(data))
    piece = data[place:place + chance.randrange(1, 40)]
    match chance.randrange(6):
        case 0:
            return data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1:]
        case 1:
            return data[:place] + bytes([chance.randrange(256)]) + data[place + 1:]
        case 2:
            return data[:place] + chance.choice(PIECES) + data[place:]
        case 3:
            return data[:place] + data[place + len(piece):]
        case 4:
            return data[:place] + piece * chance.randrange(2, 50) + data[place:]
        case _:
            return data[:place]


def with_another_value(data: Any, seed: int) -> Any:
    """Parsed JSON with one of its values replaced by one that has no business there."""
    chance = random.Random(seed)
    copy = json.loads(json.dumps(data))
    parent, key = chance.choice(list(_places(copy)))
    parent[key] = chance.choice(VALUES)
    return copy


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every value within, by what holds it and its key there."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in pairs:
        yield value, key
        yield from _places(item)
