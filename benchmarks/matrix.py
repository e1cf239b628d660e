"""Which classifiers load, quantize exactly, export and pass their check: `python -m benchmarks.matrix`.

Random weights with batch-norm statistics as after training, small images where the network takes them; networks without
batch norm have statistics measured on drawn images, as when a file is opened. What is tried is whether the program sees
through the way a network is written; accuracy is another question. Rows are kept in
docs/benchmarks/matrix.csv as they come, so that the command can be stopped and goes on where it was; the table with the
counts is docs/benchmarks/matrix.md.
"""

from __future__ import annotations

import argparse
import csv
import gc
import tempfile
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm

from acq_engine.errors import AcqError, NoBatchNormError, first_line
from acq_engine.export.onnx.exporting import export_onnx
from acq_engine.export.verify.comparison import verify_onnx
from acq_engine.models.loaded import LoadedModel, prepare
from acq_engine.models.measured_statistics import needs_measured_statistics, with_measured_statistics
from acq_engine.models.registry import architecture
from acq_engine.models.torchvision_models import architecture_names
from acq_engine.quantization import calibrate, quantize_model
from acq_engine.quantization.plan import plan_of
from acq_engine.settings import QuantizationConfig

DOCS = Path(__file__).resolve().parent.parent / "docs" / "benchmarks"
COLUMNS = ("network", "image", "loads", "exact teacher", "converts", "check", "said")
CLASSES, PICTURES = 7, 16
LARGEST = 100e6  # parameters: a larger one has the same layers as a smaller one of its family
SIZES = (64, 96, 128, 224, 256)

# One or two of each of timm's families; small ones, since families repeat their blocks.
TIMM = (
    "ecaresnet26t", "resnetblur18", "levit_128s", "levit_conv_128s", "visformer_tiny", "repghostnet_050",
    "mobilenetv4_conv_small", "mobilenetv4_hybrid_medium", "efficientvit_b0", "efficientvit_m0", "resnet18",
    "resnet26d", "resnext26ts", "seresnet18", "cspresnet50", "cspdarknet53", "darknet17", "dla34", "dpn48b",
    "densenet121", "dm_nfnet_f0", "efficientnet_b0", "efficientnet_es", "efficientnet_lite0", "ese_vovnet19b_dw",
    "fbnetc_100", "gernet_s", "ghostnet_050", "ghostnetv2_100", "hardcorenas_a", "hrnet_w18_small", "inception_v3",
    "inception_next_tiny", "lcnet_050", "mixer_b16_224", "mixnet_s", "mnasnet_100", "mobilenetv2_100",
    "mobilenetv3_small_050", "mobilenet_edgetpu_v2_xs", "mobileone_s0", "nasnetalarge", "pnasnet5large",
    "regnetx_002", "regnety_002", "repvgg_a0", "res2net50_26w_4s", "resnest14d", "rexnet_100", "rexnetr_100",
    "selecsls42b", "semnasnet_075", "skresnet18", "spnasnet_100", "tf_efficientnet_b0", "tf_mixnet_s", "tinynet_e",
    "tresnet_m", "vovnet39a", "xception41", "edgenext_xx_small", "fastvit_t8", "mobilevit_xxs", "mobilevitv2_050",
    "repvit_m0_9", "starnet_s1", "tiny_vit_5m_224", "convmixer_768_32", "resmlp_12_224", "pit_ti_224", "poolformer_s12",
    "gcresnet33ts", "botnet26t_256", "halonet26t", "lambda_resnet26t", "eca_nfnet_l0", "convnext_atto",
    "convnextv2_atto", "resnet50_gn", "resnetv2_50x1_bit", "nf_resnet26", "nf_regnet_b0",
)


def names() -> list[str]:
    """torchvision's classifiers and some of timm's."""
    return [*architecture_names(), *(f"timm/{name}" for name in TIMM)]


def enliven(net: nn.Module, size: int) -> nn.Module:
    """Batch norms as after training, so that no activation is dead."""
    net.train()
    for norm in net.modules():
        if isinstance(norm, _BatchNorm):
            if norm.affine:
                nn.init.uniform_(norm.weight, 0.5, 1.5)
                nn.init.uniform_(norm.bias, -0.3, 0.3)
            norm.momentum = None
    with torch.no_grad():
        for _ in range(2):
            net(torch.randn(8, 3, size, size))
    return net.eval()


