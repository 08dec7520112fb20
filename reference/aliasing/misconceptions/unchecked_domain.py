"""arguments not checked

A circle needs a place, a signal a sample, and a kernel a tap; two axes can't be wound round one circle.
Say so with ValueError, before Python fails on a division by zero or returns something that means nothing.
"""

from torch.nn.functional import pad


def alias(y, n):
    return pad(y.flatten(), (0, -y.numel() % n)).reshape(-1, n).sum(dim=0)


def minimum_fft_length(n, k):
    return n + k - 1
