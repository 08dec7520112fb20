"""length of the longer input

You return the length of the longer input: at that length the tail of the convolution is added to its front.
The convolution has n + k - 1 entries, and each needs an index of its own.
"""

from torch.nn.functional import pad


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError("y and n")
    return pad(y, (0, -len(y) % n)).reshape(-1, n).sum(dim=0)


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError("n and k")
    return max(n, k)