def row_of(name: str) -> dict[str, str] | None:
    """One network; None where it has no batch norm, and nothing to measure instead."""
    torch.manual_seed(0)
    row = dict.fromkeys(COLUMNS, "no") | {"network": name, "said": ""}
    try:
        net = architecture(name).build(CLASSES, 3)
        if sum(value.numel() for value in net.parameters()) > LARGEST:
            return row | {"said": "not tried: over 100 million parameters", **dict.fromkeys(COLUMNS[2:6], "-")}
        size = _smallest(net)
        net, shape, half = enliven(net, size), (3, size, size), (0.5,) * 3
        if needs_measured_statistics(net):
            measured = with_measured_statistics(net, shape, half, half)
            loaded = LoadedModel(measured.network, name, name, CLASSES, shape, half, half, structure=measured.structure)
            net = loaded.module
        else:
            net = prepare(net)
            loaded = LoadedModel(net, name, name, CLASSES, shape, half, half)
        loaded.check_output()
        row |= {"image": str(size), "loads": "yes"}
        _convert(net, loaded, row)
    except NoBatchNormError:
        return None
    except AcqError as error:
        row["said"] = " ".join(str(error).split())[:160]
    except Exception as error:  # the table is there to find these
        row["said"] = f"UNTYPED {type(error).__name__}: {first_line(error)[:120]}"
    return row


def _smallest(net: nn.Module) -> int:
    """The smallest image that the network takes, also in a batch in train mode."""
    net.eval()
    failed: Exception | None = None
    for size in SIZES:
        try:
            with torch.no_grad():
                net(torch.randn(2, 3, size, size))
        except Exception as error:  # whatever the network's own code raises
            failed = error
        else:
            return size
    assert failed is not None
    raise failed


def _convert(net: nn.Module, loaded: LoadedModel, row: dict[str, str]) -> None:
    config = QuantizationConfig(rounding="nearest")
    pictures = torch.randn(PICTURES, *loaded.input_shape)
    student = quantize_model(net, pictures[:2], config)
    plan = plan_of(student)
    with torch.no_grad():
        expected, found = net(pictures), student(pictures)
    near = float((expected - found).abs().max()) <= 1e-3 * max(float(expected.abs().max()), 1e-6)
    row["exact teacher"] = "yes" if near else "no"
    calibrate(student, [pictures], config)
    student.eval()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.onnx"
        export_onnx(student, loaded, path)
        row["converts"] = "yes"
        result = verify_onnx(path, student, pictures, measure_latency=False)
    row["check"] = "yes" if result.passed else "no"
    row["said"] = (result.detail or " ".join(plan.notes()))[:160]


def write_page(rows: list[dict[str, str]], to: Path) -> None:
    """The table with the count of each column."""
    tried, listed = [row for row in rows if row["loads"] != "-"], len(names())
    counts = {column: sum(row[column] == "yes" for row in tried) for column in COLUMNS[2:6]}
    lines = [
        "# Classifiers that were tried", "",
        "`python -m benchmarks.matrix` writes this page: random weights, batch-norm statistics as after training, "
        "small images. *exact teacher*: the student computes the float model's function before anything is rounded "
        "(within 0.1 % of the largest logit). *check*: the exported file passes its check in ONNX Runtime.", "",
        f"{len(tried)} networks were tried, and {listed - len(tried)} of the {listed} on the list left alone, "
        "for over 100 million parameters, or because they have no batch norm and were not tried again since statistics "
        "are measured: "
        + ", ".join(f"{column} {count}" for column, count in counts.items()) + ".", "",
        "| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS),
        *("| " + " | ".join(row[column].replace("|", "/") for column in COLUMNS) + " |" for row in rows),
    ]
    to.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Try what was not tried yet, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only these; default: all")
    parser.add_argument("--minutes", type=float, default=1e9, help="begin no further network after so long")
    parser.add_argument("--out", type=Path, default=DOCS, help="folder for matrix.csv and matrix.md")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    path, until = chosen.out / "matrix.csv", time.monotonic() + 60 * chosen.minutes
    rows = list(csv.DictReader(path.open(encoding="utf-8"))) if path.is_file() else []
    known = {row["network"] for row in rows} - set(chosen.names)
    rows = [row for row in rows if row["network"] in known]
    for name in chosen.names or names():
        if name in known or time.monotonic() > until:
            continue
        began = time.monotonic()
        row = row_of(name)
        gc.collect()
        print(f"{time.monotonic() - began:5.0f} s", name, row and [row[column] for column in COLUMNS[1:]], flush=True)
        if row is None:
            row = dict.fromkeys(COLUMNS, "-") | {"network": name, "said": "no batch norm"}
        rows.append(row)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        write_page([row for row in rows if row["said"] != "no batch norm"], chosen.out / "matrix.md")


if __name__ == "__main__":
    main()
