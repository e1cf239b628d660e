"""Feeds damaged files to everything that reads files, and counts what comes back.

    python -m benchmarks.fuzz [--cases 300 | --minutes 10] [--only NAME] [--keep FOLDER] [--seed 0]

Each case is a good file with one thing changed (tests/engine/store/damage.py), read in a forked process with 6 GB of
address space and 20 seconds. What may come back is the content, or an error of ours. Anything else is a finding:
another exception, a crash, too much time, a process begun, or a file opened to write outside the case's folder; the
file is kept in FOLDER. Needs fork; Linux and macOS.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import logging
import math
import os
import random
import resource
import shutil
import signal
import struct
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from acq_engine.errors import AcqError
from tests.engine.store.damage import damaged, with_another_value

OLD = Path(__file__).resolve().parents[1] / "tests/data/version-0.1"
SECONDS, BYTES = 20, 6 << 30
FINDING = 3
_BEGINS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn")


@dataclass(frozen=True)
class Reader:
    """A kind of file: whole ones by name, and who reads them."""

    files: dict[str, bytes]
    read: Callable[[Path], object]
    values: bool = False  # JSON: values are exchanged, too
    expected: tuple[type[Exception], ...] = (AcqError,)
    folder: Path | None = None  # what lies around the file


def pictures() -> dict[str, bytes]:
    """A small picture in each of the formats that are taken."""
    from PIL import Image

    made = {}
    picture = Image.effect_noise((24, 24), 60).convert("RGB")
    for kind in ("PNG", "JPEG", "BMP", "WEBP", "GIF", "TIFF", "PPM"):
        buffer = io.BytesIO()
        picture.save(buffer, kind)
        made[f"0/picture.{kind.lower()}"] = buffer.getvalue()
    return made


def idx_files() -> dict[str, bytes]:
    """Images and labels, as they are and compressed."""
    head, pixels = struct.pack(">4I", 0x803, 4, 12, 12), bytes(4 * 12 * 12)
    labels = struct.pack(">2I", 0x801, 4) + bytes(range(4))
    return {"t10k-images-idx3-ubyte": head + pixels, "t10k-labels-idx1-ubyte": labels,
            "t10k-images-idx3-ubyte.gz": gzip.compress(head + pixels, mtime=0),
            "t10k-labels-idx1-ubyte.gz": gzip.compress(labels, mtime=0)}


def readers() -> dict[str, Reader]:
    """All of them by name."""
    import torch

    import acq_engine
    from acq_app.features.presets.own_presets import read_preset
    from acq_app.features.queue.model import QueueModel
    from acq_app.settings.preferences import load_preferences
    from acq_engine.models import load_model, load_teacher
    from acq_engine.models.checkpoint import file_kind, read_weights
    from acq_engine.settings import ModelConfig, TestSetConfig
    from acq_engine.settings.reading import read_settings
    from acq_engine.store import RunStore
    from acq_engine.store.checkpoints import load_checkpoint
    from acq_engine.sweep.folder import SweepFolder
    from acq_engine.test_sets.loading import load_test_set

    loaded = load_model(ModelConfig(input_size=12))
    state = {name: value for name, value in loaded.module.state_dict().items() if value.numel() < 2000}
    forms: dict[str, bytes] = {}
    for name, options in (("new.pth", {}), ("legacy.pth", {"_use_new_zipfile_serialization": False})):
        buffer = io.BytesIO()
        torch.save(state, buffer, **options)
        forms[name] = buffer.getvalue()
    finished = OLD / "finished"
    rows = [(f"0/{name}.png", name) for name in range(6)]
    table = "".join(["file,label\n", *(f"{file},{label}\n" for file, label in rows)])
    tables = {
        "labels.csv": table.encode(), "wide.csv": table.encode("utf-16"),
        "list.txt": "".join(f"{file} {label}\n" for file, label in rows).encode(),
        "hot.tsv": "".join(["image\ta\tb\n", *(
            f"{file}\t{label % 2}\t{1 - label % 2}\n" for file, label in rows)]).encode(),
        "map.json": json.dumps(dict(rows)).encode(), "pairs.json": json.dumps({"labels": rows}).encode(),
        "lines.jsonl": "\n".join(json.dumps({"file_name": file, "label": label}) for file, label in rows).encode(),
    }

    def weights(path: Path) -> object:
        return file_kind(path), read_weights(path)

    def run_of(depth: int, path: Path) -> object:
        store = RunStore.open(path.parents[depth])
        return store.info.to_json(), [repr(event)[:100] for event in store.events()], store.closing_figures()

    def with_the_others(path: Path) -> object:
        for name, content in idx_files().items():
            if name != path.name and name.endswith(".gz") == path.name.endswith(".gz"):
                (path.parent / name).write_bytes(content)
        return load_test_set(TestSetConfig(path=path), loaded)

    arrays = ("samples/000028.npz", "arrays/layer_report_000002.npz")
    checkpoint = next(iter(sorted((OLD / "stopped/checkpoints").glob("*.pt"))))
    return {
        "checkpoints (zip, pickle)": Reader(forms, weights),
        "checkpoints (safetensors)": Reader(
            {"w.safetensors": (finished / "teacher.safetensors").read_bytes()}, weights),
        "a run's checkpoint": Reader({checkpoint.name: checkpoint.read_bytes()},
                                     lambda path: load_checkpoint(path.parent)),
        "test images (.npz)": Reader({"set.npz": (OLD / "test.npz").read_bytes()},
                                     lambda path: load_test_set(TestSetConfig(path=path), loaded)),
        "pictures": Reader(pictures(), lambda path: load_test_set(TestSetConfig(path=path.parents[1]), loaded)),
        "tables of labels (CSV)": Reader(tables, lambda path: load_test_set(TestSetConfig(path=path), loaded)),
        "MNIST's files": Reader(idx_files(), with_the_others),
        "settings": Reader({"settings.json": (OLD / "settings.json").read_bytes()}, read_settings, values=True),
        "presets": Reader({path.name: path.read_bytes() for path in (OLD / "window/presets").glob("*.json")},
                          read_preset, values=True),
        "the queue": Reader({"queue.json": (OLD / "window/queue.json").read_bytes()},
                            lambda path: QueueModel(path).items, values=True),
        "preferences": Reader({"settings.json": (OLD / "window/settings.json").read_bytes()}, load_preferences,
                              values=True),
        "sweeps": Reader({"sweep.json": (OLD / "sweep/sweep.json").read_bytes()},
                         lambda path: SweepFolder.open(path.parent).rows(), values=True),
        "run.json": Reader({"run.json": (finished / "run.json").read_bytes()}, partial(run_of, 0), values=True,
                           folder=finished),
        "event lines": Reader({"events.jsonl": (finished / "events.jsonl").read_bytes()}, partial(run_of, 0),
                              folder=finished),
        "array files": Reader({name: (finished / name).read_bytes() for name in arrays}, partial(run_of, 1),
                              folder=finished),
        "teacher.json": Reader({"teacher.json": (finished / "teacher.json").read_bytes()},
                               lambda path: load_teacher(path.parent), values=True, folder=finished),
        "ACQ checkpoints": Reader({"m.acq.safetensors": (OLD / "model.acq.safetensors").read_bytes()},
                                  acq_engine.load_quantized),
        "ONNX": Reader({"model.onnx": (finished / "model.onnx").read_bytes()},
                       lambda path: load_model(ModelConfig(source="checkpoint", path=path))),
        "translations": Reader({"acq_de.qm": (OLD.parents[2] / "resources/translations/acq_de.qm").read_bytes()},
                               translated),
    }


def translated(path: Path) -> object:
    """A compiled translation, asked for a few texts."""
    from PySide6.QtCore import QTranslator

    translator = QTranslator()
    return translator.load(str(path)) and [translator.translate(context, text) for context, text in (
        ("MainWindow", "File"), ("Engine", "The disk is full."), ("", ""))]


def watch(event: str, arguments: tuple[Any, ...], allowed: str) -> None:
    """An audit hook: ends the process where a file does what no file may."""
    if event in _BEGINS:
        print(f"it begins a process: {event} {arguments}", file=sys.stderr, flush=True)
        os._exit(FINDING)
    if event == "open" and isinstance(arguments[0], str) and isinstance(arguments[2], int):
        writes = arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes and not arguments[0].startswith((allowed, "/dev/")):
            print(f"it writes {arguments[0]}", file=sys.stderr, flush=True)
            os._exit(FINDING)


def read_once(reader: Reader, path: Path, allowed: Path, log: Path) -> str:
    """What reading the file comes to, in a process of its own: "read", "refused", or what is wrong."""
    child = os.fork()
    if child == 0:
        code = FINDING
        try:
            handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(handle, 1)
            os.dup2(handle, 2)
            resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
            signal.alarm(SECONDS)
            sys.addaudithook(lambda event, arguments: watch(event, arguments, str(allowed)))
            try:
                reader.read(path)
                code = 0
            except reader.expected as error:
                str(error).encode()
                code = 1
            except BaseException:
                traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code in (0, 1):
        return ("read", "refused")[code]
    return f"over {SECONDS} s" if code == -signal.SIGALRM else f"signal {-code}" if code < 0 else "exception"


def fuzz(
    name: str, reader: Reader, cases: int, seconds: float, seed: int, kept: Path | None
) -> tuple[Counter[str], list[str]]:
    """Read so many damaged files, or as many as there is time for."""
    until = time.monotonic() + seconds
    found, said, chance = Counter[str](), [], random.Random(f"{seed} {name}")
    with tempfile.TemporaryDirectory() as folder:
        while found.total() < cases and time.monotonic() < until:
            place = Path(folder) / "case"
            shutil.rmtree(place, ignore_errors=True)
            if reader.folder is not None:
                shutil.copytree(reader.folder, place)
            else:
                for other in range(6):  # the pictures that a table of labels names
                    picture = place / f"0/{other}.png"
                    picture.parent.mkdir(parents=True, exist_ok=True)
                    if name.startswith("tables"):
                        shutil.copy(OLD / "finished/samples/000028.png", picture)
            file = chance.choice(sorted(reader.files))
            data, case = reader.files[file], chance.randrange(2**31)
            if reader.values and chance.random() < 0.5:
                data = json.dumps(with_another_value(json.loads(data), case)).encode()
            else:
                data = damaged(data, case)
            (place / file).parent.mkdir(parents=True, exist_ok=True)
            (place / file).write_bytes(data)
            outcome = read_once(reader, place / file, place, Path(folder) / "log")
            found[outcome if outcome in ("read", "refused") else "findings"] += 1
            if outcome not in ("read", "refused"):
                lines = (Path(folder) / "log").read_text(errors="replace").strip().splitlines()
                said.append(f"{name}: {file}, case {case}: {outcome}: {' / '.join(lines[-3:])[:300]}")
                if kept is not None:
                    kept.mkdir(parents=True, exist_ok=True)
                    (kept / f"{case}-{Path(file).name}").write_bytes(data)
    return found, said


def main() -> int:
    """Print the table, and what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cases", type=int, help="for each kind of file; 300 where no time is set")
    parser.add_argument("--minutes", type=float, default=math.inf, help="for each kind of file")
    parser.add_argument("--only", default="", help="kinds whose name contains this")
    parser.add_argument("--keep", type=Path, help="where files go that are findings")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--short", action="store_true", help="few cases")
    chosen = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    logging.disable(logging.CRITICAL)
    import onnx  # noqa: F401 - what takes long is imported before the first fork

    cases = 20 if chosen.short else chosen.cases or (300 if math.isinf(chosen.minutes) else sys.maxsize)
    began, everything = time.monotonic(), []
    print("| read | cases | read | refused | findings |\n|---|---|---|---|---|")
    for name, reader in readers().items():
        if chosen.only in name:
            found, said = fuzz(name, reader, cases, 60 * chosen.minutes, chosen.seed, chosen.keep)
            print(f"| {name} | {found.total()} | {found['read']} | {found['refused']} | {found['findings']} |",
                  flush=True)
            everything += said
    print("\n".join(["", *everything, f"{(time.monotonic() - began) / 60:.0f} minutes, seed {chosen.seed}"]))
    return int(bool(everything))


if __name__ == "__main__":
    sys.exit(main())
