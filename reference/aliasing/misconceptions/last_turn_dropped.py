"""incomplete turn dropped

You add up only the complete turns, so the entries after the last multiple of n are lost.
Pad y with zeros until its last turn is also complete.
"""


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError("y and n")
    turns = len(y) // n
    return y[: turns * n].reshape(turns, n).sum(dim=0)


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError("n and k")
    return n + k - 1
