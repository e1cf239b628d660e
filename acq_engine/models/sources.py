"""The sources of models: one function each, chosen by `ModelConfig.source`."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from torch import nn

from acq_engine.errors import ArchitectureError, ConfigError, ConsentNeededError, ModelError, NoBatchNormError
from acq_engine.models import builtin, timm_models
from acq_engine.models.alternatives import architecture_question
from acq_engine.models.channel_order import take_rgb
from acq_engine.models.checkpoint import FileKind, consent_needed, file_kind, read_weights
from acq_engine.models.input_statistics import input_questions
from acq_engine.models.loaded import LoadedModel, prepare, weights_sha256
from acq_engine.models.matching import refuse_keras
from acq_engine.models.measured_statistics import needs_measured_statistics, with_measured_statistics
from acq_engine.models.model_folders import read_folder
from acq_engine.models.preprocessing import PRESETS, Preprocessing, preset
from acq_engine.models.range_check import refuse_no_numbers
from acq_engine.models.recognition import choose_part, chosen_by_name
from acq_engine.models.registry import Architecture, architecture, architectures
from acq_engine.models.statistics_check import WRONG_LAYERS, typical_distance
from acq_engine.models.torchvision_models import (
    IMAGENET_CLASSES,
    WITH_AUXILIARY_HEADS,
    imagenet_class_names,
    published_preprocessing,
)
from acq_engine.models.untrusted import KIND_NAMES, WITHOUT_CONSENT, open_untrusted, split_function
from acq_engine.models.weights import STATISTICS, State, check_values, fit, has_statistics, lacks_statistics
from acq_engine.settings import ModelConfig

if TYPE_CHECKING:
    from acq_engine.models.pretrained import Published

Progress = Callable[[int, int], None]
"""Called with bytes done and bytes in all (0: not known) while something is downloaded."""


def load_model(
    config: ModelConfig, *, progress: Progress | None = None, stop: Callable[[], bool] | None = None
) -> LoadedModel:
    """Load the classifier that the settings name.

    Args:
        config: The model's settings.
        progress: Told how far a download is.
        stop: Asked now and then while downloading; true breaks it off.

    Raises:
        ModelError: in one of its kinds, see `acq_engine.errors`.
        ConfigError: mean and deviation don't fit the model.
    """
    if config.source == "sample":
        return _load_sample(config)
    if config.source == "torchvision":
        from acq_engine.models.pretrained import load_torchvision

        return _published(config, config.name, load_torchvision(config.name, progress=progress, stop=stop))
    if config.source == "timm":
        from acq_engine.models.pretrained import load_timm

        name = timm_models.PREFIX + config.name.removeprefix(timm_models.PREFIX)
        return _published(config, name, load_timm(name, progress=progress, stop=stop))
    return _load_checkpoint(config, stop)


def _load_sample(config: ModelConfig) -> LoadedModel:
    if config.name != builtin.SAMPLE_NAME:
        raise ModelError(
            f"There is no built-in sample called {config.name!r}.", hint=f"There is one: {builtin.SAMPLE_NAME}."
        )
    entry = architecture(builtin.ARCHITECTURE)
    module, classes, channels = fit(entry, check_values(builtin.load_sample_weights()), config.num_classes)
    return assemble(config, module, builtin.SAMPLE_NAME, entry.name, classes, channels, entry.preprocessing,
                    class_names=builtin.CLASS_NAMES, published=_is_own(config))


def _published(config: ModelConfig, arch: str, found: tuple[State, Published]) -> LoadedModel:
    """A network with the weights that its authors published."""
    state, published = found
    notes = list(published.notes)
    if arch in WITH_AUXILIARY_HEADS and config.preprocessing == "imagenet":
        # torchvision undoes ImageNet's normalisation inside these networks; here that step is no part of them.
        config = config.model_copy(update={"preprocessing": "own"})
        notes.append(
            f"{arch} was trained on inputs from -1 to 1. torchvision converts ImageNet's normalization to that inside "
            "the network; here the input is normalized to -1..1 once instead."
        )
    module, classes, channels = fit(architecture(arch), check_values(state), config.num_classes)
    return assemble(config, module, config.name, arch, classes, channels, published.preprocessing,
                    class_names=published.class_names, notes=notes, published=_is_own(config))


def _is_own(config: ModelConfig) -> bool:
    """The preprocessing that came with the weights is used as it is."""
    return config.preprocessing == "own" and config.mean is None and config.std is None


def _load_checkpoint(config: ModelConfig, stop: Callable[[], bool] | None) -> LoadedModel:
    if config.path is None:
        raise ConfigError("A checkpoint needs a file.")
    path, _ = split_function(Path(config.path))
    folder = read_folder(path) if path.is_dir() else None
    if folder is not None:
        path = folder.weights
        config = config.model_copy(update={"arch": config.arch or folder.arch, "path": path})
    kind = file_kind(path)
    if kind in KIND_NAMES:
        return _load_untrusted(config, path, kind, stop)
    try:
        state, notes = read_weights(path)
    except ConsentNeededError:
        if not config.trust:
            raise
        return _load_untrusted(config, path, "pickled", stop)
    refuse_keras(state)
    if not has_statistics(state):
        _refuse_lost_statistics(state, config.arch)
    chosen = choose_part(state) if config.arch is None else chosen_by_name(architecture(config.arch), state)
    entry, state, notes = chosen.entry, chosen.state, [*notes, *chosen.notes]
    module, classes, channels = fit(entry, state, config.num_classes)
    preprocessing = entry.default_preprocessing(classes, channels)
    if entry.family == "torchvision" and (classes, channels) == (IMAGENET_CLASSES, 3):
        preprocessing = published_preprocessing(entry.name, path.name) or preprocessing
    names = _class_names(entry, classes)
    if folder is not None:
        names, notes = folder.class_names or names, [*folder.notes, *notes]
        preprocessing = folder.preprocessing(preprocessing)
    loaded = assemble(config, module, path.stem, entry.name, classes, channels, preprocessing,
                      class_names=names, notes=notes)
    if chosen.matched:
        _check_match(loaded)
    doubt = architecture_question(loaded, chosen.others)
    loaded.questions = (*doubt, *loaded.questions)
    return loaded


def _check_match(loaded: LoadedModel) -> None:
    """Layers that changed places would be seen in what the batch norms remember.

    Raises:
        ArchitectureError: the statistics contradict the match.
    """
    if loaded.measured:  # statistics of these very weights agree with them in any order
        loaded.notes = (*loaded.notes, "Nothing in this model can contradict that. The float accuracy on test images "
                        "tells for sure.")
        return
    distance = typical_distance(loaded)
    if distance is None or distance > WRONG_LAYERS:
        raise ArchitectureError(
            "The weights match no known architecture.",
            cause=f"Their shapes are those of {loaded.arch}, but the batch-norm statistics contradict that.",
            hint="If you have the model's Python source, use that file (it needs --trust).",
        )
    loaded.notes = (*loaded.notes, f"Its batch-norm statistics agree with that (typical distance {distance:.2f}; "
                    f"up to {WRONG_LAYERS} is accepted). The float accuracy on test images tells for sure.")


def _refuse_lost_statistics(state: State, arch: str | None) -> None:
    """Refuse weights without running statistics whose network has batch norm, or may have it.

    Raises:
        NoBatchNormError: the file lacks them.
    """
    if timm_models.TOKENS in state:  # timm's transformers have none
        return
    known = architectures().values() if arch is None else [architecture(arch)]
    hint = "Save the whole state: torch.save(model.state_dict(), FILE), not the parameters alone."
    for entry in known:
        if entry.signature and entry.signature not in state:
            continue
        if entry.template().keys() == state.keys():
            return
        missing = lacks_statistics(entry, state)
        if missing:
            some = any(key.endswith(STATISTICS) for key in state)
            raise NoBatchNormError(
                "This file lacks the batch-norm statistics, so the model can't be quantized without data.",
                cause=f"It has all parameters of {entry.name}, but {missing} of its running means and variances are "
                "missing." if some else
                f"It has all parameters of {entry.name}, but none of its {missing} running means and variances.",
                hint=hint,
            )
    vectors = {key.rpartition(".")[0] for key, value in state.items() if key.endswith(".weight") and value.dim() == 1}
    norms = [path for path in vectors if f"{path}.bias" in state]
    usual = timm_models.usual_names(state) if norms else ()
    if norms and not any(architecture(name).template().keys() == state.keys() for name in usual):
        raise NoBatchNormError(
            "This file has no batch-norm statistics, so the model can't be quantized without data.",
            cause=f"It has {len(norms)} normalization layers without running means and variances: they were not saved, "
            "or the layers are no batch norms.",
            hint=f"If they are batch norms: {hint[0].lower()}{hint[1:]}",
        )


def _class_names(entry: Architecture, classes: int) -> tuple[str, ...]:
    """ImageNet's names for 1,000 classes; other weights don't tell their names."""
    return imagenet_class_names() if classes == entry.num_classes == IMAGENET_CLASSES else ()


def _load_untrusted(
    config: ModelConfig, path: Path, kind: FileKind, stop: Callable[[], bool] | None
) -> LoadedModel:
    """A file that can run code: only with consent, and only in a process of its own."""
    if not config.trust and kind not in WITHOUT_CONSENT:
        raise consent_needed(path, kind)
    assert config.path is not None
    opened = open_untrusted(
        Path(config.path), weights=config.weights, input_size=config.input_size, output=config.output,
        channels=config.channels, stop=stop, kind=kind
    )
    if config.num_classes not in (None, opened.num_classes):
        raise ArchitectureError(f"The model has {opened.num_classes} classes, not {config.num_classes}.")
    if config.input_size not in (None, opened.input_shape[1]):
        raise ArchitectureError(f"The file is for images of {opened.input_shape[1]} pixels.")
    preprocessing = preset("imagenet", opened.input_shape[1])
    if opened.mean is not None and opened.std is not None:
        preprocessing = dataclasses.replace(preprocessing, mean=opened.mean, std=opened.std)
    return assemble(config, opened.network, path.stem, opened.arch, opened.num_classes, opened.input_shape[0],
                    preprocessing, class_names=opened.class_names, notes=opened.notes, structure=opened.structure)


def assemble(
    config: ModelConfig,
    module: nn.Module,
    name: str,
    arch: str,
    num_classes: int,
    channels: int,
    preprocessing: Preprocessing,
    *,
    class_names: Sequence[str] = (),
    notes: Sequence[str] = (),
    structure: str = "",
    published: bool = False,
) -> LoadedModel:
    """Join a network with its preprocessing; what the settings say goes before what was found.

    Args:
        config: The model's settings.
        module: The network with its weights.
        name: For titles.
        arch: The architecture's name.
        num_classes: Length of the logits.
        channels: Channels of the input.
        preprocessing: What to use where the settings say nothing.
        class_names: Used when there are as many as classes.
        notes: Sentences about what was assumed.
        structure: See LoadedModel.
        published: The preprocessing is what the weights were published with: nobody need doubt it.

    Raises:
        NoBatchNormError: the network has none, and too few convolutions to do without.
        ModelError: it can't take an input of that size, or its answer has another length.
    """
    if config.preprocessing != "own":
        mean, std = PRESETS[config.preprocessing]
        preprocessing = dataclasses.replace(preprocessing, mean=mean, std=std)
    if config.channels not in (None, channels):
        raise ArchitectureError(
            f"The model takes images with {channels} channel(s), not {config.channels}.",
            hint=f"Set the channels to {channels}, or omit them.",
        )
    usual = preprocessing.for_channels(channels)
    size = config.input_size or usual.size
    mean, std = config.mean or usual.mean, config.std or usual.std
    untold = needs_measured_statistics(module)  # statistics of drawn images tell nothing of the training's
    if untold and len(mean) == len(std) == channels:
        measured = with_measured_statistics(module.float().eval(), (channels, size, size), mean, std)
        module, structure, notes = measured.network, measured.structure, [*notes, *measured.notes]
    ready = prepare(module)
    loaded = LoadedModel(
        module=ready,
        name=name,
        arch=arch,
        num_classes=num_classes,
        input_shape=(channels, size, size),
        mean=mean,
        std=std,
        class_names=tuple(class_names) if len(class_names) == num_classes else (),
        sha256=weights_sha256(ready.state_dict()),
        resize=usual.resize if size == usual.size else None,
        interpolation=usual.interpolation,
        notes=tuple(notes),
        structure=structure,
    )
    loaded.check_output()
    if config.channel_order == "bgr":
        take_rgb(ready, loaded.input_shape)
        loaded.sha256 = weights_sha256(ready.state_dict())
        loaded.notes = (*loaded.notes, "The model takes the channels in the order blue, green, red, as set; the first "
                        "layer's weights were reordered for images in RGB.")
    refuse_no_numbers(loaded, always=False)
    if not (published or untold):
        loaded.questions = input_questions(loaded, explicit=config.mean is not None or config.std is not None)
    return loaded
