"""answers laid end to end

You join the blocks' results end to end, so each one begins after the tail of the previous one.
A block's result begins at the index of its first sample in x, and the tails overlap.
"""

import torch


def overlap_add(x, h, block):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0 or block < 1:
        raise ValueError("x, h and block")
    n, k = len(x), len(h)
    size = block + k - 1
    spectrum = torch.fft.rfft(h, size)
    pieces = [torch.fft.irfft(torch.fft.rfft(part, size) * spectrum, size) for part in x.split(block)]
    return torch.cat(pieces)[: n + k - 1]
