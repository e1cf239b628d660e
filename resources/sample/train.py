"""Train the built-in sample and write its files.

    python -m resources.sample.train [--data FOLDER] [--epochs 6] [--out FOLDER] [--threads 2]

Reads Fashion-MNIST's four .gz files (Debian: package dataset-fashion-mnist), or downloads them
with torchvision, trains `fashion_resnet` from a fixed seed, and writes the weights, 2,000 test
images and `measured.json` with the accuracy. The test images choose nothing: the last epoch's
weights are taken, whatever they reach.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor, nn

from acq_engine.models.builtin import (
    CLASS_NAMES,
    INPUT_SIZE,
    MEAN,
    STD,
    TEST_FILE,
    WEIGHTS_FILE,
    FashionResNet,
    fashion_resnet,
    sample_dir,
)

DEBIAN_FOLDER = Path("/usr/share/datasets/fashion-mnist")
SEED = 0
BATCH = 128
SHIFT = 2
"""Pictures are moved by up to so many pixels while training."""
SHIPPED_PER_CLASS = 200


def read_idx(path: Path) -> NDArray[np.uint8]:
    """Read a gzipped IDX file of bytes: the format of MNIST and Fashion-MNIST.

    Returns:
        uint8 array of the shape that the file's header gives.

    Raises:
        ValueError: the file is not IDX, or not of bytes.
    """
    data = gzip.decompress(path.read_bytes())
    if data[:3] != b"\x00\x00\x08":
        raise ValueError(f"{path} is not an IDX file of bytes")
    dimensions = data[3]
    shape = np.frombuffer(data, dtype=">u4", count=dimensions, offset=4)
    return np.frombuffer(data, dtype=np.uint8, offset=4 + 4 * dimensions).reshape(tuple(int(size) for size in shape))


def load_split(folder: Path, prefix: str) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Pictures, padded with black to 32x32, and labels of one split ("train" or "t10k").

    Returns:
        images uint8 (N, 32, 32), labels int64 (N,) in 0..9.
    """
    images = read_idx(folder / f"{prefix}-images-idx3-ubyte.gz")
    labels = read_idx(folder / f"{prefix}-labels-idx1-ubyte.gz").astype(np.int64)
    border = (INPUT_SIZE - images.shape[1]) // 2
    return np.pad(images, ((0, 0), (border, border), (border, border))), labels


def find_data(folder: Path | None) -> Path:
    """The folder of the four .gz files: the one given, Debian's, or a fresh download."""
    if folder is not None:
        return folder
    if DEBIAN_FOLDER.is_dir():
        return DEBIAN_FOLDER
    from torchvision.datasets import FashionMNIST

    root = Path("build") / "fashion-mnist"
    FashionMNIST(str(root), download=True)
    return root / "FashionMNIST" / "raw"


def balanced_subset(labels: NDArray[np.int64], per_class: int) -> NDArray[np.intp]:
    """Indices of the first `per_class` pictures of each class, interleaved: class 0, 1, .. 9, 0, 1, ...

    Any prefix that is a multiple of the class count is balanced.
    """
    columns = [np.flatnonzero(labels == index)[:per_class] for index in range(len(CLASS_NAMES))]
    return np.stack(columns, axis=1).reshape(-1)


def normalise(images: Tensor) -> Tensor:
    """uint8 (B, 32, 32) to normalised float (B, 1, 32, 32)."""
    scaled = (images.float() / 255 - MEAN[0]) / STD[0]
    return scaled.unsqueeze(1).contiguous(memory_format=torch.channels_last)


