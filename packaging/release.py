"""`make release`: is this a release? Then build it, and try what was built.

    .venv/bin/python packaging/release.py [--checks-only]

Checks that version, changelog and metainfo agree and have a date, that no text is left untranslated, that nothing is
uncommitted; builds as `make package`, which fails where something bundled has no licence; runs the smoke tests on the
artifacts: the folder, the .tar.zst unpacked elsewhere, and the .deb in a clean Debian where debootstrap and root's
rights are there. Prints checksums. It publishes nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from build import DIST, ROOT, run, say, version

METAINFO = ROOT / "packaging/linux/io.github.acq_studio.ACQStudio.metainfo.xml"


def changelog_date(text: str, wanted: str) -> str:
    """The date of a version's section: "unreleased", or "" where there is no such section."""
    found = re.search(rf"^## \[{re.escape(wanted)}\] - (\S+)$", text, re.MULTILINE)
    return found[1] if found else ""


def metainfo_release(text: str) -> tuple[str, str]:
    """Version and date of the newest release in the metainfo."""
    release = ElementTree.fromstring(text).find("releases/release")
    return ("", "") if release is None else (release.get("version", ""), release.get("date", ""))


def problems(wanted: str, changelog: str, metainfo: str, uncommitted: str) -> list[str]:
    """What keeps this from being a release, in sentences."""
    found = []
    date = changelog_date(changelog, wanted)
    if not date:
        found.append(f"CHANGELOG.md has no section [{wanted}].")
    elif not re.fullmatch(r"\d{4}-\d\d-\d\d", date):
        found.append(f"The section [{wanted}] of CHANGELOG.md has no date but {date!r}.")
    listed, day = metainfo_release(metainfo)
    if listed != wanted:
        found.append(f"The metainfo's newest release is {listed or 'none'}, not {wanted}.")
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", date) and day != date:
        found.append(f"The metainfo dates {wanted} {day}, CHANGELOG.md {date}.")
    if uncommitted:
        found.append(f"{len(uncommitted.splitlines())} files are not committed.")
    return found


def untranslated() -> list[str]:
    """Languages in which texts are left over."""
    found = []
    for file in sorted((ROOT / "resources/translations").glob("*.ts")):
        left = file.read_text("utf-8").count('type="unfinished"')
        if left:
            found.append(f"{file.name} has {left} texts to translate.")
    return found


def try_archive() -> None:
    """Unpack the .tar.zst in another place, and use it there."""
    (archive,) = DIST.glob(f"acq-studio-{version()}-linux-x86_64.tar.zst")
    with tempfile.TemporaryDirectory(prefix="acq-archive-") as folder:
        run("tar", "--zstd", "-xf", archive, "-C", folder)
        (unpacked,) = Path(folder).iterdir()
        run(sys.executable, ROOT / "packaging/smoke_test.py", unpacked)


def main() -> int:
    """Check, build, try."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--checks-only", action="store_true", help="build nothing")
    options = parser.parse_args()
    say(f"is {version()} a release?")
    state = subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True, check=True)
    found = [*problems(version(), (ROOT / "CHANGELOG.md").read_text("utf-8"), METAINFO.read_text("utf-8"),
                       state.stdout), *untranslated()]
    if found:
        print("\n".join(found))
        raise SystemExit(1)
    # Texts that were never collected, compiled translations that are old, and what ships in a wheel.
    run(sys.executable, "-m", "pytest", "-q", "tests/app/appearance/test_translations.py", "tests/test_packaging.py",
        "tests/packages")
    print("version, changelog, metainfo and translations agree; everything is committed")
    if options.checks_only:
        return 0
    run(sys.executable, ROOT / "packaging/build.py")
    if sys.platform == "linux":
        say("the archive, unpacked")
        try_archive()
        if os.geteuid() == 0 and shutil.which("debootstrap"):
            (package,) = DIST.glob(f"acq-studio_{version()}_*.deb")
            run(ROOT / "packaging/linux/clean_root.sh", package)
        else:
            print("The .deb was not tried: packaging/linux/clean_root.sh needs root's rights and debootstrap.")
    say("checksums")
    for path in sorted(DIST.iterdir()):
        if path.is_file():
            print(hashlib.file_digest(path.open("rb"), "sha256").hexdigest(), "", path.name)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
