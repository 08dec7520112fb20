"""input changed in place

You write the outputs over the signal. They come out right, as nothing that is overwritten is read again,
but whoever called you still holds that tensor, and autograd can't follow.
Put the outputs into a tensor of their own.
"""


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    rows = len(x) - len(kernel) + 1
    for i in range(rows):
        x[i] = (x[i : i + len(kernel)] * kernel).sum()
    return x[:rows]