def augmented_batches(images: Tensor, labels: Tensor, generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
    """One epoch in random order, each picture mirrored half of the time and moved by up to SHIFT pixels.

    Args:
        images: uint8 (N, 32, 32).
        labels: int64 (N,).
        generator: Source of all randomness.

    Yields:
        Normalised pictures (B, 1, 32, 32) and labels (B,); a smaller last batch is left out.
    """
    order = torch.randperm(len(images), generator=generator)
    for start in range(0, len(images) - BATCH + 1, BATCH):
        index = order[start : start + BATCH]
        padded = nn.functional.pad(images[index], (SHIFT, SHIFT, SHIFT, SHIFT))
        windows = padded.unfold(1, INPUT_SIZE, 1).unfold(2, INPUT_SIZE, 1)
        moves = torch.randint(0, 2 * SHIFT + 1, (2, BATCH), generator=generator)
        batch = windows[torch.arange(BATCH), moves[0], moves[1]]
        mirrored = torch.rand(BATCH, generator=generator) < 0.5
        batch = torch.where(mirrored[:, None, None], batch.flip(2), batch)
        yield normalise(batch), labels[index]


@torch.no_grad()
def accuracy(model: FashionResNet, images: Tensor, labels: Tensor) -> float:
    """Top-1 accuracy in percent, in eval mode."""
    model.eval()
    correct = sum(
        int((model(normalise(images[start : start + 500])).argmax(1) == labels[start : start + 500]).sum())
        for start in range(0, len(images), 500)
    )
    return 100 * correct / len(images)


def train(images: Tensor, labels: Tensor, epochs: int, seed: int = SEED) -> FashionResNet:
    """Train a fresh network: SGD with Nesterov momentum, half an epoch of warm-up, then a cosine to zero.

    Args:
        images: uint8 (N, 32, 32).
        labels: int64 (N,).
        epochs: Passes over the pictures.
        seed: Of the weights, the order and the augmentation.

    Returns:
        The network after the last epoch, in eval mode.
    """
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    model = fashion_resnet().to(memory_format=torch.channels_last)  # a third faster than NCHW on CPU
    steps_per_epoch = len(images) // BATCH
    total = epochs * steps_per_epoch
    warmup = steps_per_epoch // 2
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, nesterov=True, weight_decay=5e-4)

    def rate(step: int) -> float:
        if step < warmup:
            return (step + 1) / warmup
        return 0.5 * (1 + math.cos(math.pi * (step - warmup) / (total - warmup)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    criterion = nn.CrossEntropyLoss(label_smoothing=0.05)
    started = time.monotonic()
    for epoch in range(epochs):
        model.train()
        total_loss = torch.zeros(())
        for batch, targets in augmented_batches(images, labels, generator):
            loss = criterion(model(batch), targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total_loss += loss.detach()
        mean_loss = float(total_loss) / steps_per_epoch
        print(f"epoch {epoch + 1}/{epochs}  loss {mean_loss:.4f}  {time.monotonic() - started:.0f} s", flush=True)
    return model.eval()


def main() -> None:
    """Train, measure, and write the sample's files."""
    parser = argparse.ArgumentParser(description="Train the built-in sample.")
    parser.add_argument("--data", type=Path, help="folder with Fashion-MNIST's four .gz files")
    parser.add_argument("--out", type=Path, default=sample_dir(), help="where to write (default: the sample's folder)")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()

    torch.set_num_threads(arguments.threads)
    folder = find_data(arguments.data)
    train_images, train_labels = load_split(folder, "train")
    test_images, test_labels = load_split(folder, "t10k")
    model = train(torch.from_numpy(train_images), torch.from_numpy(train_labels), arguments.epochs)

    shipped = balanced_subset(test_labels, SHIPPED_PER_CLASS)
    whole = accuracy(model, torch.from_numpy(test_images), torch.from_numpy(test_labels))
    part = accuracy(model, torch.from_numpy(test_images[shipped]), torch.from_numpy(test_labels[shipped]))

    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    weights = {name: tensor.detach().contiguous() for name, tensor in model.state_dict().items()}
    save_file(weights, out / WEIGHTS_FILE)
    np.savez_compressed(
        out / TEST_FILE,
        images=test_images[shipped],
        labels=test_labels[shipped],
        class_names=np.array(CLASS_NAMES),
    )
    measured = {
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "epochs": arguments.epochs,
        "top1_10000_test_images": round(whole, 2),
        "top1_2000_shipped_images": round(part, 2),
        "torch": torch.__version__.split("+")[0],
    }
    (out / "measured.json").write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(measured, indent=2))


if __name__ == "__main__":
    main()
