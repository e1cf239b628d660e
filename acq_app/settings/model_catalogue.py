"""What the model panel offers without loading torch: names, preprocessing and kinds of files.

The engine is the judge of what it can load; a test keeps these lists in step with it.
"""

from __future__ import annotations

from pathlib import Path

# (setting, title, mean, std), the figures in units of pixels scaled to 0..1
PREPROCESSING: tuple[tuple[str, str, tuple[float, ...], tuple[float, ...]], ...] = (
    ("imagenet", "ImageNet", (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    ("cifar10", "CIFAR-10", (0.4914, 0.4822, 0.4465), (0.2023, 0.1994, 0.2010)),
    ("cifar100", "CIFAR-100", (0.5071, 0.4867, 0.4408), (0.2675, 0.2565, 0.2761)),
    ("0..1", "0..1", (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)),
    ("-1..1", "-1..1", (0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
    ("0..255", "0..255", (0.0, 0.0, 0.0), (1 / 255, 1 / 255, 1 / 255)),
)

TORCHVISION: tuple[str, ...] = (
    "resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "resnext50_32x4d", "wide_resnet50_2",
    "mobilenet_v2", "mobilenet_v3_small", "mobilenet_v3_large", "efficientnet_b0", "efficientnet_b1",
    "regnet_y_400mf", "regnet_x_400mf", "shufflenet_v2_x1_0", "mnasnet1_0", "densenet121", "vgg11_bn", "vgg16_bn",
    "vit_b_16", "swin_t",
)

ARCHITECTURES: tuple[str, ...] = (
    "cifar_resnet20", "cifar_resnet32", "cifar_resnet44", "cifar_resnet56", "cifar_vgg16_bn", "cifar_mobilenetv2_x1_0",
    "cifar_shufflenetv2_x1_0", "efficientnet_lite0", "fashion_resnet", *TORCHVISION,
)

# Of timm, as its names stand in `acq models`; needs the extra acq-studio[timm].
TIMM: tuple[str, ...] = (
    "efficientnet_lite0", "repvgg_a0", "mobileone_s0", "hardcorenas_a", "dla34", "mobilenetv2_100",
    "mobilenetv3_small_100", "mnasnet_100", "lcnet_050", "resnet26d", "regnety_004", "gernet_s",
    "vit_tiny_patch16_224", "deit_tiny_patch16_224", "swin_tiny_patch4_window7_224",
)

MODEL_SUFFIXES = frozenset({".safetensors", ".pth", ".pt", ".th", ".ckpt", ".bin", ".pt2", ".onnx", ".py"})
MODEL_FILTER = "*.safetensors *.pth *.pt *.th *.ckpt *.bin *.pt2 *.onnx *.py"

IMAGE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".ppm", ".pgm", ".tif", ".tiff", ".webp", ".gif"})
IMAGE_FILTER = "*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff *.gif *.ppm *.pgm"

# Test images in one file, or a table of images with their labels.
TEST_SET_SUFFIXES = frozenset({".npz", ".csv", ".tsv", ".txt", ".jsonl"})
TEST_SET_FILTER = "*.npz *.csv *.tsv *.txt *.json *.jsonl *ubyte *ubyte.gz test_batch *.bin"

SWEEP_BYTES = 1_000_000  # so much of a JSON file is looked at

SAMPLE_FACTS = (77_754, 9, 10)  # parameters, batch-norm layers, classes; known without loading it


def kind_of(path: Path) -> str:
    """What a dropped file is: "run", "sweep", "model", "test_set", "settings", "image" or "" (nothing known)."""
    if path.is_dir():
        if (path / "sweep.json").is_file():
            return "sweep"
        return "run" if (path / "run.json").is_file() else "test_set"
    if path.name == "run.json":
        return "run"
    suffix = path.suffix.lower()
    if suffix in TEST_SET_SUFFIXES or path.name.removesuffix(".gz").endswith(("-ubyte", "test_batch")):
        return "test_set"
    if suffix == ".json":
        return "sweep" if _has_axes(path) else "settings"
    if suffix in IMAGE_SUFFIXES:
        return "image"
    return "model" if suffix in MODEL_SUFFIXES else ""


def _has_axes(path: Path) -> bool:
    """Whether a JSON file looks like a sweep's; whoever opens it says whether it is one."""
    try:
        with path.open("rb") as file:
            data = file.read(SWEEP_BYTES)
    except OSError:
        return False
    return b'"axes"' in data
