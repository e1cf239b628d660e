"""Memory goes back to the system."""

from __future__ import annotations

import sys

import psutil
import pytest

from acq_engine.pipeline.memory import release_free_memory


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems give memory back by themselves")
def test_what_was_freed_goes_back() -> None:
    pieces = [bytearray(50_000) for _ in range(4_000)]  # 200 MB in pieces that malloc keeps for itself
    last = bytearray(50_000)  # above them, so that the heap can't just shrink
    for piece in pieces:
        piece[::4096] = b"x" * len(piece[::4096])
    del pieces, piece
    before = psutil.Process().memory_info().rss
    release_free_memory()
    assert before - psutil.Process().memory_info().rss > 150e6
    assert len(last) == 50_000
