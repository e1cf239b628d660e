"""The float and the quantized network of a finished run on the same pictures: answers, attention, error by layer."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from acq_engine.errors import QuantizationError, StorageError, TrainingError, first_line
from acq_engine.models import LoadedModel, load_teacher
from acq_engine.quantization import QuantizedLayer, QuantizedModel, quantize_model
from acq_engine.settings import QuantizationConfig
from acq_engine.store import RunStore
from acq_engine.teacher import attention
from acq_engine.teacher.model import Teacher

F32 = NDArray[np.float32]
I64 = NDArray[np.int64]
MOST_ANSWERS = 5
LEAST = 1e-12


@dataclass(frozen=True)
class PicturePairs:
    """What both networks make of N pictures. K is the number of answers kept, at most MOST_ANSWERS.

    Attributes:
        float_classes: (N, K) the float network's answers, likeliest first.
        float_shares: (N, K) their probabilities, 0..1.
        quantized_classes: (N, K) the quantized network's answers.
        quantized_shares: (N, K) their probabilities, 0..1.
        float_of_quantized: (N, K) the float network's probabilities of the quantized one's answers.
        divergence: (N,) KL divergence of the quantized from the float network's probabilities, in nats.
        layer: Where attention is looked at.
        float_maps: (N, h, w) attention maps, each with sum 1.
        quantized_maps: The same of the quantized network; None where its graph has no such place.
        layers: The quantized layers' names, in the order of computation.
        errors: (N, layers) squared distance of a layer's two outputs over the float output's square (OURS). A layer
            has the errors of all before it in its input; 0 is no difference.
    """

    float_classes: I64
    float_shares: F32
    quantized_classes: I64
    quantized_shares: F32
    float_of_quantized: F32
    divergence: F32
    layer: str
    float_maps: F32
    quantized_maps: F32 | None
    layers: tuple[str, ...]
    errors: F32


class BothNetworks:
    """A run's float and quantized network, ready to be run on the same pictures, on the CPU.

    Args:
        loaded: The float model; it is not changed, but keeps a hook.
        config: How it was quantized.
        state: The quantized network's weights and ranges.
        layer: Where attention is looked at; empty: the run's default.

    Raises:
        StorageError: the state does not fit.
        ModelError: the model has no such layer.
    """

    def __init__(
        self, loaded: LoadedModel, config: QuantizationConfig, state: dict[str, Tensor], layer: str = ""
    ) -> None:
        self.loaded = loaded
        self.layer = layer or loaded.default_attention_layer()
        example = torch.zeros(2, *loaded.input_shape)
        self._tapped = True
        try:
            student = quantize_model(loaded.module, example, config, (self.layer,))
        except QuantizationError:  # the place may be folded away; everything else can be compared all the same
            student = quantize_model(loaded.module, example, config)
            self._tapped = False
        # The float network as the same graph: its layers have the same names, and batch norms are in them as well.
        self._plain = copy.deepcopy(student).eval()
        self._plain.set_mode("float")
        try:
            student.load_state_dict(state)
        except RuntimeError as error:
            raise StorageError(
                "The quantized model does not fit the run's settings.", cause=first_line(error),
                hint="The run folder was changed, or written by another version. Run the quantization again.",
            ) from error
        self.student = student.eval()
        self._teacher = Teacher(loaded.module, (self.layer,))

    @classmethod
    def of_run(cls, folder: Path | str) -> BothNetworks:
        """Those of a finished run.

        Raises:
            StorageError: there is no run, it has no quantized model yet, or its files are damaged.
            ModelError: the float model's copy is missing or damaged.
        """
        store = RunStore.open(folder)
        state = store.load_student_state()
        config = store.config
        return cls(load_teacher(store.path), config.quantization, state, config.generator.attention_layer)

    def batch_size(self) -> int:
        """Pictures at once: all outputs of all layers are held, so fewer than elsewhere."""
        _, height, width = self.loaded.input_shape
        return max(1, min(50, 4 * 224 * 224 // (height * width)))

    @torch.no_grad()
    def compare(
        self, images: NDArray[np.uint8], *, progress: Callable[[int, int], None] | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> PicturePairs:
        """Run both networks.

        Args:
            images: (N, H, W, C) uint8, as large as the model's input; N above 0.
            progress: Told pictures done and pictures in all.
            stop: Asked before every batch; true ends with what is there, at least one batch.

        Raises:
            TrainingError: an answer is NaN.
        """
        parts: list[dict[str, Tensor]] = []
        size = self.batch_size()
        for start in range(0, len(images), size):
            if parts and stop():
                break
            parts.append(self._batch(self.loaded.to_model_input(images[start:start + size])))
            if progress is not None:
                progress(min(start + size, len(images)), len(images))
        joined = {name: torch.cat([part[name] for part in parts]).numpy() for name in parts[0]}
        return PicturePairs(
            layer=self.layer, layers=tuple(layer.name for layer in self.student.layers()),
            quantized_maps=joined.pop("quantized_maps", None), **joined,
        )

    def _batch(self, x: Tensor) -> dict[str, Tensor]:
        seen = self._teacher(x)
        logits = self.student(x)  # in integers, as an exported file computes
        if bool(torch.isnan(logits).any()) or bool(torch.isnan(seen.logits).any()):
            raise TrainingError("The model's output is NaN.", hint="Lower the learning rate, or use more bits.")
        plain, quantized = seen.logits.log_softmax(1), logits.log_softmax(1)
        count = min(MOST_ANSWERS, plain.shape[1])
        float_top, quantized_top = plain.topk(count, 1), quantized.topk(count, 1)
        errors, features = self._errors(x)
        result = {
            "float_classes": float_top.indices, "float_shares": float_top.values.exp(),
            "quantized_classes": quantized_top.indices, "quantized_shares": quantized_top.values.exp(),
            "float_of_quantized": plain.gather(1, quantized_top.indices).exp(),
            "divergence": (plain.exp() * (plain - quantized)).sum(1).clamp_min(0),
            "float_maps": attention.normalised(attention.attention_map(seen.features[self.layer])),
            "errors": errors,
        }
        if features is not None:
            result["quantized_maps"] = attention.normalised(attention.attention_map(features))
        return result

    def _errors(self, x: Tensor) -> tuple[Tensor, Tensor | None]:
        """Each layer's relative squared error (N, layers), and the quantized network's features at `layer`."""
        with _Outputs(self._plain) as plain:
            self._plain.network(x)
        with _Outputs(self.student) as quantized:
            found = self.student.network(x)
        columns = [
            (mine - real).flatten(1).square().sum(1) / real.flatten(1).square().sum(1).clamp_min(LEAST)
            for mine, real in zip(quantized.values, plain.values, strict=True)
        ]
        return torch.stack(columns, 1).float(), found[1] if self._tapped else None


class _Outputs:
    """The outputs of a network's quantized layers in one pass, in the order of computation."""

    def __init__(self, model: QuantizedModel) -> None:
        self.values: list[Tensor] = []
        self._layers: list[QuantizedLayer] = model.layers()
        self._handles: list[Any] = []

    def __enter__(self) -> _Outputs:
        self._handles = [layer.register_forward_hook(self._keep) for layer in self._layers]
        return self

    def __exit__(self, *_: object) -> None:
        for handle in self._handles:
            handle.remove()

    def _keep(self, module: nn.Module, args: tuple[Any, ...], output: Tensor) -> None:
        self.values.append(output)
