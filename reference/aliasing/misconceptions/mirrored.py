"""mirrored at the end

Your function reflects the entries beyond the end, as a mirror would.
On a circle, these entries continue at the front: y[n] is added to entry 0.
"""

from torch.nn.functional import pad


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError("y and n")
    rows = pad(y, (0, -len(y) % n)).reshape(-1, n)
    return sum(row.flip(0) if turn % 2 else row for turn, row in enumerate(rows))


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError("n and k")
    return n + k - 1
