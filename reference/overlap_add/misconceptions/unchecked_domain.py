"""arguments not checked

An empty signal or kernel has no convolution here, one with two axes isn't a signal, and with block = 0 the blocks never end.
Zeros, or an error from torch, would hide the mistake: raise ValueError first.
"""

import torch


def overlap_add(x, h, block):
    n, k = x.shape[-1], h.shape[-1]
    block = max(block, 1)
    points = max(block + k - 1, 1)
    y = x.new_zeros(n + k - 1)
    for start in range(0, n, block):
        part = x[..., start : start + block]
        size = part.shape[-1] + k - 1
        piece = torch.fft.irfft(torch.fft.rfft(part, points) * torch.fft.rfft(h, points), points)
        y[start : start + size] += piece.flatten()[:size]
    return y
