"""What tools for .tflite files read beside the network: TensorFlow Lite Metadata, and the class names as labels.txt.

The metadata are a flatbuffer of their own (schema 1.0, identifier M001) in the file; labels.txt lies in a ZIP archive
behind it, as its readers expect. Numbers of fields are those of metadata_schema.fbs.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from acq_engine import __version__
from acq_engine.export.info import ModelFacts

METADATA_NAME = "TFLITE_METADATA"
LABELS, ABOUT = "labels.txt", "acq.json"
_IDENTIFIER, _VERSION = b"M001", "1.0.0"
_IMAGE, _NORMALIZATION, _AXIS_LABELS = 2, 1, 2  # ContentProperties, ProcessUnitOptions, AssociatedFileType
_COLOURS = {1: 2, 3: 1}  # channels to ColorSpaceType: grey, RGB
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same file each time


def metadata(about: ModelFacts) -> bytes:
    """The metadata: how pixels 0..255 become the input, as (pixel - mean) / std, and where the class names are."""
    import flatbuffers

    builder = flatbuffers.Builder(1024)
    channels, height, width = about.input_shape
    content = None
    if channels in _COLOURS:
        size = _table(builder, 2, {0: width, 1: height}, kind="Uint32")
        image = _table(builder, 2, {0: _COLOURS[channels]}, {1: size})
        content = _table(builder, 3, {0: _IMAGE}, {1: image})
    floats = [builder.CreateNumpyVector(np.asarray(values, np.float32) * 255) for values in (about.mean, about.std)]
    unit = _table(builder, 2, {0: _NORMALIZATION}, {1: _table(builder, 2, {}, dict(enumerate(floats)))})
    source = _table(builder, 7, {}, {
        0: builder.CreateString("image"), 3: content, 4: _vector(builder, [unit])})
    files = []
    if about.class_names:
        files = [_table(builder, 5, {2: _AXIS_LABELS}, {0: builder.CreateString(LABELS)})]
    result = _table(builder, 7, {}, {
        0: builder.CreateString("logits"), 6: _vector(builder, files) if files else None})
    graph = _table(builder, 10, {}, {2: _vector(builder, [source]), 3: _vector(builder, [result])})
    model = _table(builder, 8, {}, {
        0: builder.CreateString(about.name), 2: builder.CreateString(f"ACQ Studio {__version__}"),
        3: _vector(builder, [graph]), 7: builder.CreateString(_VERSION)})
    builder.Finish(model, file_identifier=_IDENTIFIER)
    return bytes(builder.Output())


def with_files(network: bytes, about: ModelFacts, described: Mapping[str, str]) -> bytes:
    """The network with an archive behind it: `described` as acq.json; one class a line in labels.txt, if they have
    names."""
    files = {ABOUT: json.dumps(dict(described), ensure_ascii=False, separators=(",", ":"))}
    if about.class_names:
        files[LABELS] = "".join(f"{' '.join(name.split())}\n" for name in about.class_names)
    file = io.BytesIO(network)
    with zipfile.ZipFile(file, "a") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), text)
    return file.getvalue()


def _table(
    builder: Any, fields: int, numbers: dict[int, int], offsets: dict[int, int | None] | None = None, *,
    kind: str = "Uint8",
) -> int:
    """A table of a schema by the numbers of its fields; what is None is left out."""
    builder.StartObject(fields)
    for field, number in numbers.items():
        getattr(builder, f"Prepend{kind}Slot")(field, number, 0)
    for field, offset in (offsets or {}).items():
        if offset is not None:
            builder.PrependUOffsetTRelativeSlot(field, offset, 0)
    made: int = builder.EndObject()
    return made


def _vector(builder: Any, offsets: Sequence[int]) -> int:
    builder.StartVector(4, len(offsets), 4)
    for offset in reversed(offsets):
        builder.PrependUOffsetTRelative(offset)
    made: int = builder.EndVector()
    return made
