"""length n + k - 2

You return n + k - 2. At that length, the last entry of the convolution is still added to its first.
n + k - 2 is the index of its last entry. Indices start at 0, so there is one more entry than that.
"""

from torch.nn.functional import pad


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError("y and n")
    return pad(y, (0, -len(y) % n)).reshape(-1, n).sum(dim=0)


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError("n and k")
    return n + k - 2
