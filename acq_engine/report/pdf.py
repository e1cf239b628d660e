"""The report as PDF, printed by a browser of the Chromium family that is installed: it alone renders the page fully.

The browser runs without a window and with a profile of its own that is thrown away; the page holds no scripts and
fetches nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from acq_engine.errors import ExportError
from acq_engine.files import storage_errors, write_atomic
from acq_engine.report.page import build_report

BROWSER_VARIABLE = "ACQ_BROWSER"
TIME_LIMIT_SECONDS = 120.0
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge",
          "brave-browser", "brave")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def find_browser() -> Path:
    """The browser that prints: the one that ACQ_BROWSER names, else the first that is installed.

    Raises:
        ExportError: there is none.
    """
    chosen = os.environ.get(BROWSER_VARIABLE)
    names = (chosen,) if chosen else (*_NAMES, *_PLACES)
    for name in names:
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    raise ExportError(
        "No browser found to print the report as PDF.",
        cause=f"{BROWSER_VARIABLE} is set to {chosen}, which does not exist." if chosen
        else "Neither Chromium nor Chrome nor Edge was found.",
        hint=f"Install Chromium, or set {BROWSER_VARIABLE} to its path; or open report.html in any browser and print "
        "it.",
    )


def write_pdf(run: Path | str, target: Path | str, *, time_limit: float = TIME_LIMIT_SECONDS) -> Path:
    """Write the report of a run folder as PDF, whole or not at all.

    Args:
        run: The run folder.
        target: The file.
        time_limit: Seconds after which the browser is ended.

    Returns:
        The file.

    Raises:
        StorageError: the run can't be read, or the file can't be written.
        ExportError: there is no browser, or it did not print.
    """
    browser = find_browser()
    page, path = build_report(run), Path(target)
    # Beside the target: browsers that are confined see no other place for temporary files.
    with storage_errors("The PDF can't be written.", path), tempfile.TemporaryDirectory(
        dir=path.parent, prefix=".report-", ignore_cleanup_errors=True
    ) as folder:
        html, printed = Path(folder).resolve() / "report.html", Path(folder).resolve() / "report.pdf"
        html.write_text(page, encoding="utf-8")
        words = _print(browser, html, printed, time_limit)
        data = printed.read_bytes() if printed.is_file() else b""
        if not data.startswith(b"%PDF"):
            raise ExportError(
                "The browser did not print the report.", cause=f"{browser}: {words or 'it gave no reason'}",
                hint="Open report.html in any browser and print it.",
            )
        write_atomic(path, data)
    return path


def _print(browser: Path, html: Path, printed: Path, time_limit: float) -> str:
    """Run the browser; its last line of complaint, if any."""
    command = [
        str(browser), "--headless=new", "--disable-gpu", "--disable-extensions", "--disable-background-networking",
        "--no-first-run", "--no-pdf-header-footer", f"--user-data-dir={html.parent / 'profile'}",
        f"--print-to-pdf={printed}", html.as_uri(),
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.insert(1, "--no-sandbox")  # browsers refuse their sandbox to root; the page is our own
    try:
        done = subprocess.run(command, capture_output=True, timeout=time_limit, check=False)
    except subprocess.TimeoutExpired:
        return f"it took longer than {time_limit:.0f} seconds"
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:300] if done.returncode and lines else ""
