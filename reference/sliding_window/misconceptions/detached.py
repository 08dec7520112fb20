"""inputs detached from autograd

Your outputs are made from plain numbers (.item(), .tolist(), .numpy() or float(...)), so no gradient reaches the inputs.
Keep the sums as tensors and join them with torch.stack.
"""

import torch


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    signal, taps = x.tolist(), kernel.tolist()
    rows = range(len(signal) - len(taps) + 1)
    sums = [sum(tap * signal[i + j] for j, tap in enumerate(taps)) for i in rows]
    return torch.tensor(sums, dtype=x.dtype, device=x.device)
