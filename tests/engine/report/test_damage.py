"""A report of a damaged run: what is left to read, and a word about the rest."""

from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path

import pytest

from acq_engine.errors import AcqError
from acq_engine.report import write_report
from tests.engine.store.damage import with_another_value

FINISHED = Path(__file__).parents[2] / "data/version-0.1/finished"


@pytest.fixture
def run(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Path:
    caplog.set_level(logging.CRITICAL, "acq_engine")
    return Path(shutil.copytree(FINISHED, tmp_path / "run"))


def test_odd_values_end_no_report(run: Path) -> None:
    lines = [json.loads(line) for line in (run / "events.jsonl").read_text().splitlines()]
    description = json.loads((run / "run.json").read_text())
    written = 0
    for seed in range(100):
        changed = [with_another_value(line, 1000 * seed + place) if place % 3 == seed % 3 else line
                   for place, line in enumerate(lines)]
        (run / "events.jsonl").write_text("".join(json.dumps(line) + "\n" for line in changed))
        odd = with_another_value(description, seed) if seed % 2 else description
        (run / "run.json").write_text(json.dumps(odd))
        try:
            assert write_report(run).read_text(encoding="utf-8").endswith("</html>\n")
            written += 1
        except AcqError:
            pass
    assert written > 50


def test_a_report_says_what_it_leaves_out(run: Path) -> None:
    with (run / "events.jsonl").open("ab") as file:
        file.write(b"[" * 100_000 + b"\n" + b'{"event": ["paused"]}\n')
    assert "2 event(s) of this run can&#x27;t be read and are skipped." in write_report(run).read_text()
