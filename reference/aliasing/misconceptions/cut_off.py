"""cut off instead of folded

You keep the first n entries and drop the rest.
On a circle nothing is lost: entries beyond the end are added to the front.
"""

from torch.nn.functional import pad


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError("y and n")
    return pad(y, (0, max(n - len(y), 0)))[:n]


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError("n and k")
    return n + k - 1
