"""input changed in place

You write the outputs over the signal. They are correct, because no overwritten entry is read again,
but the caller still uses that tensor, and autograd can't follow.
Put the outputs into a new tensor.
"""


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    rows = len(x) - len(kernel) + 1
    for i in range(rows):
        x[i] = (x[i : i + len(kernel)] * kernel).sum()
    return x[:rows]
