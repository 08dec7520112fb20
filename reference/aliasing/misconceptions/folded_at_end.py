"""added at the end instead of the front

You add the entries beyond the end to the last entries of the circle.
They belong to its first entries: y[n] is added to entry 0, y[n + 1] to entry 1.
"""

from torch.nn.functional import pad


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError("y and n")
    rows = pad(y[n:], (-len(y[n:]) % n, 0)).reshape(-1, n)
    return pad(y, (0, max(n - len(y), 0)))[:n] + rows.sum(dim=0)


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError("n and k")
    return n + k - 1
