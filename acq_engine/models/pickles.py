"""A look into torch's pickles without running anything that they ask for.

A pickle is a program. This reader follows it with harmless stand-ins in place of every function and class that
it names, so that a file can be judged before torch opens it: does it ask for code, and do its tensors lie inside
the file? torch's own `weights_only` reader then only sees files that passed.
"""

from __future__ import annotations

import argparse
import collections
import io
import math
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np

from acq_engine.errors import ModelFileError, UnsafeFileError
from acq_engine.models.standins import StandIn, may_stand_in

MAX_PICKLE_BYTES = 8 << 20
"""Names and shapes of the largest checkpoints take about 3 MB; values are not part of the pickle."""

MAX_TENSORS = 200_000

_ITEM_SIZES = {
    "DoubleStorage": 8, "FloatStorage": 4, "HalfStorage": 2, "BFloat16Storage": 2, "LongStorage": 8, "IntStorage": 4,
    "ShortStorage": 2, "CharStorage": 1, "ByteStorage": 1, "BoolStorage": 1, "ComplexFloatStorage": 8,
    "ComplexDoubleStorage": 16, "UntypedStorage": 1,
}

_REBUILD = {"_rebuild_tensor", "_rebuild_tensor_v2"}
_WRAPPERS = {"_rebuild_parameter", "_rebuild_parameter_with_state"}

# Plain values that training scripts put beside the weights. They are never built here; torch may build them.
_PLAIN: dict[tuple[str, str], Any] = {
    ("argparse", "Namespace"): argparse.Namespace,
    ("collections", "Counter"): collections.Counter,
    ("collections", "defaultdict"): collections.defaultdict,
    ("_codecs", "encode"): None,
    ("numpy", "dtype"): np.dtype,
    ("numpy", "ndarray"): np.ndarray,
    ("torch", "Size"): None,
    ("torch", "device"): None,
    ("builtins", "set"): set,
    ("builtins", "complex"): complex,
    ("builtins", "bytearray"): bytearray,
}
_NUMPY_MODULES = ("numpy.core.multiarray", "numpy._core.multiarray")
_NUMPY_FUNCTIONS = ("scalar", "_reconstruct")

_SIMPLE_KEYS = (str, int, float, bool, bytes, type(None))


def safe_globals() -> list[Any]:
    """What torch's reader may build beside tensors: plain containers and numpy's numbers."""
    core: Any = getattr(np, "_core", None) or np.core  # numpy 2 moved it
    multiarray = core.multiarray
    dtypes = [type(np.dtype(code)) for code in "?bBhHiIlLqQefdFDSU"]
    functions: list[Any] = []
    for name in _NUMPY_FUNCTIONS:
        function = getattr(multiarray, name)
        functions.extend((function, f"{module}.{name}") for module in _NUMPY_MODULES)
    return [value for value in _PLAIN.values() if value is not None] + dtypes + functions


@dataclass(frozen=True, slots=True)
class Storage:
    """A block of numbers that tensors lie in."""

    key: str
    item_size: int
    items: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class TensorPlace:
    """Where a tensor's values lie."""

    storage: Storage
    offset: int
    size: tuple[int, ...]
    stride: tuple[int, ...]


class _Inert:
    """Stands in for a value that is not needed. Taking any arguments, it does nothing."""

    def __init__(self, *_args: Any, **_kwargs: Any) -> None:
        pass


class _StorageType:
    def __init__(self, name: str) -> None:
        self.name, self.item_size = name, _ITEM_SIZES[name]


def _ordered_dict(*pairs: Any) -> dict[Any, Any]:
    result: dict[Any, Any] = {}
    for key, value in pairs[0] if pairs else ():
        result[_checked_key(key)] = value
    return result


def _checked_key(key: Any) -> Any:
    # Hashing a nested tuple whose parts are shared takes exponential time.
    if not isinstance(key, _SIMPLE_KEYS):
        raise pickle.UnpicklingError("It declares a key that is neither a name nor a number.")
    return key


