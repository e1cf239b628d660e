"""What the training's images were like, told without a single image, by the first batch norm (OURS).

Where only convolutions stand before it, the mean of its input is a linear function of the images' mean colour. The
running means are as many equations as there are channels, for three unknowns. Their spread is compared with that of
noise which is as rich in contrast as photographs are. Images whose mean colour lies outside of black and white, or that
have more contrast than black and white stripes, were prepared otherwise than is assumed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from acq_engine.errors import Question
from acq_engine.models.loaded import LoadedModel, never_trained
from acq_engine.models.preprocessing import PRESETS
from acq_engine.models.probe import batch_norm_paths
from acq_engine.models.statistics_check import CONTRAST, noise_images

IMAGES = 16
UNSURE = 0.1
"""Standard error of the mean colour, in pixels from 0 to 1, above which nothing is said."""

POSSIBLE_MEAN, USUAL_MEAN = (0.03, 0.97), (0.2, 0.8)
POSSIBLE_CONTRAST, USUAL_CONTRAST = (0.15, 0.5), (0.17, 0.45)
"""Of a whole training's images, as they are estimated here: 0.31 and 0.31 for photographs, 0.37 for clothes on black.

Preprocessing is doubted where the estimate is not possible and another one makes it usual.
"""

STANDARDISED_MEAN, STANDARDISED_CONTRAST = 0.4, (0.5, 2.0)
"""After preprocessing: what the training's own mean and deviation give, whatever its images are like."""

DARKEST, PLAINEST = 0.01, 0.02
"""Images may have such a mean and such a contrast, as those of microscopes do."""

BLUER = 0.02
"""By how much blue must be brighter than red for the order of channels to be doubted.

Photographs are redder: by 0.08 in ImageNet, by 0.04 in CIFAR-10. Pictures of sky or water need not be.
"""

NAMES = ("imagenet", "cifar10", "cifar100", "0..1", "-1..1", "0..255")


@dataclass(frozen=True, slots=True)
class InputStatistics:
    """The training's images after preprocessing.

    Attributes:
        mean: By channel.
        error: Standard error of each mean.
        contrast: Their standard deviation, over all channels.
    """

    mean: tuple[float, ...]
    error: tuple[float, ...]
    contrast: float

    def pixels(self, mean: Sequence[float], std: Sequence[float]) -> tuple[float, ...]:
        """The mean colour in pixels from 0 to 1, if this was subtracted and that divided by."""
        return tuple(own * s + m for own, m, s in zip(self.mean, mean, std, strict=True))

    def pixel_contrast(self, std: Sequence[float]) -> float:
        """The standard deviation of pixels from 0 to 1, if this was divided by."""
        return self.contrast * sum(std) / len(std)


def input_statistics(loaded: LoadedModel) -> InputStatistics | None:
    """Estimate them from the first batch norm; None where other layers stand before it, or nothing was learned."""
    channels = loaded.input_shape[0]
    if channels not in (1, 3) or loaded.measured or never_trained(loaded.module):
        return None
    constant = torch.cat([torch.zeros(1, channels), torch.eye(channels), torch.ones(1, channels),
                          -torch.ones(1, channels)])
    noise = noise_images(IMAGES, loaded.input_shape)
    noise = noise - noise.mean((0, 2, 3), keepdim=True)
    seen = _before_first_norm(loaded.module, torch.cat([
        constant[:, :, None, None].expand(-1, -1, *loaded.input_shape[1:]), noise]))
    if seen is None:
        return None
    norm, found = seen
    assert isinstance(norm.running_mean, Tensor) and isinstance(norm.running_var, Tensor)
    flat = found[: len(constant)].mean((2, 3))
    response, offset = (flat[1 : 1 + channels] - flat[0]).T, flat[0]
    total = response.sum(1)
    if not (_near(flat[-2] - offset, total) and _near(offset - flat[-1], total)):
        return None  # not linear: an activation stands before it
    variance = norm.running_var
    alive = variance > 1e-6 * variance.max()
    deviation = (variance[alive] + 1e-12).sqrt()
    spread = (found[len(constant):] - offset[:, None, None]).var((0, 2, 3))[alive]
    if int(alive.sum()) <= channels or not bool((spread > 0).all()):
        return None
    left = (response[alive] / deviation[:, None]).double()
    right = ((norm.running_mean - offset)[alive] / deviation).double()
    inverse = torch.linalg.pinv(left.T @ left)
    mean = inverse @ left.T @ right
    rest = (left @ mean - right).square().sum() / (len(right) - channels)
    error = (rest * inverse.diagonal()).clamp(min=0).sqrt()
    contrast = CONTRAST * float((deviation / spread.sqrt()).log().median().exp())
    return InputStatistics(tuple(mean.tolist()), tuple(error.tolist()), contrast)


def _near(one: Tensor, other: Tensor) -> bool:
    return torch.allclose(one, other, rtol=1e-3, atol=1e-3 * float(other.abs().max() + 1e-6))


class _Seen(Exception):  # noqa: N818 - no error: the way out of a forward pass whose rest is not needed
    pass


