"""What each layer's bits cost, what the user can ask for, and what came of it: plain values, without torch."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod


@dataclass(frozen=True)
class LayerCost:
    """One layer: the error of the answer, 0 and up, if its weights alone have so many bits; `bits` as they are set.

    `end` says that it is the first or the last layer, whose bits have a setting of their own.
    """

    name: str
    kind: str
    shape: tuple[int, ...]
    errors: dict[int, float]
    bits: int
    end: bool

    @property
    def weights(self) -> int:
        """How many there are."""
        return prod(self.shape)

    def bytes_at(self, bits: int) -> int:
        """Packed, rounded up."""
        return (self.weights * bits + 7) // 8


@dataclass(frozen=True)
class BitChoice:
    """Bits by layer, the sum of what they cost, and the size of all packed weights in bytes."""

    bits: dict[str, int]
    error: float
    size: int


@dataclass(frozen=True)
class Budget:
    """What the user asks for: one of the two, and the layers whose bits stay as they are."""

    held: dict[str, int]
    mean_bits: float | None = None
    size_bytes: int | None = None


def cost(layer: LayerCost, bits: int) -> float:
    """What a layer's bits cost; of the nearest that were measured."""
    return layer.errors[min(layer.errors, key=lambda own: abs(own - bits))]


def percent(value: float) -> str:
    """A cost, which may be very small."""
    part = 100 * value
    return f"{part:.2g}\u202f%" if 0 < part < 0.01 else f"{part:.2f}\u202f%"
