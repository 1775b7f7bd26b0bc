"""Seconds per training step of PyTorch on the CPU, for the network that training-step.js measures ours with.

DeepLab v3+ with MobileNetV2 at output stride 16, separable ASPP and decoder of 128 channels, 11 classes: forward, cross-entropy on
full-size logits, backward, SGD with momentum and weight decay. Prints one line of JSON.

usage: python3 torch-step.py [--batch 4] [--size 257] [--threads 1] [--steps 7]
"""

import argparse
import json
import re
import time

import torch
from torch import nn
from torch.nn import functional


class ConvBlock(nn.Sequential):
    def __init__(self, inputs, outputs, kernel=1, stride=1, rate=1, groups=1, activation=nn.ReLU):
        padding = rate * (kernel - 1) // 2
        layers = [
            nn.Conv2d(inputs, outputs, kernel, stride, padding, rate, groups, bias=False),
            nn.BatchNorm2d(outputs),
        ]
        super().__init__(*layers, *([activation(inplace=True)] if activation else []))


class InvertedResidual(nn.Module):
    def __init__(self, inputs, outputs, expansion, stride, rate):
        super().__init__()
        hidden = inputs * expansion
        self.layers = nn.Sequential(
            ConvBlock(inputs, hidden, activation=nn.ReLU6),
            ConvBlock(hidden, hidden, 3, stride, rate, hidden, nn.ReLU6),
            ConvBlock(hidden, outputs, activation=None),
        )
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.layers(x) if self.residual else self.layers(x)


STAGES = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]


class Separable(nn.Sequential):
    def __init__(self, inputs, outputs, rate=1):
        super().__init__(ConvBlock(inputs, inputs, 3, 1, rate, inputs), ConvBlock(inputs, outputs))


class DeeplabV3Plus(nn.Module):
    def __init__(self, classes=11, channels=128, low_channels=48, output_stride=16):
        super().__init__()
        blocks, inputs, stride, rate = [], 32, 2, 1
        for expansion, outputs, count, first in STAGES:
            for i in range(count):
                wanted = first if i == 0 else 1
                taken = wanted if stride * wanted <= output_stride else 1
                blocks.append(InvertedResidual(inputs, outputs, expansion, taken, rate))
                stride, rate, inputs = stride * taken, rate * wanted // taken, outputs
        self.low = nn.Sequential(ConvBlock(3, 32, 3, 2, activation=nn.ReLU6), *blocks[:3])
        self.high = nn.Sequential(*blocks[3:])
        self.branches = nn.ModuleList(
            [ConvBlock(320, channels)] + [Separable(320, channels, atrous) for atrous in (6, 12, 18)]
        )
        self.pooled = ConvBlock(320, channels)
        self.project = nn.Sequential(ConvBlock(5 * channels, channels), nn.Dropout(0.1))
        self.project_low = ConvBlock(24, low_channels)
        self.refine = nn.Sequential(Separable(channels + low_channels, channels), Separable(channels, channels))
        self.logits = nn.Conv2d(channels, classes, 1)

    def forward(self, image):
        low = self.low(image)
        x = self.high(low)
        enlarge = dict(mode="bilinear", align_corners=True)
        pooled = self.pooled(x.mean((2, 3), keepdim=True)).expand(-1, -1, *x.shape[2:])
        x = self.project(torch.cat([branch(x) for branch in self.branches] + [pooled], 1))
        low = self.project_low(low)
        x = self.refine(torch.cat([functional.interpolate(x, low.shape[2:], **enlarge), low], 1))
        return functional.interpolate(self.logits(x), image.shape[2:], **enlarge)


def main():
    parser = argparse.ArgumentParser()
    for name, default in (("batch", 4), ("size", 257), ("threads", 1), ("steps", 7)):
        parser.add_argument(f"--{name}", type=int, default=default)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(0)
    network = DeeplabV3Plus().to(memory_format=torch.channels_last).train()
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9, weight_decay=1e-4)
    images = torch.rand(args.batch, 3, args.size, args.size).to(memory_format=torch.channels_last)
    labels = torch.randint(0, 11, (args.batch, args.size, args.size))
    seconds = []
    for _ in range(args.steps + 2):
        start = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        loss = functional.cross_entropy(network(images), labels, ignore_index=255)
        loss.backward()
        optimizer.step()
        seconds.append(time.perf_counter() - start)
    parameters = sum(p.numel() for p in network.parameters())
    blas = re.search(r"BLAS_INFO=(\w+)", torch.__config__.show())
    report = {
        "framework": f"PyTorch {torch.__version__}",
        "blas": blas.group(1) if blas else "unknown",
        "parameters": parameters,
        "seconds": seconds[2:],
    }
    print(json.dumps(report))


main()
