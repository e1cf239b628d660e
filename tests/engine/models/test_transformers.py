"""Transformers: measured statistics of tokens, and attention maps that are made of their heads."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn
from torchvision.models.swin_transformer import SwinTransformer

from acq_engine.errors import NoBatchNormError
from acq_engine.models.drawn_images import draw_procedural_images
from acq_engine.models.graph import TokenStatistics
from acq_engine.models.loaded import LoadedModel
from acq_engine.models.measured_statistics import Measured, needs_measured_statistics, with_measured_statistics
from acq_engine.models.saved import load_teacher, save_teacher
from acq_engine.pipeline.session import stage_layers
from acq_engine.teacher import attention
from acq_engine.teacher.losses import bn_loss
from acq_engine.teacher.model import Teacher
from tests.engine.nets import small_vit

SHAPE, MEAN, STD = (3, 16, 16), (0.5,) * 3, (0.25,) * 3


def measured(net: nn.Module) -> Measured:
    assert needs_measured_statistics(net)
    return with_measured_statistics(net, SHAPE, MEAN, STD)


def loaded(net: nn.Module) -> LoadedModel:
    found = measured(net)
    return LoadedModel(found.network, "small", "SmallViT", 5, SHAPE, MEAN, STD, notes=found.notes,
                       structure=found.structure)


def drawn() -> torch.Tensor:
    low, high = torch.tensor([-2.0] * 3), torch.tensor([2.0] * 3)
    return draw_procedural_images(64, SHAPE, low, high, torch.Generator().manual_seed(0))


@torch.no_grad()
def test_answers_stay_and_tokens_have_the_statistics_of_drawn_images() -> None:
    net = small_vit()
    network = measured(net).network
    x = torch.randn(5, *SHAPE)
    assert torch.allclose(network(x), net(x), atol=1e-5)
    layer = network.get_submodule("blocks.0.qkv_statistics")
    assert isinstance(layer, TokenStatistics) and isinstance(layer.running_mean, torch.Tensor)
    seen = net.block(0).qkv(net.block(0).norm1(net.tokens(drawn()))).flatten(0, 1)
    assert torch.allclose(layer.running_mean, seen.mean(0), atol=1e-4)
    assert isinstance(layer.running_var, torch.Tensor)
    assert torch.allclose(layer.running_var, seen.var(0), rtol=1e-2)
    assert sum(isinstance(child, TokenStatistics) for child in network.modules()) == 8  # 4 a block; not the head


@torch.no_grad()
def test_the_statistics_loss_is_zero_on_those_very_images_and_not_on_noise() -> None:
    teacher = Teacher(measured(small_vit()).network)

    def loss(x: torch.Tensor) -> float:
        seen = teacher(x, statistics=True).statistics
        assert seen is not None
        return float(bn_loss(seen, teacher.stored_statistics()))

    assert loss(drawn()) < 1e-6 < 0.01 < loss(torch.randn(64, *SHAPE))


@torch.no_grad()
@pytest.mark.parametrize("fused", [True, False])
def test_the_centre_is_that_of_a_hand_made_map(fused: bool) -> None:
    net = small_vit(blocks=4, fused=fused)
    model = loaded(net)
    layer = model.default_attention_layer()
    assert "class token's attention" in model.notes[2] and "last 2 of 4 attention layers" in model.notes[2]
    x = drawn()[:6]
    maps = attention.attention_map(Teacher(model.module, [layer])(x).features[layer])
    tokens, rows = net.tokens(x), []
    for block in map(net.block, range(4)):
        rows.append(block.probabilities(tokens)[:, :, 0, 1:].mean(1))
        tokens = block(tokens)
    by_hand = (rows[2] + rows[3]).reshape(-1, 4, 4)  # the last third of four blocks
    assert torch.allclose(attention.normalised(maps), attention.normalised(by_hand), atol=1e-5)
    assert torch.allclose(attention.centre(maps), attention.centre(by_hand), atol=1e-4)
    assert float(attention.centre(maps).std(0).min()) > 1e-3  # it does depend on the image


@torch.no_grad()
def test_without_a_class_token_it_is_the_mean_of_all_tokens() -> None:
    net = small_vit(class_token=False)
    model = loaded(net)
    layer = model.default_attention_layer()
    assert "attention of all tokens" in " ".join(model.notes)
    x = drawn()[:3]
    maps = attention.attention_map(Teacher(model.module, [layer])(x).features[layer])
    by_hand = net.block(1).probabilities(net.block(0)(net.tokens(x))).mean((1, 2)).reshape(-1, 4, 4)
    assert torch.allclose(attention.normalised(maps), attention.normalised(by_hand), atol=1e-5)


@torch.no_grad()
def test_features_are_compared_on_the_tokens_that_an_attention_still_sees() -> None:
    net = small_vit()
    model = loaded(net)
    (stage,) = stage_layers(model)
    assert stage != model.default_attention_layer() and set(model.attention_layers()) == {
        stage, model.default_attention_layer()}
    x = torch.randn(2, *SHAPE)
    found = Teacher(model.module, [stage])(x).features[stage]
    wanted = net.block(0)(net.tokens(x))[:, 1:].transpose(1, 2).reshape(2, 16, 4, 4)
    assert torch.allclose(found, wanted, atol=1e-5)


def test_the_centre_moves_with_the_pixels() -> None:
    model = loaded(small_vit())
    layer = model.default_attention_layer()
    x = drawn()[:2].requires_grad_()
    centres = attention.centre(attention.attention_map(Teacher(model.module, [layer])(x).features[layer]))
    centres.sum().backward()
    assert x.grad is not None and bool(x.grad.isfinite().all()) and float(x.grad.abs().max()) > 0


class Windows(nn.Module):
    """Tokens on two grids, attention nowhere: as in Swin the map is that of the last features."""

    def __init__(self) -> None:
        super().__init__()
        self.patches, self.body = nn.Conv2d(3, 8, 2, 2), nn.Linear(8, 8)
        self.wide, self.last, self.head = nn.Linear(32, 16), nn.Linear(16, 16), nn.Linear(16, 5)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.patches(x).permute(0, 2, 3, 1)
        x = x + self.body(x).relu()
        x = torch.cat([x[:, 0::2, 0::2], x[:, 1::2, 0::2], x[:, 0::2, 1::2], x[:, 1::2, 1::2]], -1)
        x = self.wide(x)
        x = x + self.last(x).relu()
        return self.head(x.mean((1, 2)))


def test_windows_have_an_l2_map_of_the_last_stage_and_it_is_said() -> None:
    model = loaded(Windows().eval())
    layer = model.default_attention_layer()
    assert "L2 map of the tokens behind the last block" in " ".join(model.notes)
    with torch.no_grad():
        assert Teacher(model.module, [layer])(torch.randn(2, *SHAPE)).features[layer].shape == (2, 16, 4, 4)


def test_a_network_whose_layers_see_no_places_is_refused() -> None:
    net = nn.Sequential(nn.Flatten(), nn.Linear(3 * 16 * 16, 20), nn.ReLU(), nn.Linear(20, 5)).eval()
    with pytest.raises(NoBatchNormError, match="hardly any other layers") as caught:
        with_measured_statistics(net, SHAPE, MEAN, STD)
    assert "vision transformer" in caught.value.hint


def test_a_transformer_is_saved_with_a_run_and_read_again(tmp_path: Path) -> None:
    model = loaded(small_vit())
    save_teacher(model, tmp_path)
    again, x = load_teacher(tmp_path), torch.randn(2, *SHAPE)
    with torch.no_grad():
        assert again.measured and torch.equal(again.module(x), model.module(x))
    assert again.attention_layers() == model.attention_layers()
    assert again.default_attention_layer() == model.default_attention_layer()


def test_swin_of_torchvision_is_traced_though_its_views_count_on_copies() -> None:
    torch.manual_seed(0)
    net = SwinTransformer(
        patch_size=[4, 4], embed_dim=16, depths=[2, 1], num_heads=[2, 2], window_size=[2, 2], num_classes=5).eval()
    found = with_measured_statistics(net, (3, 32, 32), MEAN, STD)
    x = torch.randn(2, 3, 32, 32)
    with torch.no_grad():
        assert torch.allclose(found.network(x), net(x), atol=1e-4)
    assert "L2 map" in " ".join(found.notes)
