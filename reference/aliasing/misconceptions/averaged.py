"""mean instead of sum

You take the mean of the entries that land on the same index.
Folding adds them up, so the sum of the signal doesn't change.
"""

from torch.nn.functional import pad


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError("y and n")
    return pad(y, (0, -len(y) % n)).reshape(-1, n).mean(dim=0)


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError("n and k")
    return n + k - 1
