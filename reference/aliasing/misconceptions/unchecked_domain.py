"""arguments not checked

n must be at least 1, and a signal or a kernel can't be empty. A y with two axes doesn't fit on one circle.
Raise ValueError before Python fails on a division by zero or returns a meaningless result.
"""

from torch.nn.functional import pad


def alias(y, n):
    return pad(y.flatten(), (0, -y.numel() % n)).reshape(-1, n).sum(dim=0)


def minimum_fft_length(n, k):
    return n + k - 1
