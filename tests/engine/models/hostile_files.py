"""Two hundred model files that are damaged, or that were made to do harm."""

from __future__ import annotations

import argparse
import io
import json
import pickle
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save
from torch import Tensor

State = dict[str, Tensor]


class WritesMarker:
    """Unpickling it runs `maker(path)`: a harmless stand-in for an attack."""

    def __init__(self, maker: Any, *arguments: Any) -> None:
        self.maker = maker
        self.arguments = arguments

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return self.maker, self.arguments


def torch_bytes(content: Any, *, legacy: bool = False) -> bytes:
    file = io.BytesIO()
    torch.save(content, file, _use_new_zipfile_serialization=not legacy)
    return file.getvalue()


def repack(data: bytes, change: Callable[[str, bytes], bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """The same archive with other contents; checksums are right again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", method) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
    return out.getvalue()


def with_table(data: bytes, table: bytes) -> bytes:
    return repack(data, lambda name, old: table if name.endswith("data.pkl") else old)


def header(table: dict[str, Any], body: bytes = b"") -> bytes:
    text = json.dumps(table).encode()
    return struct.pack("<Q", len(text)) + text + body


def attacks(state: State, marker: Path) -> Iterator[tuple[str, bytes]]:
    """Files that would write `marker` if anything of theirs ran."""
    import builtins
    import os
    import subprocess

    code = f"open({str(marker)!r}, 'w').write('x')"
    makers: list[tuple[Any, ...]] = [
        (os.system, f"touch {marker}"), (builtins.exec, code), (builtins.eval, code),
        (subprocess.check_output, ["touch", str(marker)]), (builtins.open, str(marker), "w"),
        (builtins.getattr, os, "system"), (Path.touch, marker), (torch.save, state, str(marker)),
        (torch.load, str(marker)), (os.mkdir, str(marker)), (argparse.FileType("w"), str(marker)),
        (np.save, str(marker), np.zeros(1)),
    ]
    for index, (maker, *arguments) in enumerate(makers):
        try:
            bomb = WritesMarker(maker, *arguments)
            yield f"attack{index}.pth", torch_bytes(bomb)
            yield f"attack{index}_beside.pth", torch_bytes({"state_dict": state, "extra": bomb})
            yield f"attack{index}_legacy.pt", torch_bytes({"state_dict": state, "extra": bomb}, legacy=True)
            yield f"attack{index}_plain.pt", pickle.dumps(bomb)
        except (pickle.PicklingError, TypeError, AttributeError):
            continue
    run = b"cos\nsystem\n(S'touch " + str(marker).encode() + b"'\ntR."
    yield "protocol0.pt", b"\x80\x02" + run
    yield "inside_zip.pth", with_table(torch_bytes(state), run)
    yield "inst.pth", with_table(torch_bytes(state), b"(S'touch " + str(marker).encode() + b"'\nios\nsystem\n.")
    stack_global = b"\x80\x04\x8c\x05posix\x8c\x06system\x93(\x8c\x05touchtR."
    yield "stack_global.pth", with_table(torch_bytes(state), stack_global)
    yield "renamed.safetensors", torch_bytes(WritesMarker(os.system, f"touch {marker}"))
    yield "whole_model.pth", torch_bytes(torch.nn.Sequential(torch.nn.Conv2d(3, 3, 1), torch.nn.BatchNorm2d(3)))


def bombs(state: State) -> Iterator[tuple[str, bytes]]:
    """Files that announce or unpack to far more than they hold."""
    data = torch_bytes(state)
    yield "deflated.pth", repack(data, lambda _, old: old, zipfile.ZIP_DEFLATED)
    zeros = b"\0" * (4 << 20)
    yield "zip_bomb.pth", repack(data, lambda name, old: zeros if "/data/" in name else old, zipfile.ZIP_DEFLATED)
    yield "bzip2_bomb.pth", repack(data, lambda name, old: zeros if "/data/0" in name else old, zipfile.ZIP_BZIP2)
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for index in range(3000):
            archive.writestr(f"archive/data/{index}", b"")
    yield "many_entries.pth", many.getvalue()
    for index, count in enumerate((1 << 30, 1 << 40, 1 << 62)):
        table = {"w": {"dtype": "F32", "shape": [count], "data_offsets": [0, 4 * count]}}
        yield f"giant{index}.safetensors", header(table, b"\0" * 16)
        short = {"w": {"dtype": "F32", "shape": [count], "data_offsets": [0, 16]}}
        yield f"giant_short{index}.safetensors", header(short, b"\0" * 16)
        yield f"giant_header{index}.safetensors", struct.pack("<Q", count) + b"{}"
    table_of = zipfile.ZipFile(io.BytesIO(torch_bytes({"w": torch.zeros(3)}))).read("archive/data.pkl")
    small = torch_bytes({"w": torch.zeros(3)})
    for index, count in enumerate((1000, 1 << 20, 1 << 30)):
        giant = table_of.replace(b"K\x03", b"J" + struct.pack("<i", count))
        yield f"giant{index}.pth", with_table(small, giant)
    legacy = torch_bytes({"w": torch.zeros(3)}, legacy=True)
    yield "giant_legacy.pt", legacy.replace(b"K\x03", b"J" + struct.pack("<i", 1 << 30))
    # One number, spread over a huge tensor by strides of 0.
    yield "stride0.pth", torch_bytes({"w": torch.zeros(1).expand(1 << 34)})
    yield "memo.pth", with_table(small, b"\x80\x02}r\xff\xff\xff\xff.")
    laughs = b"\x80\x02)" + b"2\x86" * 60 + b"}2K\x01s."
    yield "laughs.pth", with_table(small, laughs)
    keyed = b"\x80\x02}K\x00" + b"2\x86" * 60 + b"K\x01s."
    yield "laughs_key.pth", with_table(small, keyed)
    yield "text.pth", with_table(small, b"\x80\x02X\xff\xff\xff\x7fabc.")
    yield "bytes8.pth", with_table(small, b"\x80\x04\x8e" + struct.pack("<Q", 1 << 60) + b"abc.")
    yield "digits.pth", with_table(small, b"I" + b"9" * 100_000 + b"\n.")
    yield "marks.pth", with_table(small, b"(" * 1_000_000 + b".")
    yield "deep.safetensors", struct.pack("<Q", 200_000) + b"[" * 200_000


def bad_values(state: State) -> Iterator[tuple[str, bytes]]:
    """Well-formed files whose values can't be weights."""
    key = "conv1.weight"
    variance = next(name for name in state if name.endswith("running_var"))
    changed: list[tuple[str, State]] = [
        ("nan", {key: torch.full_like(state[key], float("nan"))}),
        ("inf", {key: torch.full_like(state[key], float("inf"))}),
        ("one_nan", {key: torch.cat([state[key].flatten()[:-1], torch.tensor([float("nan")])]).view_as(state[key])}),
        ("int", {key: state[key].to(torch.int8)}),
        ("bool", {key: state[key] > 0}),
        ("negative_variance", {variance: -state[variance] - 1}),
        ("transposed", {key: state[key].transpose(0, 1).contiguous()}),
        ("cut", {key: state[key][:1].contiguous()}),
        ("scalar", {key: torch.zeros(())}),
        ("empty", {key: torch.zeros(0)}),
        ("huge_half", {key: torch.full_like(state[key], 7e4).half()}),
    ]
    for name, values in changed:
        full = {**state, **values}
        yield f"{name}.safetensors", save({key: value.clone() for key, value in full.items()})
        yield f"{name}.pth", torch_bytes(full)
    yield "complex.pth", torch_bytes({**state, key: state[key].to(torch.complex64)})
    yield "sparse.pth", torch_bytes({**state, key: state[key].to_sparse()})
    yield "no_tensors.pth", torch_bytes({"epoch": 3})
    yield "list.pth", torch_bytes([1, 2, 3])
    yield "number.pth", torch_bytes(7)
    yield "tensor.pth", torch_bytes(torch.zeros(3))
    yield "no_keys.pth", torch_bytes({})
    yield "no_keys.safetensors", header({})
    yield "no_batch_norm.pth", torch_bytes({"fc.weight": torch.zeros(2, 2)})
    yield "strange.safetensors", save({"a": torch.zeros(2), "b.running_mean": torch.zeros(2)})


def not_models() -> Iterator[tuple[str, bytes]]:
    """Files of other kinds, and headers that lie."""
    yield "empty.pth", b""
    yield "one_byte.pth", b"P"
    yield "text.pt", b"hello, this is a letter"
    yield "picture.pth", b"\x89PNG\r\n\x1a\n" + b"\0" * 64
    yield "net.onnx", b"\x08\x07\x12\x07pytorch"
    yield "keras.h5", b"\x89HDF\r\n\x1a\n" + b"\0" * 64
    yield "zip.pth", b"PK\x03\x04" + b"\0" * 64
    yield "end_only.pth", b"PK\x05\x06" + b"\0" * 18
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("letter.txt", "hello")
    yield "other_zip.pth", other.getvalue()
    yield "array.safetensors", header([])  # type: ignore[arg-type]
    yield "words.safetensors", struct.pack("<Q", 5) + b"hello"
    entries: list[dict[str, Any]] = [
        {"w": 3}, {"w": {"dtype": "F32"}}, {"w": {"dtype": "F99", "shape": [1], "data_offsets": [0, 4]}},
        {"w": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]}},
        {"w": {"dtype": "F32", "shape": [1], "data_offsets": [4, 0]}},
        {"w": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}},
        {"w": {"dtype": "F32", "shape": [1], "data_offsets": [100, 104]}},
        {"w": {"dtype": "F32", "shape": ["x"], "data_offsets": [0, 4]}},
    ]
    for index, entry in enumerate(entries):
        yield f"lie{index}.safetensors", header(entry, b"\0" * 4)


