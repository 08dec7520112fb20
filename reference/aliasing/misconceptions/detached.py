"""signal detached from autograd

Your result is built from plain numbers (.item(), .tolist(), .numpy() or .detach()), so no gradient reaches y.
Add slices or rows of y as tensors: gradients flow through these operations.
"""

import torch


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError("y and n")
    out = [0.0] * n
    for place, value in enumerate(y.tolist()):
        out[place % n] += value
    return torch.tensor(out, dtype=y.dtype, device=y.device)


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError("n and k")
    return n + k - 1
