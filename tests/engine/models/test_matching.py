"""Known networks under other names: matched by shapes, said, and refused where the statistics contradict."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor

from acq_engine.errors import ArchitectureError
from acq_engine.models import builtin, load_model
from acq_engine.models.matching import match
from acq_engine.models.registry import architecture
from acq_engine.settings import ModelConfig

NAMES = {"conv1": "body.a.conv", "bn1": "body.a.norm", "conv2": "body.b.conv", "bn2": "body.b.norm"}


def foreign(state: dict[str, Tensor], *, shortcut_first: bool = False) -> dict[str, Tensor]:
    """The names of nobody, in the order of the file; the shortcut perhaps before what it goes round."""
    renamed: dict[str, Tensor] = {}
    blocks: dict[str, list[tuple[str, Tensor]]] = {}
    for key, value in state.items():
        parts = key.split(".")
        block = ".".join(parts[:2]) if parts[0].startswith("layer") else parts[0]
        blocks.setdefault(block, []).append((key, value))
    for block, entries in blocks.items():
        if shortcut_first:
            entries.sort(key=lambda entry: ".downsample." not in entry[0])
        for key, value in entries:
            inside = key.removeprefix(block + ".").split(".")
            own = "" if len(inside) == 1 else NAMES.get(inside[0], "")
            if inside[0] == "downsample":
                own = {"0": "way.conv", "1": "way.norm"}[inside[1]]
            renamed[f"stages.{block.replace('layer', 's')}.{own}.{inside[-1]}".replace("..", ".")] = value
    return renamed


def the_sample() -> dict[str, Tensor]:
    return dict(builtin.load_sample_weights())


@pytest.mark.parametrize("shortcut_first", [False, True])
def test_a_network_under_foreign_names_is_the_same_network(shortcut_first: bool) -> None:
    state = the_sample()
    found = match(foreign(state, shortcut_first=shortcut_first))
    entry, renamed = found[0]
    assert entry.name == builtin.ARCHITECTURE
    assert all(torch.equal(value, state[key]) for key, value in renamed.items())
    assert {key for key in state if "num_batches" not in key} == set(renamed)


def test_names_of_keras_are_taken() -> None:
    other = {"running_mean": "moving_mean", "running_var": "moving_variance"}
    state = {}
    for key, value in foreign(the_sample()).items():
        path, _, leaf = key.rpartition(".")
        norm = f"{path}.running_mean" in foreign(the_sample())
        own = {"weight": "gamma", "bias": "beta"}.get(leaf, leaf) if norm else leaf
        state[f"{path}.{other.get(leaf, own)}"] = value
    assert match(state)


def test_it_is_said_with_what_speaks_for_it(tmp_path: Path) -> None:
    path = tmp_path / "zoo.pth"
    torch.save(foreign(the_sample()), path)
    loaded = load_model(ModelConfig(source="checkpoint", path=path))
    assert loaded.arch == builtin.ARCHITECTURE
    assert any("matched to" in note for note in loaded.notes)
    assert any("statistics agree" in note for note in loaded.notes)
    sample = load_model(ModelConfig())
    x = torch.randn(2, 1, 28, 28)
    assert torch.equal(loaded.module(x), sample.module(x))


def test_shapes_that_fit_by_chance_are_refused(tmp_path: Path) -> None:
    """Layers of one shape that changed places: what the batch norms remember contradicts."""
    torch.manual_seed(0)
    state = foreign(the_sample())
    for key, value in state.items():
        if value.dim() == 4:
            state[key] = value.flatten()[torch.randperm(value.numel())].view_as(value) * 3
    path = tmp_path / "zoo.pth"
    torch.save(state, path)
    with pytest.raises(ArchitectureError, match="no known architecture") as caught:
        load_model(ModelConfig(source="checkpoint", path=path))
    assert "statistics contradict" in caught.value.cause


def test_other_shapes_match_nothing() -> None:
    state = foreign(the_sample())
    first = next(key for key in state if key.endswith(".weight"))
    assert match({key: value for key, value in state.items() if key != first}) == []
    assert architecture(builtin.ARCHITECTURE)  # it is there to be matched