@torch.no_grad()
def _before_first_norm(module: nn.Module, x: Tensor) -> tuple[nn.Module, Tensor] | None:
    """The batch norm that runs first, and its input (N, C, H, W)."""
    seen: list[tuple[nn.Module, Tensor]] = []

    def watch(norm: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        seen.append((norm, inputs[0]))
        raise _Seen

    handles = [module.get_submodule(path).register_forward_pre_hook(watch) for path in batch_norm_paths(module)]
    try:
        module(x)
    except _Seen:
        pass
    finally:
        for handle in handles:
            handle.remove()
    return seen[0] if seen and seen[0][1].dim() == 4 else None


def input_questions(loaded: LoadedModel, *, explicit: bool) -> tuple[Question, ...]:
    """Doubts about mean, deviation and order of channels; none where all is as usual, or nothing can be told.

    Args:
        loaded: On the CPU.
        explicit: Mean and deviation were given as numbers: those of a training of one's own, perhaps.
    """
    found = input_statistics(loaded)
    if found is None or max(e * s for e, s in zip(found.error, loaded.std, strict=True)) > UNSURE:
        return ()
    doubt, best = _preprocessing(found, loaded, explicit)
    order = _order(found, best)
    return tuple(question for question in (doubt, order) if question is not None)


def _fits(found: InputStatistics, loaded: LoadedModel, mean: tuple[float, float],
          contrast: tuple[float, float]) -> bool:
    inside = all(mean[0] <= value <= mean[1] for value in found.pixels(loaded.mean, loaded.std))
    return inside and contrast[0] <= found.pixel_contrast(loaded.std) <= contrast[1]


def _preprocessing(
    found: InputStatistics, loaded: LoadedModel, explicit: bool
) -> tuple[Question | None, LoadedModel]:
    """A question where it is doubtful, and the model with the preprocessing that is the likeliest."""
    standardised = max(map(abs, found.mean)) < STANDARDISED_MEAN and (
        STANDARDISED_CONTRAST[0] < found.contrast < STANDARDISED_CONTRAST[1])
    of_its_own = explicit and standardised and _fits(found, loaded, (DARKEST, 1 - DARKEST), (PLAINEST, 1.0))
    if of_its_own or _fits(found, loaded, POSSIBLE_MEAN, POSSIBLE_CONTRAST):
        return None, loaded
    others = {name: _with(loaded, name) for name in NAMES}
    fitting = {name: other for name, other in others.items()
               if _fits(found, other, USUAL_MEAN, USUAL_CONTRAST)}
    if not fitting:
        return None, loaded
    # Nearest to photographs; of equals the first.
    order = sorted(fitting, key=lambda name: abs(found.pixel_contrast(fitting[name].std) - CONTRAST))
    own = next((name for name, other in others.items() if (other.mean, other.std) == (loaded.mean, loaded.std)), "own")
    return Question(
        "The preprocessing may not be the one of the training.", "model.preprocessing",
        ((own, _speaks(found, loaded)), *((name, _speaks(found, fitting[name])) for name in order)), taken=own,
        cause="The first batch norm's statistics tell what the training's images were like. With the preprocessing as "
        f"set, their mean would be {_listed(found.pixels(loaded.mean, loaded.std))} and their contrast "
        f"{found.pixel_contrast(loaded.std):.2f} (pixels from 0 to 1), which is not usual for photographs; with "
        f"{order[0]}, {_listed(found.pixels(fitting[order[0]].mean, fitting[order[0]].std))} and "
        f"{found.pixel_contrast(fitting[order[0]].std):.2f}.",
    ), fitting[order[0]]


def _with(loaded: LoadedModel, name: str) -> LoadedModel:
    mean, std = PRESETS[name]
    if loaded.input_shape[0] == 1:
        mean, std = (sum(mean) / 3,), (sum(std) / 3,)
    return replace(loaded, mean=mean, std=std)


def _speaks(found: InputStatistics, loaded: LoadedModel) -> str:
    return (f"The training's images had the mean {_listed(found.pixels(loaded.mean, loaded.std))} and the contrast "
            f"{found.pixel_contrast(loaded.std):.2f}.")


def _listed(values: Sequence[float]) -> str:
    return ", ".join(f"{value:.2f}" if abs(value) < 10 else f"{value:.0f}" for value in values)


def _order(found: InputStatistics, loaded: LoadedModel) -> Question | None:
    """A question where the images seem to have been bluer than red."""
    if len(found.mean) != 3:
        return None
    pixels = found.pixels(loaded.mean, loaded.std)
    error = sum((e * s) ** 2 for e, s in zip(found.error[::2], loaded.std[::2], strict=True)) ** 0.5
    usual = all(USUAL_MEAN[0] <= value <= USUAL_MEAN[1] for value in pixels)
    if not usual or pixels[2] - pixels[0] <= BLUER + 2 * error or sorted(pixels) != list(pixels):
        return None
    return Question(
        "It is uncertain in which order the model takes the channels.", "model.channel_order",
        (("rgb", f"The training's images had the mean red {pixels[0]:.2f}, green {pixels[1]:.2f}, blue "
          f"{pixels[2]:.2f}; photographs usually have less blue than red."),
         ("bgr", f"The training's images had the mean red {pixels[2]:.2f}, green {pixels[1]:.2f}, blue "
          f"{pixels[0]:.2f}, as is usual for photographs.")),
        taken="rgb",
        cause=f"The first batch norm's statistics belong to images with the mean {_listed(pixels)} (pixels from 0 to "
        "1), the last channel brighter than the first. In photographs red is usually brighter than blue.",
    )
