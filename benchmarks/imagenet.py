"""The papers' headline: ResNet-18 and ResNet-50 at W4A4 on ImageNet, without data, in both schemes.

    python -m benchmarks.imagenet --imagenet FOLDER                 torchvision's weights (a download of 45 and 98 MB)
    python -m benchmarks.imagenet --random --limit 20 --minutes 5   what it costs: random weights, no accuracy

FOLDER holds the validation images in one subfolder a class (WordNet numbers). All figures are the last step's, on all
images; nothing is chosen by them. With --random the networks have weights that were never trained, so that time,
memory and the exported file are all that the rows say.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import torch

from acq_engine.evaluation.machine import machine
from acq_engine.settings import Convention, ModelConfig, RunConfig, TestSetConfig
from acq_engine.settings.presets import with_preset
from benchmarks import tables

MODELS = ("resnet18", "resnet50")
SCHEMES: dict[str, Convention] = {"paper": "A", "deployable": "B"}


def settings(options: argparse.Namespace, model: str, scheme: str, folder: Path) -> RunConfig:
    """One run's settings; weights that are made up are written to `folder`."""
    config = with_preset(RunConfig(seed=options.seed), options.preset)
    if options.minutes is not None:
        config.schedule.minutes = options.minutes
    config.device, config.threads = options.device, options.threads
    config.quantization.convention = SCHEMES[scheme]
    config.quantization.weight_bits, config.quantization.activation_bits = map(int, options.bits.split(","))
    if scheme == "paper":
        config.quantization.edge_bits = None
    if options.random:
        config.model = ModelConfig(source="checkpoint", path=random_weights(model, options.seed, folder),
                                   arch=model)
    else:
        config.model = ModelConfig(source="torchvision", name=model)
    if options.imagenet is not None:
        config.test_set = TestSetConfig(path=options.imagenet, limit=options.limit)
    return config


def random_weights(model: str, seed: int, folder: Path) -> Path:
    """A checkpoint of the network as torchvision makes it, with batch-norm statistics of noise."""
    import torchvision

    torch.manual_seed(seed)
    network = torchvision.models.get_model(model, weights=None).train()
    with torch.no_grad():
        for _ in range(3):
            network(torch.randn(16, 3, 64, 64))
    path = folder / f"{model}.pth"
    torch.save(network.state_dict(), path)
    return path


def main() -> None:
    """Run each network in each scheme, and print a row."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--imagenet", type=Path, help="validation images, one subfolder a class")
    parser.add_argument("--random", action="store_true", help="weights that were never trained: the cost alone")
    parser.add_argument("--models", default=",".join(MODELS), help="torchvision's names; default: both")
    parser.add_argument("--schemes", default=",".join(SCHEMES), help="paper, deployable; default: both")
    parser.add_argument("--bits", default="4,4", help="weights and activations; default 4,4")
    parser.add_argument("--preset", default="accurate", choices=("fast", "balanced", "accurate"))
    parser.add_argument("--minutes", type=float, help="instead of the preset's time")
    parser.add_argument("--limit", type=int, help="so many of the images; default: all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--threads", type=int)
    options = parser.parse_args()
    if options.imagenet is None and not options.random:
        parser.error("--imagenet FOLDER is needed, or --random for the cost alone")
    print(f"{machine(options.device)}; seed {options.seed}, W,A {options.bits}\n"
          "model scheme | float student exported drop agreement | exact% minutes planned | peak-MB")
    with tempfile.TemporaryDirectory() as folder:
        for model in options.models.split(","):
            for scheme in options.schemes.split(","):
                found = tables.run(settings(options, model, scheme, Path(folder)))
                end = found.end
                planned = None if end.planned_seconds is None else round(end.planned_seconds / 60, 1)
                print(f"{model} {scheme} | {end.float_top1} {end.student_top1} {end.exported_top1} {found.drop} "
                      f"{end.agreement} | {found.exact_rows} {found.minutes} {planned} | {tables.peak_mb()}",
                      flush=True)


if __name__ == "__main__":
    main()
