"""What stands in the metadata of a `.acq.safetensors` file, and reading it with suspicion."""

from __future__ import annotations

import json
from math import prod
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from acq_engine.errors import ModelFileError, refuse_newer
from acq_engine.export.info import ModelFacts
from acq_engine.models.preprocessing import Interpolation
from acq_engine.settings import FEWEST_BITS, QuantizationConfig

METADATA_KEY = "acq"
SCHEMA_VERSION = 1
MAX_BYTES = 16 << 20
MAX_NODES = 50_000
MAX_PARTS = 20_000
MAX_WEIGHTS = 1 << 30  # numbers in all layers together, 4 GiB as float32

# The arrays: those of all layers, in their order, one behind the other.
CODES, ZERO_POINTS, SCALES, LOWS, HIGHS = "codes", "zero_points", "scales", "lows", "highs"
BIAS_CODES, BIAS_FLOATS = "bias_codes", "bias_floats"
SENSITIVITY, ACTIVATION_SCALES, CLIPPING = "sensitivity", "activation_scales", "clipping"
TENSOR_PREFIX = "float."

Size = Annotated[int, Field(ge=0, le=1 << 30)]
Step = Annotated[int, Field(ge=0, le=1 << 16)]
Name = Annotated[str, Field(max_length=400)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class LayerEntry(_Part):
    """One quantized layer. Codes are stored + zero point; `input` is the quantizer on whose grid its input lies."""

    name: Name
    kind: Literal["conv2d", "linear"] = "conv2d"
    shape: tuple[Size, ...] = Field(min_length=2, max_length=4)
    bits: int = Field(ge=2, le=8)
    range: Literal["mse", "minmax"] = "mse"
    input: Size | None = None
    bias: Literal["none", "codes", "float"] = "codes"
    deflated: Size | None = None  # bytes of the codes where they are deflated
    stride: tuple[Step, Step] = (1, 1)
    padding: tuple[Step, Step] | Literal["same", "valid"] = (0, 0)
    dilation: tuple[Step, Step] = (1, 1)
    groups: int = Field(1, ge=1, le=1 << 20)

    @property
    def weights(self) -> int:
        """How many numbers the weight has."""
        return prod(self.shape)


class QuantizerEntry(_Part):
    """One activation quantizer."""

    name: Name
    bits: int = Field(ge=2, le=8)
    zero_point: int = Field(0, ge=0, le=255)
    activation: Literal["none", "relu", "relu6"] = "none"

    @model_validator(mode="after")
    def _check(self) -> QuantizerEntry:
        if self.zero_point >= 2**self.bits:
            raise ValueError("the zero point is no code")
        return self


class ModelEntry(_Part):
    """The float model; see LoadedModel for the fields."""

    name: Name
    arch: Name
    num_classes: int = Field(ge=1, le=1_000_000)
    input_shape: tuple[Annotated[int, Field(ge=1, le=64)], Annotated[int, Field(ge=1, le=4096)],
                       Annotated[int, Field(ge=1, le=4096)]]
    mean: tuple[float, ...]
    std: tuple[Annotated[float, Field(gt=0)], ...]
    class_names: tuple[Name, ...] = ()
    sha256: Annotated[str, Field(max_length=64)] = ""
    resize: int | None = Field(None, ge=1, le=8192)
    interpolation: Interpolation = "bilinear"
    float_bytes: int = Field(ge=0)

    @model_validator(mode="after")
    def _check(self) -> ModelEntry:
        if not len(self.mean) == len(self.std) == self.input_shape[0]:
            raise ValueError("mean and standard deviation do not fit the channels")
        return self

    def facts(self) -> ModelFacts:
        """As exporters take them."""
        return ModelFacts(**dict(self))


class Document(_Part):
    """The whole metadata; `graph` is described in `graph.py`."""

    schema_version: Literal[1] = 1
    tool: Annotated[str, Field(max_length=100)]
    model: ModelEntry
    quantization: QuantizationConfig
    layers: list[LayerEntry] = Field(min_length=1, max_length=MAX_PARTS)
    quantizers: list[QuantizerEntry] = Field(max_length=MAX_PARTS)
    tensors: Size
    graph: list[list[Any]] = Field(min_length=2, max_length=MAX_NODES)

    @model_validator(mode="before")
    @classmethod
    def _with_shortcut_bits(cls, data: Any) -> Any:
        """Files from before shortcuts had bits of their own don't name them; they had the activations'."""
        given = data.get("quantization") if isinstance(data, dict) else None
        if not isinstance(given, dict) or "shortcut_bits" in given:
            return data
        return {**data, "quantization": {"shortcut_bits": FEWEST_BITS, **given}}

    @model_validator(mode="after")
    def _check(self) -> Document:
        if sum(layer.weights for layer in self.layers) > MAX_WEIGHTS:
            raise ValueError("the layers have too many weights")
        for layer in self.layers:
            if layer.input is not None and layer.input >= len(self.quantizers):
                raise ValueError(f"layer {layer.name} names a quantizer that is not there")
            if layer.weights == 0 or len(layer.shape) != (4 if layer.kind == "conv2d" else 2):
                raise ValueError(f"the shape of layer {layer.name} can't be")
            if layer.bias == "codes" and layer.input is None:
                raise ValueError(f"layer {layer.name} has no grid for its bias")
        return self

    def to_json(self) -> str:
        """As it is stored."""
        data = self.model_dump(mode="json", exclude_defaults=True)
        data["quantization"]["shortcut_bits"] = self.quantization.shortcut_bits  # its absence means an older file
        return json.dumps(data, separators=(",", ":"), ensure_ascii=False)


def read_document(text: str | None) -> Document:
    """Parse and check.

    Raises:
        ModelFileError: it is no such document, or a newer one.
    """
    if text is None:
        raise ModelFileError(
            "This file is not a quantized model of ACQ Studio.", cause="Its metadata has no entry 'acq'.",
            hint="Use a file that was exported with the format acq.",
        )
    if len(text) > MAX_BYTES:
        raise ModelFileError("The model's description is too large.", cause=f"It has {len(text):,} characters.")
    try:
        data = json.loads(text)
        newer = ModelFileError("The quantized model was written by a newer version of ACQ Studio.")
        refuse_newer(data, SCHEMA_VERSION, newer)
        return Document.model_validate_json(text)
    except (ValueError, RecursionError) as error:
        lines = str(error).splitlines()
        raise ModelFileError(
            "The model's description is damaged.", cause=" ".join(lines[1:3] or lines)[:300]
        ) from error
