"""What most tests of the engine share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def few_procedural_images() -> Iterator[None]:
    """A run refines a thousand of them, which takes most of its time where it has a few steps of everything else.

    What they are worth is tested in tests/engine/generation; runs of the tests are short of them as of steps. Only in
    this process: programs that are started are whole.
    """
    torch = pytest.importorskip("torch")
    assert torch
    from acq_engine.generation import procedural_images

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(procedural_images, "BANK_VALUES", 64 * 28 * 28)
        patch.setattr(procedural_images, "REFINING_STEPS", 8)
        yield
