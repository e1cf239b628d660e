"""A plain eager step of the baseline, written from the paper's description (docs/method.md, section 6) with its costs.

It is what `benchmarks.speed` compares with: gradients of the teacher's weights are computed though nobody needs
them, statistics are taken by hooks one layer after another, and losses are read on the host in every step.
"""

from __future__ import annotations

import copy
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class PlainGenerator(nn.Module):
    """The published 32 px generator: nearest upsampling, then convolutions at full size."""

    def __init__(self, classes: int, channels: int, size: int, noise_dim: int = 100) -> None:
        super().__init__()
        self.first, self.noise_dim, self.classes = size // 4, noise_dim, classes
        self.embedding = nn.Embedding(classes, noise_dim)
        self.project = nn.Linear(noise_dim, 128 * self.first**2)
        self.layers = nn.Sequential(
            nn.BatchNorm2d(128), nn.Upsample(scale_factor=2), nn.Conv2d(128, 128, 3, padding=1), nn.BatchNorm2d(128),
            nn.LeakyReLU(0.2), nn.Upsample(scale_factor=2), nn.Conv2d(128, 64, 3, padding=1), nn.BatchNorm2d(64),
            nn.LeakyReLU(0.2), nn.Conv2d(64, channels, 3, padding=1), nn.Tanh(), nn.BatchNorm2d(channels, affine=False),
        )

    def forward(self, noise: Tensor, labels: Tensor) -> Tensor:
        x = self.project(noise * self.embedding(labels)).view(len(noise), 128, self.first, self.first)
        return self.layers(x)  # type: ignore[no-any-return]


def quantized_weight(weight: Tensor, bits: int) -> Tensor:
    """Asymmetric min-max per output channel, recomputed in each forward, straight-through gradient."""
    flat = weight.detach().flatten(1)
    low, high = flat.min(1).values, flat.max(1).values
    shape = (-1,) + (1,) * (weight.dim() - 1)
    scale = ((high - low) / (2**bits - 1)).clamp(min=1e-8).view(shape)
    zero = torch.round(low.view(shape) / scale)
    rounded = ((weight / scale - zero).round().clamp(0, 2**bits - 1) + zero) * scale
    result: Tensor = weight + (rounded - weight).detach()
    return result


class PlainConv(nn.Module):
    """A convolution or linear layer with quantized weights."""

    def __init__(self, layer: nn.Conv2d | nn.Linear, bits: int) -> None:
        super().__init__()
        self.layer, self.bits = layer, bits

    def forward(self, x: Tensor) -> Tensor:
        weight = quantized_weight(self.layer.weight, self.bits)
        if isinstance(self.layer, nn.Linear):
            return F.linear(x, weight, self.layer.bias)
        return F.conv2d(x, weight, self.layer.bias, self.layer.stride, self.layer.padding, groups=self.layer.groups)


class PlainActivation(nn.Module):
    """A ReLU and a quantizer whose range is a moving average of the batches' extremes."""

    low: Tensor
    high: Tensor

    def __init__(self, bits: int) -> None:
        super().__init__()
        self.bits = bits
        self.register_buffer("low", torch.zeros(()))
        self.register_buffer("high", torch.zeros(()))

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(x)
        self.low = 0.99 * self.low + 0.01 * x.detach().min()
        self.high = 0.99 * self.high + 0.01 * x.detach().max()
        scale = ((self.high - self.low) / (2**self.bits - 1)).clamp(min=1e-8)
        rounded = ((x - self.low) / scale).round().clamp(0, 2**self.bits - 1) * scale + self.low
        result: Tensor = x + (rounded - x).detach()
        return result


def plain_student(teacher: nn.Module, bits: int) -> nn.Module:
    """A copy of the teacher whose modules are exchanged for quantized ones."""
    student = copy.deepcopy(teacher)

    def exchange(module: nn.Module) -> None:
        for name, child in module.named_children():
            if isinstance(child, (nn.Conv2d, nn.Linear)):
                setattr(module, name, PlainConv(child, bits))
            elif isinstance(child, nn.ReLU):
                setattr(module, name, PlainActivation(bits))
            else:
                exchange(child)

    exchange(student)
    for parameter in student.parameters():
        parameter.requires_grad_(True)
    return student.eval()  # batch norm stays on the teacher's statistics


class PlainGdfq:
    """The training loop's state; `step` is one iteration (generator, then student)."""

    def __init__(self, teacher: nn.Module, classes: int, shape: tuple[int, int, int], batch: int, bits: int) -> None:
        self.teacher = copy.deepcopy(teacher).eval()
        for parameter in self.teacher.parameters():
            parameter.requires_grad_(True)  # as released: nobody froze it
        self.student = plain_student(teacher, bits)
        self.generator = PlainGenerator(classes, shape[0], shape[1])
        self.batch, self.classes = batch, classes
        self.seen: list[tuple[Tensor, Tensor]] = []
        self.norms = [module for module in self.teacher.modules() if isinstance(module, nn.BatchNorm2d)]
        for norm in self.norms:
            norm.register_forward_hook(self._hook)
        self.generator_optimizer = torch.optim.Adam(self.generator.parameters(), lr=1e-3, betas=(0.5, 0.999))
        self.student_optimizer = torch.optim.SGD(
            self.student.parameters(), lr=1e-4, momentum=0.9, nesterov=True, weight_decay=1e-4
        )
        self.history: list[tuple[float, ...]] = []

    def _hook(self, module: nn.Module, inputs: Any, output: Any) -> None:
        x = inputs[0]
        self.seen.append((x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)))

    def step(self) -> None:
        """One iteration of the published loop."""
        labels = torch.randint(self.classes, (self.batch,))
        samples = self.generator(torch.randn(self.batch, self.generator.noise_dim), labels)
        self.seen.clear()
        logits = self.teacher(samples)
        class_loss = F.cross_entropy(logits, labels)
        bn = torch.zeros(())
        for (mean, variance), norm in zip(self.seen, self.norms, strict=True):
            assert norm.running_mean is not None
            assert norm.running_var is not None
            bn = bn + F.mse_loss(mean, norm.running_mean) + F.mse_loss(variance, norm.running_var)
        bn = bn / len(self.norms)
        total = class_loss + 0.1 * bn
        self.generator_optimizer.zero_grad()
        self.teacher.zero_grad()
        total.backward()
        self.generator_optimizer.step()
        answers = self.student(samples.detach())
        expected = logits.detach()
        temperature = 20.0
        distil = F.kl_div(
            (answers / temperature).log_softmax(1), (expected / temperature).softmax(1), reduction="none"
        ).mean() * temperature**2
        student_class = F.cross_entropy(answers, labels)
        student_total = distil + student_class
        self.student_optimizer.zero_grad()
        student_total.backward()
        self.student_optimizer.step()
        self.history.append((
            class_loss.item(), bn.item(), distil.item(), student_class.item(),
            (logits.argmax(1) == labels).float().mean().item(), (answers.argmax(1) == labels).float().mean().item(),
        ))
