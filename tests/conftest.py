"""What all tests share: no real screen, fixed seeds, and the real models where there are some."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

import pytest

# Before anybody imports Qt or torch. A test that needs an X server sets its own platform.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")
# One of several processes (scripts/test.sh) has a core to itself, and no more: two threads each are 30 times slower.
# They inherit what is set here in the process that starts them.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ["OMP_NUM_THREADS"] = "1"
os.environ.setdefault("OMP_NUM_THREADS", str(min(4, os.cpu_count() or 1)))

ROOT = Path(__file__).resolve().parents[1]


# Those that take longest begin first, so that no process ends long after the others.
LONGEST = tuple(f"tests/engine/{name}" for name in ("pipeline", "matrix", "cli", "export", "operations"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order them; within that they stay shuffled."""
    order = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.parent.relative_to(ROOT).as_posix(), len(order)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Tests of one file run in one process, since they share what is costly to make; those of the matrix are apart."""
    from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

    class ByFile(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            path = nodeid.split("::", 1)[0]
            return nodeid if "/matrix/" in path or "/operations/" in path else path

    config.option.loadscopereorder = False  # the order is the one above
    return ByFile(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    _keep_torch_quiet()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call() -> None:
    _keep_torch_quiet()


def _keep_torch_quiet() -> None:
    """pytest listens to each logger, and torch.export, seeing a listener, then spends most of its time on traces."""
    logging.getLogger("torch.__trace").handlers.clear()


@pytest.fixture(autouse=True)
def _seeded() -> None:
    """The same random numbers for each test, in whatever order the tests run."""
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.manual_seed(0)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real models and test images beside the checkout; ACQ_SHARED_DATA names another one."""
    folder = Path(os.environ.get("ACQ_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("the real models are not here (../shared/data, or the folder named by ACQ_SHARED_DATA)")
    return folder
