"""Does a frozen application start? Run it on the folder that PyInstaller made.

    python packaging/smoke_test.py dist/acq-studio

The command line must name its commands; the window must stay up for a while without printing a traceback.
Exit code 0 only if both do.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SECONDS_UP = 20


def command_line_starts(folder: Path) -> bool:
    """True if `acq --help` ends with 0 and names the main command."""
    result = subprocess.run([str(folder / "acq"), "--help"], capture_output=True, text=True, timeout=120)
    print(result.stdout + result.stderr)
    return result.returncode == 0 and "quantize" in result.stdout


def window_starts(folder: Path) -> bool:
    """True if the window is still up after SECONDS_UP seconds and printed no traceback."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    process = subprocess.Popen(
        [str(folder / "acq-studio")], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        output, _ = process.communicate(timeout=SECONDS_UP)
        up = False
    except subprocess.TimeoutExpired:
        up = True
        process.terminate()
        output, _ = process.communicate(timeout=30)
    print(output)
    return up and "Traceback" not in output


def main() -> int:
    """Check the folder named on the command line."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    folder = Path(sys.argv[1])
    results = {"command line": command_line_starts(folder), "window": window_starts(folder)}
    for name, good in results.items():
        print(f"{name}: {'starts' if good else 'does NOT start'}")
    return 0 if all(results.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
