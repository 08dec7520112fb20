"""window runs over the end

Your window starts at every entry of the signal, and you cut it short where the signal ends.
Only whole windows count: the last one starts at x[n - k], so there are n - k + 1 outputs.
"""

import torch


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    outputs = []
    for i in range(len(x)):
        window = x[i : i + len(kernel)]
        outputs.append((window * kernel[: len(window)]).sum())
    return torch.stack(outputs)
