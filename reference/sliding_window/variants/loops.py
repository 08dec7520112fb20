"""Two loops, over positions and over taps; the outputs are stacked."""

import torch


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1:
        raise ValueError("a signal and a kernel have one axis each")
    if not 0 < len(kernel) <= len(x):
        raise ValueError(f"a kernel of {len(kernel)} taps doesn't fit a signal of {len(x)} entries")
    outputs = []
    for i in range(len(x) - len(kernel) + 1):
        total = 0
        for j in range(len(kernel)):
            total = total + kernel[j] * x[i + j]
        outputs.append(total)
    return torch.stack(outputs)
