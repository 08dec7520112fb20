"""neighbours added instead of turns

You cut y into n pieces and sum each piece, so neighbouring entries are added.
The entries that land on the same index are n apart: cut y into rows of n entries and add the rows.
"""

from torch.nn.functional import pad


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError("y and n")
    return pad(y, (0, -len(y) % n)).reshape(n, -1).sum(dim=1)


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError("n and k")
    return n + k - 1
