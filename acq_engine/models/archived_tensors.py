"""The tensors of a file of torch's, taken from its archive without torch's own reader.

torch's reader refuses a file with objects that it does not know, also where they only stand beside the weights.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from acq_engine.models.pickles import TensorPlace

DTYPES: dict[str, torch.dtype] = {
    "DoubleStorage": torch.float64, "FloatStorage": torch.float32, "HalfStorage": torch.float16,
    "BFloat16Storage": torch.bfloat16, "LongStorage": torch.int64, "IntStorage": torch.int32,
    "ShortStorage": torch.int16, "CharStorage": torch.int8, "ByteStorage": torch.uint8, "BoolStorage": torch.bool,
}


def with_tensors(content: Any, archive: zipfile.ZipFile) -> Any:
    """The content of a pickle with tensors in their places.

    Args:
        content: What `TorchPickleReader` made of it: mappings and lists, with a TensorPlace for each tensor.
        archive: The file; places were checked to lie within its records.
    """
    names = {name.partition("/")[2]: name for name in archive.namelist()}
    storages: dict[str, Tensor] = {}

    def tensor(place: TensorPlace) -> Tensor | None:
        storage = place.storage
        dtype = DTYPES.get(storage.kind)
        if dtype is None:
            return None
        if storage.key not in storages:
            data = bytearray(archive.read(names[f"data/{storage.key}"]))
            storages[storage.key] = torch.frombuffer(data, dtype=dtype) if data else torch.empty(0, dtype=dtype)
        return storages[storage.key].as_strided(place.size, place.stride, place.offset).clone()

    def filled(value: Any, depth: int) -> Any:
        if isinstance(value, TensorPlace):
            return tensor(value)
        if isinstance(value, Mapping) and depth < MAX_DEPTH:
            return {key: filled(item, depth + 1) for key, item in value.items()}
        return value

    return filled(content, 0)


MAX_DEPTH = 8
"""State dicts lie less deep; a mapping can also hold itself."""
