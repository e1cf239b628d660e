"""What is no release is told before anything is built."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import acq_engine

ROOT = Path(__file__).resolve().parents[2]
METAINFO = '<component><releases><release version="{}" date="{}"/></releases></component>'
Script = Callable[[str], ModuleType]


def test_what_agrees_is_a_release(script: Script) -> None:
    problems = script("release.py").problems
    assert problems("1.2.0", "# C\n\n## [1.2.0] - 2027-01-31\n", METAINFO.format("1.2.0", "2027-01-31"), "") == []


def test_a_changelog_without_a_date_is_told(script: Script) -> None:
    problems = script("release.py").problems
    (told,) = problems("1.2.0", "## [1.2.0] - unreleased\n", METAINFO.format("1.2.0", "2027-01-31"), "")
    assert "no date" in told
    (told,) = problems("1.3.0", "## [1.2.0] - 2027-01-31\n", METAINFO.format("1.3.0", "2027-01-31"), "")
    assert told == "CHANGELOG.md has no section [1.3.0]."


def test_other_versions_dates_and_uncommitted_files_are_told(script: Script) -> None:
    problems = script("release.py").problems
    told = problems("1.2.0", "## [1.2.0] - 2027-01-31\n", METAINFO.format("1.1.0", "2026-12-01"), " M a\n?? b\n")
    assert told == ["The metainfo's newest release is 1.1.0, not 1.2.0.", "2 files are not committed."]
    (told,) = problems("1.2.0", "## [1.2.0] - 2027-01-31\n", METAINFO.format("1.2.0", "2027-01-30"), "")
    assert told == "The metainfo dates 1.2.0 2027-01-30, CHANGELOG.md 2027-01-31."


def test_packages_have_the_programs_version(script: Script) -> None:
    assert script("build.py").version() == acq_engine.__version__
