"""What quantization without data costs small networks without batch norm: a ViT of 4 blocks, a ConvNeXt of 4 stages.

    python -m benchmarks.small_transformer --data FOLDER                      both networks, W8A8 and W4A8, seed 0
    python -m benchmarks.small_transformer --data FOLDER --nets vit --bits 4/8 --seeds 0,1,2

FOLDER has Fashion-MNIST's four .gz files (Debian: package dataset-fashion-mnist). Each network is trained once on
55,000 of its 60,000 training images and kept in `--work`; the other 5,000 say how far training is. Then it is quantized
from the checkpoint alone, as `acq quantize` would, and measured on the 10,000 test images, which choose nothing: the
last epoch's weights are taken, and all settings are the defaults. Networks are timm's classes in sizes of our own, so
they are loaded as exported programs (.pt2).
"""

from __future__ import annotations

import argparse
import math
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from acq_engine.evaluation.machine import machine
from acq_engine.events import Evaluated, Failed, Finished, LogMessage, Verified
from acq_engine.models.builtin import CLASS_NAMES, INPUT_SIZE, MEAN, STD
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.settings import ModelConfig, RunConfig, TestSetConfig
from resources.sample.train import find_data, load_split, normalise

RATE, DECAY, WARM_UP = 2e-3, 0.05, 200  # AdamW; usual values, none of them searched
BATCH, HELD_OUT = 128, 5000


def vit() -> nn.Module:
    """4 blocks of 64 features and 4 heads, 49 tokens of 4 x 4 pixels and a class token: 0.14 M parameters."""
    from timm.models.vision_transformer import VisionTransformer

    return VisionTransformer(
        img_size=28, patch_size=4, in_chans=1, num_classes=10, embed_dim=64, depth=4, num_heads=4, mlp_ratio=2.0)


def convnext() -> nn.Module:
    """4 stages of one block: 24 to 192 features, 16 x 16 to 2 x 2 pixels."""
    from timm.models.convnext import ConvNeXt

    return ConvNeXt(in_chans=1, num_classes=10, depths=(1, 1, 1, 1), dims=(24, 48, 96, 192), patch_size=2)


@dataclass(frozen=True)
class Net:
    """A network, the side of its images in pixels, and how long it is trained."""

    build: Callable[[], nn.Module]
    side: int
    epochs: int


NETS = {"vit": Net(vit, 28, 12), "convnext": Net(convnext, 32, 10)}


