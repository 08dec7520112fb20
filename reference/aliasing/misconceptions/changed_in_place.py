"""input changed in place

Your result is part of y itself (a slice is a view, not a copy), and adding to it changes y.
The caller still uses that tensor: start with a clone, or with new zeros.
"""

from torch.nn.functional import pad


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError("y and n")
    if len(y) < n:
        return pad(y, (0, n - len(y)))
    out = y[:n]
    for start in range(n, len(y), n):
        turn = y[start : start + n]
        out[: len(turn)] += turn
    return out.clone()


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError("n and k")
    return n + k - 1
