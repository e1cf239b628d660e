"""Integers of 2 to 8 bits without gaps: the first number's lowest bit is the first byte's lowest bit."""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray

U8 = NDArray[np.uint8]

MOST_DEFLATED = 16  # a file that claims to unpack to more than so many times its size is refused
_AT_ONCE = 1 << 20  # numbers; a multiple of 8, so that parts end on whole bytes


def packed_size(count: int, bits: int) -> int:
    """Bytes of `count` numbers of `bits` bits."""
    return -(-count * bits // 8)


def pack(codes: U8, bits: int) -> bytes:
    """Pack `codes` (n,), each in 0..2^bits - 1."""
    parts = []
    for start in range(0, len(codes), _AT_ONCE):
        part = codes[start:start + _AT_ONCE]
        parts.append(np.packbits(np.unpackbits(part[:, None], axis=1, count=bits, bitorder="little"),
                                 bitorder="little").tobytes())
    return b"".join(parts)


def unpack(data: bytes, bits: int, count: int) -> U8:
    """The `count` numbers (count,) that were packed.

    Raises:
        ValueError: `data` is not as long as they need.
    """
    if len(data) != packed_size(count, bits):
        raise ValueError(f"{count:,} numbers of {bits} bits need {packed_size(count, bits):,} bytes, not {len(data):,}")
    codes = np.empty(count, dtype=np.uint8)
    raw = np.frombuffer(data, dtype=np.uint8)
    for start in range(0, count, _AT_ONCE):
        part = min(_AT_ONCE, count - start)
        first = start * bits // 8
        flat = np.unpackbits(raw[first:first + packed_size(part, bits)], count=part * bits, bitorder="little")
        codes[start:start + part] = np.packbits(flat.reshape(part, bits), axis=1, bitorder="little")[:, 0]
    return codes


def deflate(data: bytes) -> bytes | None:
    """`data` as a raw deflate stream, coded by frequency alone; None where that saves less than one part in fifty.

    Codes of few bits are not equally frequent, so that this takes off up to a seventh (OURS).
    """
    coder = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_HUFFMAN_ONLY)
    small = coder.compress(data) + coder.flush()
    return small if len(data) / MOST_DEFLATED < len(small) < 0.98 * len(data) else None


def inflate(data: bytes, size: int) -> bytes:
    """The `size` bytes that were deflated; no more memory than that is used.

    Raises:
        ValueError: damaged, or not of that size.
    """
    if size > MOST_DEFLATED * len(data):
        raise ValueError(f"{len(data):,} bytes can't hold {size:,}")
    coder = zlib.decompressobj(-15)
    try:
        whole = coder.decompress(data, size + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if len(whole) != size or not coder.eof or coder.unused_data:
        raise ValueError(f"the deflated bytes do not unpack to {size:,}")
    return whole