class TorchPickleReader(pickle._Unpickler):  # the one in Python: its memory follows the file's size
    """Follows one pickle of torch's and collects its storages.

    Args:
        file: Positioned at the pickle.
        storage_bytes: How many bytes of values the file has for a storage's key; None to check later.
        lenient: Put stand-ins in place of objects that trainings record beside the weights; `strange` names them.

    Raises (from `load`):
        UnsafeFileError: the pickle asks for something that is neither a tensor nor a plain value.
        pickle.UnpicklingError and others: it is damaged.
    """

    dispatch = dict(pickle._Unpickler.dispatch)

    def __init__(
        self, file: BinaryIO, storage_bytes: Callable[[str], int | None], *, lenient: bool = False
    ) -> None:
        super().__init__(file, encoding="utf-8", errors="replace")
        self._lenient = lenient
        self.strange: dict[str, None] = {}
        self.content: Any = None  # once it was followed: mappings and lists, with a TensorPlace for each tensor
        self._storage_bytes = storage_bytes
        self.storages: dict[str, Storage] = {}
        self.tensors = 0

    def find_class(self, module: str, name: str) -> Any:
        module = "builtins" if module == "__builtin__" else module  # Python 2's name, which protocol 2 still uses
        if module in ("torch", "torch.storage") and name in _ITEM_SIZES:
            return _StorageType(name)
        if module == "torch._utils" and name in _REBUILD:
            return self._tensor
        if module == "torch._utils" and name in _WRAPPERS:
            return _first_argument
        if (module, name) == ("collections", "OrderedDict"):
            return _ordered_dict
        if (module, name) == ("torch.serialization", "_get_layout") or (module == "torch" and _is_dtype(name)):
            return _Inert
        if (module, name) in _PLAIN or module.startswith("numpy.dtypes"):
            return _Inert
        if module in _NUMPY_MODULES and name in _NUMPY_FUNCTIONS:
            return _Inert
        if self._lenient and may_stand_in(module, name):
            self.strange[f"{module}.{name}"] = None
            return StandIn
        raise unsafe(f"{module}.{name}")

    def persistent_load(self, saved_id: Any) -> Any:
        if self._lenient and saved_id[0] == "module":  # as torch once kept a class, with its source
            return saved_id[1]
        kind, storage_type, key, _location, items, *_ = saved_id
        if kind not in ("storage", b"storage") or not isinstance(storage_type, _StorageType):
            raise pickle.UnpicklingError("It declares a storage of unknown type.")
        if not isinstance(items, int) or items < 0:
            raise pickle.UnpicklingError("It declares a storage of impossible size.")
        storage = Storage(str(key), storage_type.item_size, items, storage_type.name)
        present = self._storage_bytes(storage.key)
        if present is not None and storage.items * storage.item_size > present:
            raise pickle.UnpicklingError(
                f"{storage.items * storage.item_size:,} bytes of weights are declared, {max(present, 0):,} are present."
            )
        known = self.storages.setdefault(storage.key, storage)
        return known

    def _tensor(self, storage: Any, offset: Any, size: Any, stride: Any, *_rest: Any) -> TensorPlace:
        self.tensors += 1
        if self.tensors > MAX_TENSORS:
            raise pickle.UnpicklingError(f"It declares more than {MAX_TENSORS:,} tensors.")
        numbers = (offset, *size, *stride)
        if not isinstance(storage, Storage) or len(size) != len(stride) or len(size) > 16:
            raise pickle.UnpicklingError("It declares a tensor of unknown type.")
        if not all(isinstance(number, int) and number >= 0 for number in numbers):
            raise pickle.UnpicklingError("It declares a tensor of impossible size.")
        if math.prod(size):
            last = offset + sum((length - 1) * step for length, step in zip(size, stride, strict=True))
            # A stride of 0 would blow one number up to any size.
            if last >= storage.items or math.prod(size) > storage.items:
                raise pickle.UnpicklingError("It declares a tensor that exceeds its storage.")
        return TensorPlace(storage, offset, tuple(size), tuple(stride))


