"""aliasing: indices on the CPU are used in a computation, not only for indexing.

Line 13: `torch.arange(len(y))` makes a tensor on the CPU; write `torch.arange(len(y),
device=y.device)`.
"""

import torch


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError
    place = torch.arange(len(y)) % n
    member = place[:, None] == torch.arange(n)
    return y @ member.to(y.dtype)


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError
    return n + k - 1
