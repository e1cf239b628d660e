"""What most tests of the engine share."""

from __future__ import annotations

import functools
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


@pytest.fixture(scope="session", autouse=True)
def translations_read_once() -> Iterator[None]:
    """torch reads the sources of five hundred translations anew for each export, which takes half a second.

    Where this name of torch's has moved, tests take longer, and that is all.
    """
    registration = pytest.importorskip("torch.onnx._internal.exporter._registration")
    found = getattr(getattr(registration, "onnxscript_apis", None), "get_torchlib_ops", None)
    with pytest.MonkeyPatch.context() as patch:
        if found is not None:
            patch.setattr(registration.onnxscript_apis, "get_torchlib_ops", functools.cache(found))
        yield


@pytest.fixture(scope="session", autouse=True)
def short_measurements() -> Iterator[None]:
    """Latency is measured, but not for seconds."""
    pytest.importorskip("torch")
    from acq_engine.export.verify import comparison

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparison, "latency", functools.partial(comparison.latency, seconds=0.02))
        yield