def _checking(opcode: bytes, keys: Callable[[list[Any]], list[Any]]) -> Callable[[Any], None]:
    """What the machine does for `opcode`, after a look at the keys that it is about to hash."""
    original: Callable[[Any], None] = pickle._Unpickler.dispatch[opcode[0]]

    def load(reader: Any) -> None:
        for key in keys(reader.stack):
            _checked_key(key)
        original(reader)

    return load


def _skip_attributes(reader: Any) -> None:
    reader.stack.pop()  # attributes of plain values: not needed, and nothing may be set on a stand-in


_DISPATCH: dict[int, Any] = TorchPickleReader.dispatch
_DISPATCH[pickle.BUILD[0]] = _skip_attributes
_DISPATCH[pickle.SETITEM[0]] = _checking(pickle.SETITEM, lambda stack: stack[-2:-1])
for _opcode in (pickle.SETITEMS, pickle.DICT):
    _DISPATCH[_opcode[0]] = _checking(_opcode, lambda stack: stack[::2])
for _opcode in (pickle.ADDITEMS, pickle.FROZENSET):
    _DISPATCH[_opcode[0]] = _checking(_opcode, lambda stack: list(stack))


def _is_dtype(name: str) -> bool:
    import torch

    return isinstance(getattr(torch, name, None), torch.dtype)


def _first_argument(value: Any, *_rest: Any) -> Any:
    return value


# How torch saves tensors and layers that it has quantized.
_QUANTIZED = ("torch._utils._rebuild_qtensor", "torch.per_tensor_affine", "torch.per_channel_affine")
_OF_QUANTIZED = ("torch.ao.nn.quantized.", "torch.ao.nn.intrinsic.quantized.", "torch.nn.quantized.", "torchao.")


def unsafe(name: str) -> UnsafeFileError:
    """The refusal of a pickle that asks for `name`."""
    if name in _QUANTIZED or name.startswith(_OF_QUANTIZED):  # more than weights, but saving them again would not help
        return UnsafeFileError(
            "The weights in this file are already quantized.",
            cause=f"It requires {name}, which holds integers. The float model is what is quantized here.",
            hint="Choose the checkpoint that was saved before quantization, with float weights.",
        )
    return UnsafeFileError(
        "The file contains more than weights: loading it requires running code.",
        cause=f"It requires {name}. None of its code was run.",
        hint="Save only the weights, with torch.save(model.state_dict(), FILE) or as .safetensors.",
    )


def check_pickle(
    data: bytes, storage_bytes: Callable[[str], int | None], most_bytes: int = MAX_PICKLE_BYTES, *,
    lenient: bool = False,
) -> TorchPickleReader:
    """Follow one pickle to its end.

    Args:
        data: The pickle.
        storage_bytes: See TorchPickleReader.
        most_bytes: What is longer is refused.
        lenient: See TorchPickleReader.

    Raises:
        UnsafeFileError: it asks for code.
        ModelFileError: it is damaged or too large.
    """
    if len(data) > most_bytes:
        raise ModelFileError("The file's table of contents is too large.", cause=f"It has {len(data):,} bytes.")
    reader = TorchPickleReader(io.BytesIO(data), storage_bytes, lenient=lenient)
    follow(reader)
    return reader


def follow(reader: TorchPickleReader) -> Any:
    """`reader.load()` with every way in which a damaged pickle fails turned into a ModelFileError."""
    try:
        reader.content = reader.load()
        return reader.content
    except (UnsafeFileError, ModelFileError):
        raise
    except pickle.UnpicklingError as error:
        raise damaged(str(error)) from error
    except Exception as error:  # a damaged pickle can fail anywhere in the machine
        raise damaged("Its table of contents can't be read.") from error


def damaged(cause: str) -> ModelFileError:
    """The refusal of a file that can't be read."""
    return ModelFileError(
        "The model file is damaged or incomplete.", cause=cause, hint="Copy or download the file again."
    )
