"""What the paper reports for a run's network and bits, to stand next to what was measured.

Only figures of the paper itself: those of its abstract (arXiv 2301.07266, version 2 of 29 July 2023), which are the
only ones that are public without the article. It names no others there, so that none is shown for CIFAR or for 3 bits.
"""

from __future__ import annotations

from dataclasses import dataclass

from acq_engine.settings.run_config import RunConfig

SOURCE = "arXiv 2301.07266, abstract"
IMAGENET_CLASSES = 1000

# Architecture -> its name in the paper, and top-1 in percent at 4 bits.
_FOUR_BITS = {"resnet18": ("ResNet-18", 67.55), "resnet50": ("ResNet-50", 72.23)}


@dataclass(frozen=True)
class Published:
    """One figure of the paper.

    Attributes:
        network: As the paper names it.
        top1: Percent, of the quantized network.
        bits: Of weights and activations.
    """

    network: str
    top1: float
    bits: int


def published(config: RunConfig, arch: str, classes: int, input_shape: tuple[int, ...]) -> Published | None:
    """The paper's figure for a run; None unless architecture, data set, method, scheme and all bits are the paper's.

    That the data are ImageNet's is taken from 1,000 classes and an input of 3 x 224 x 224.

    Args:
        config: The run's settings.
        arch: The model's architecture, by its name in `acq models`.
        classes: How many the model has.
        input_shape: Channels, height, width.
    """
    bits = config.quantization
    four = bits.weight_text() == bits.activation_text() == "4" and bits.first_last_bits() == 4
    same = config.method == "acq" and bits.convention == "A" and bits.first_output_bits in (None, 4)
    found = _FOUR_BITS.get(arch)
    if found is None or not (four and same) or bits.layer_bits:
        return None
    if classes != IMAGENET_CLASSES or tuple(input_shape) != (3, 224, 224):
        return None
    return Published(*found, bits=4)
