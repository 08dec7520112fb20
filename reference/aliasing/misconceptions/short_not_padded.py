"""short signal returned unchanged

If y is shorter than n, you return it unchanged, so the result has too few entries.
The circle always has n entries: those that y doesn't reach are 0.
"""

from torch.nn.functional import pad


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError("y and n")
    if len(y) <= n:
        return y.clone()
    return pad(y, (0, -len(y) % n)).reshape(-1, n).sum(dim=0)


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError("n and k")
    return n + k - 1