def mirrored_batches(images: Tensor, labels: Tensor, stream: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
    """One epoch in random order, each image mirrored half of the time: normalised images and classes."""
    order = torch.randperm(len(images), generator=stream)
    for index in order[: len(order) // BATCH * BATCH].split(BATCH):
        batch = images[index]
        mirrored = torch.rand(BATCH, generator=stream) < 0.5
        yield normalise(torch.where(mirrored[:, None, None], batch.flip(2), batch)).contiguous(), labels[index]


def train(net: Net, images: Tensor, labels: Tensor) -> nn.Module:
    """Train a fresh network from a fixed seed: AdamW, a short warm-up, then a cosine to zero.

    Args:
        net: What to train.
        images: uint8 (N, side, side); the last HELD_OUT only say how far it is.
        labels: int64 (N,).
    """
    torch.manual_seed(0)
    stream = torch.Generator().manual_seed(0)
    model, count = net.build(), len(images) - HELD_OUT
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    total = net.epochs * (count // BATCH)

    def rate(step: int) -> float:
        return min(1.0, (step + 1) / WARM_UP) * 0.5 * (1 + math.cos(math.pi * step / total))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    criterion, began = nn.CrossEntropyLoss(), time.monotonic()
    for epoch in range(net.epochs):
        model.train()
        for batch, targets in mirrored_batches(images[:count], labels[:count], stream):
            loss = criterion(model(batch), targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
        model.eval()
        with torch.no_grad():
            right = sum(float((model(normalise(x).contiguous()).argmax(1) == y).sum())
                        for x, y in zip(images[count:].split(500), labels[count:].split(500), strict=True))
        print(f"  epoch {epoch + 1} of {net.epochs}: {100 * right / HELD_OUT:.2f} % of held-out training images, "
              f"{time.monotonic() - began:.0f} s", flush=True)
    return model.eval()


def prepared(name: str, data: Path, work: Path) -> tuple[Path, Path]:
    """The trained network as a program and its test images, made unless they are there."""
    net, program, test = NETS[name], work / f"{name}.pt2", work / f"test_{NETS[name].side}.npz"
    border = (INPUT_SIZE - net.side) // 2
    inner = slice(border, border + net.side)  # the images were padded to 32 pixels
    if not test.is_file():
        images, labels = load_split(data, "t10k")
        np.savez_compressed(test, images=images[:, inner, inner], labels=labels, class_names=np.array(CLASS_NAMES))
    if not program.is_file():
        images, labels = load_split(data, "train")
        began = time.monotonic()
        model = train(net, torch.from_numpy(images[:, inner, inner].copy()), torch.from_numpy(labels))
        torch.save(model.state_dict(), work / f"{name}.pth")
        example = torch.zeros(2, 1, net.side, net.side)
        exported = torch.export.export(model, (example,), dynamic_shapes=({0: torch.export.Dim.DYNAMIC},), strict=False)
        torch.export.save(exported, program)
        print(f"{name}: {sum(value.numel() for value in model.parameters()):,} parameters, "
              f"trained in {(time.monotonic() - began) / 60:.1f} minutes", flush=True)
    return program, test


@dataclass(frozen=True)
class Row:
    """One run: percent, minutes."""

    floating: float
    quantized: float
    passed: bool
    exact: float
    minutes: float

    @property
    def drop(self) -> float:
        """In percentage points."""
        return self.floating - self.quantized


def quantized(program: Path, test: Path, bits: str, seed: int, minutes: float, folder: Path) -> Row:
    """A run with the defaults.

    Raises:
        RuntimeError: the run failed.
    """
    config = RunConfig(seed=seed, threads=1, device="cpu")
    config.model = ModelConfig(source="checkpoint", path=program, trust=True, mean=MEAN, std=STD)
    config.test_set = TestSetConfig(path=test)
    weights, _, activations = bits.partition("/")
    config.quantization.weight_bits, config.quantization.activation_bits = int(weights), int(activations)
    config.schedule.minutes = minutes
    tops: dict[str, float] = {}
    exact, passed, began = 0.0, False, time.monotonic()
    for event in QuantizationRun.create(config, folder, overwrite=True).events():
        if isinstance(event, Evaluated) and event.final and event.top1 is not None:
            tops[event.subject] = event.top1
        elif isinstance(event, Verified):
            exact, passed = event.exact_rows, event.passed
            print(f"  {event.detail or 'bit-exact'}", flush=True)
        elif isinstance(event, LogMessage):
            print(f"  {event.text}", flush=True)
        elif isinstance(event, Failed):
            raise RuntimeError(str(event))
        elif isinstance(event, Finished):
            break
    return Row(tops["float"], tops["student"], passed, exact, (time.monotonic() - began) / 60)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--work", type=Path, default=Path("build/benchmarks/small_transformer"))
    parser.add_argument("--nets", default="vit,convnext")
    parser.add_argument("--bits", default="8/8,4/8", help="weight bits / activation bits")
    parser.add_argument("--seeds", default="0")
    parser.add_argument("--minutes", type=float, default=5, help="for each run; testing and exporting come on top")
    parser.add_argument("--keep", type=Path, help="a folder in which the runs stay")
    parser.add_argument("--train-only", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    arguments.work.mkdir(parents=True, exist_ok=True)
    data = find_data(arguments.data)
    print(f"{machine('cpu')}, one thread; {arguments.minutes:g} minutes a run")
    for name in arguments.nets.split(","):
        program, test = prepared(name, data, arguments.work)
        for bits in () if arguments.train_only else arguments.bits.split(","):
            rows = []
            for seed in map(int, arguments.seeds.split(",")):
                with tempfile.TemporaryDirectory() as folder:
                    run = f"{name}-{bits.replace('/', '-')}-{seed}"
                    rows.append(quantized(program, test, bits, seed, arguments.minutes,
                                          (arguments.keep or Path(folder)) / run))
                row = rows[-1]
                print(f"{name} W{bits.replace('/', 'A')} scheme B seed {seed}: float {row.floating:.2f}, quantized "
                      f"{row.quantized:.2f}, drop {row.drop:.2f}; verification {'passed' if row.passed else 'FAILED'}, "
                      f"{row.exact:.2f} % of rows exact; {row.minutes:.1f} minutes", flush=True)
            if len(rows) > 1:
                drops = [row.drop for row in rows]
                print(f"{name} W{bits.replace('/', 'A')}: drop {statistics.fmean(drops):.2f} "
                      f"± {statistics.stdev(drops):.2f}", flush=True)


if __name__ == "__main__":
    main()
