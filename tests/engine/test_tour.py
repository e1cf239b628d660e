"""The tour in docs/your-own-model.md works as it is written there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch import nn

from acq_engine.models.registry import architecture
from tests.engine.cli.made_up import acq

TOUR = Path(__file__).parents[2] / "docs" / "your-own-model.md"


def blocks(language: str) -> list[str]:
    parts = re.split(r"^```(.*)$", TOUR.read_text("utf-8"), flags=re.MULTILINE)  # text, fence, block, fence, text, ...
    return [body.lstrip("\n") for fence, body in zip(parts[1::4], parts[2::4], strict=True) if fence == language]


def settle(net: nn.Module, size: int) -> nn.Module:
    net.train()
    with torch.no_grad():
        net(torch.randn(8, 3, size, size))
    return net.eval()


@pytest.mark.slow
def test_every_inspection_of_the_tour_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source, export = blocks("python")
    (tmp_path / "mine.py").write_text(source, "utf-8")
    torch.save(architecture("resnet18").build(1000, 3).state_dict(), "resnet18-f37072fd.pth")
    torch.save({"state_dict": settle(architecture("cifar_resnet20").build(10, 3), 32).state_dict()}, "checkpoint.pth")
    making = "import torch\nfrom mine import build\ntorch.save(build().state_dict(), 'mine.pth')\n"
    making += "torch.onnx.export(build().eval(), (torch.zeros(1, 3, 32, 32),), 'mine.onnx', dynamo=False)\n"
    subprocess.run([sys.executable, "-c", making + export], check=True, cwd=tmp_path, timeout=120)
    commands = [line.split() for block in blocks("") for line in block.splitlines() if line.startswith("acq inspect")]
    assert len(commands) == 5
    shown = []
    for command in commands:
        result = acq(*command[1:])
        assert result.exit_code == 0, result.output
        shown.append(result.stdout.partition("\n")[0])
    assert shown == [
        "resnet18-f37072fd: resnet18, 1,000 classes", "checkpoint: cifar_resnet20, 10 classes",
        "mine: Mine, 10 classes", "mine: exported program, 10 classes",
        "mine: ONNX, 10 classes",
    ]


def test_every_quantization_of_the_tour_has_options_that_exist() -> None:
    from acq_engine.settings.options import setting_options

    known = {option.flag for option in setting_options()} | {"--out"}
    commands = [line for block in blocks("") for line in block.splitlines() if line.startswith("acq quantize")]
    assert len(commands) == 7
    for command in commands:
        assert set(re.findall(r"--[a-z-]+", command)) <= known, command
