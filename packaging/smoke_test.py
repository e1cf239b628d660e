"""Does a packaged program work? Run it on the folder that PyInstaller made, or on installed commands.

    python3 packaging/smoke_test.py dist/acq-studio              # the folder
    python3 packaging/smoke_test.py /usr/bin --window            # installed; also a run in the window

Needs nothing but Python's standard library. The home is a temporary one, so it is a first start, and no user's files
are seen. Tried: versions and device; the sample quantized, exported in every format, verified and evaluated on the
command line; a file with code opened in a process of its own; the same run on a Dask worker. With --window (which
needs a display and xdotool): the window comes up, F5 quantizes the sample, the run exports it, and Ctrl+Q ends with 0.
Without it the window only has to stay up. Exit code 0 only if all of that holds.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SECONDS_UP = 15
RUN_LIMIT = 540

TINY = ("--warmup-steps", "4", "--finetune-steps", "4", "--test-limit", "200", "--threads", "1", "--seed", "3")

CODE = """\
import torch

def build():
    return torch.nn.Sequential(
        torch.nn.Conv2d(3, 8, 3), torch.nn.BatchNorm2d(8), torch.nn.ReLU(),
        torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(8, 5))
"""


class Smoke:
    """The checks, on one set of commands and in one temporary home."""

    def __init__(self, commands: Path, home: Path) -> None:
        self.commands, self.home = commands, home
        hidden = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
        self.environment = {key: value for key, value in os.environ.items() if key not in hidden}
        self.environment |= {"HOME": str(home), "OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}

    def acq(self, *arguments: str) -> str:
        """What the command line says; an error if it does not end with 0."""
        done = subprocess.run([str(self.commands / "acq"), *arguments], env=self.environment, cwd=self.home, text=True,
                              capture_output=True, timeout=RUN_LIMIT, check=False)
        if done.returncode or "Traceback" in done.stderr:
            raise AssertionError(f"acq {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def versions(self) -> None:
        text = self.acq("--version")
        print(text.rstrip())
        for name in ("acq ", "PyTorch ", "ONNX Runtime ", "Qt for Python ", "Device: "):
            assert name in text and f"{name}is not" not in text, f"--version does not tell {name}"

    def help_and_models(self) -> None:
        assert "quantize" in self.acq("--help")
        listed = self.acq("models")
        assert "resnet18" in listed and "timm/resnet26d" in listed, "the list lacks torchvision's or timm's networks"

    def quantize(self) -> None:
        self.acq("quantize", "--sample", "fashion", *TINY, "--out", "run")
        info = json.loads((self.home / "run" / "run.json").read_text("utf-8"))
        assert info["state"] == "succeeded", info["state"]

    def export_and_verify(self) -> None:
        self.acq("export", "run", "--format", "all")
        self.acq("verify", "run", "--trust")
        self.acq("evaluate", "run")
        made = sorted(path.name for path in (self.home / "run").glob("model*"))
        print("   ", *made)
        assert {"model.onnx", "model.tflite"} <= set(made) and (self.home / "run" / "predict.py").is_file()

    def on_a_cluster(self) -> None:
        self.acq("quantize", "--sample", "fashion", *TINY, "--cluster", "local:1", "--out", "far")
        assert json.loads((self.home / "far" / "run.json").read_text("utf-8"))["state"] == "succeeded"
        same = [(self.home / run / "model.onnx").read_bytes() for run in ("run", "far")]
        assert same[0] == same[1], "the worker's result is another one than this process's"

    def code_in_a_process_of_its_own(self) -> None:
        (self.home / "model.py").write_text(CODE, "utf-8")
        text = self.acq("inspect", "model.py", "--trust", "--input-size", "32")
        assert "Conv" in text or "conv" in text or "0" in text, text

    def window_stays_up(self) -> None:
        environment = {**self.environment, "QT_QPA_PLATFORM": "offscreen"}
        with (self.home / "window.log").open("w+") as log:
            window = subprocess.Popen([str(self.commands / "acq-studio")], env=environment, stdout=log, stderr=log)
            try:
                code = window.wait(SECONDS_UP)
                raise AssertionError(f"The window ended with {code}: {(self.home / 'window.log').read_text()}")
            except subprocess.TimeoutExpired:
                window.terminate()
                window.wait(60)
        text = (self.home / "window.log").read_text()
        assert "Traceback" not in text, text

    # --- in a real window -----------------------------------------------------------------------

    def xdotool(self, *arguments: str) -> str:
        return subprocess.run(["xdotool", *arguments], env=self.environment, text=True, capture_output=True, check=True,
                              timeout=120).stdout

    def window_quantizes(self) -> None:
        settings = json.loads((self.home / "run" / "run.json").read_text("utf-8"))["settings"]
        (self.home / "tiny.json").write_text(json.dumps(settings), "utf-8")
        self._seconds_to_window([])  # a cold disk is not what is measured
        with (self.home / "window.log").open("w+") as log:
            begun = time.monotonic()
            window = subprocess.Popen([str(self.commands / "acq-studio"), "tiny.json"], env=self.environment,
                                      cwd=self.home, stdout=log, stderr=log)
            try:
                number = self.xdotool("search", "--sync", "--onlyvisible", "--name", "ACQ Studio").splitlines()[-1]
                print(f"    window after {time.monotonic() - begun:.1f} s (second start)")
                self.xdotool("windowfocus", "--sync", number)
                self._wait(lambda: self._started(number), "F5 started no run")
                self._wait(lambda: self._window_state() == "succeeded", "the run in the window did not succeed")
                made = next(iter(self._window_runs())).parent
                assert (made / "model.onnx").is_file()
                print(f"    run in the window: {made.name}, model.onnx {(made / 'model.onnx').stat().st_size} bytes")
                time.sleep(2)
                self.xdotool("windowfocus", "--sync", number)
                self.xdotool("key", "ctrl+q")
                code = window.wait(60)
            finally:
                if window.poll() is None:
                    window.kill()
        text = (self.home / "window.log").read_text()
        assert code == 0 and "Traceback" not in text, f"The window ended with {code}: {text}"

    def _seconds_to_window(self, arguments: list[str]) -> float:
        begun = time.monotonic()
        window = subprocess.Popen([str(self.commands / "acq-studio"), *arguments], env=self.environment, cwd=self.home,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.xdotool("search", "--sync", "--onlyvisible", "--name", "ACQ Studio")
        seconds = time.monotonic() - begun
        time.sleep(5)
        window.terminate()
        window.wait(60)
        return seconds

    def _window_runs(self) -> list[Path]:
        others = {self.home / "run", self.home / "far"}  # of the command line
        return [path for path in self.home.glob("**/run.json") if path.parent not in others]

    def _window_state(self) -> str:
        runs = self._window_runs()
        return str(json.loads(runs[0].read_text("utf-8"))["state"]) if runs else ""

    def _started(self, number: str) -> bool:
        if not self._window_runs():
            self.xdotool("key", "--window", number, "F5")
            self.xdotool("key", "F5")
            time.sleep(3)
        return bool(self._window_runs())

    def _wait(self, true: Callable[[], bool], otherwise: str) -> None:
        deadline = time.monotonic() + RUN_LIMIT
        while not true():
            if time.monotonic() > deadline:
                raise AssertionError(f"{otherwise} in {RUN_LIMIT} s")
            time.sleep(0.5)


def main() -> int:
    """Check the commands in the folder named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("commands", type=Path, help="the folder with acq and acq-studio")
    parser.add_argument("--window", action="store_true", help="also a run in the window: needs a display and xdotool")
    options = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory(prefix="acq-smoke-") as home:
        smoke = Smoke(options.commands.resolve(), Path(home))
        checks: list[tuple[str, Callable[[], None]]] = [
            ("versions and device", smoke.versions), ("help and list of models", smoke.help_and_models),
            ("quantize the sample", smoke.quantize), ("export, verify, evaluate", smoke.export_and_verify),
            ("code in a process of its own", smoke.code_in_a_process_of_its_own),
            ("a run on a worker of its own", smoke.on_a_cluster),
            ("a run in the window", smoke.window_quantizes) if options.window
            else ("the window stays up", smoke.window_stays_up),
        ]
        for name, check in checks:
            begun = time.monotonic()
            try:
                check()
            except (AssertionError, OSError, ValueError, subprocess.SubprocessError) as error:
                print(f"{name}: FAILED\n{error}")
                bad += 1
            else:
                print(f"{name}: passed in {time.monotonic() - begun:.1f} s", flush=True)
    print(f"smoke test: {len(checks) - bad} passed, {bad} failed")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
