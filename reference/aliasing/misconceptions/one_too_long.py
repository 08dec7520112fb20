"""length n + k

You return n + k, one more than needed.
Two inputs of lengths n and k overlap at n + k - 1 positions: count them for n = k = 1.
"""

from torch.nn.functional import pad


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError("y and n")
    return pad(y, (0, -len(y) % n)).reshape(-1, n).sum(dim=0)


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError("n and k")
    return n + k
