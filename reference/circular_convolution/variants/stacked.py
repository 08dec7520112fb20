"""Stack both inputs as rows of one padded matrix: one transform, then one product of the two rows."""

import torch
from torch.nn.functional import pad


def circular_convolve(x, h):
    n, k = x.numel(), h.numel()
    if x.dim() != 1 or h.dim() != 1 or not 0 < k <= n:
        raise ValueError("the taps don't fit on the circle")
    rows = torch.stack((x, pad(h, (0, n - k))))
    return torch.fft.irfft(torch.fft.rfft(rows).prod(dim=0), n)