def damaged(state: State, count: int) -> Iterator[tuple[str, bytes]]:
    """Truncated and bit-flipped files; the last of them bring the number to `count`."""
    kinds = {
        ".pth": torch_bytes(state), ".pt": torch_bytes(state, legacy=True),
        ".safetensors": save({key: value.clone() for key, value in state.items()}),
    }
    generator = random.Random(0)
    for index in range(count):
        suffix = list(kinds)[index % 3]
        data = bytearray(kinds[suffix])
        if index % 2:
            del data[generator.randrange(1, len(data)) :]
            yield f"truncated{index}{suffix}", bytes(data)
        else:
            # Flips lie in the names and shapes, at the start, for the two kinds without checksums.
            reach = len(data) if suffix == ".pth" else min(len(data), 1500)
            for _ in range(generator.choice((1, 8, 64))):
                data[generator.randrange(reach)] ^= 1 << generator.randrange(8)
            yield f"flipped{index}{suffix}", bytes(data)


def hostile_files(state: State, marker: Path, count: int = 200) -> Iterator[tuple[str, bytes]]:
    """At least `count` files: (name, content)."""
    made = 0
    for group in (attacks(state, marker), bombs(state), bad_values(state), not_models()):
        for item in group:
            made += 1
            yield item
    yield from damaged(state, max(count - made, 60))
