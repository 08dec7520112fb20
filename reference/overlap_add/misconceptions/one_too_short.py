"""transforms too short by one

Your transforms have block + k - 2 points, so the last entry of each block's result is added to its first.
A block and a kernel overlap at block + k - 1 positions: check this for a block of 1 and k = 1.
"""

import torch


def overlap_add(x, h, block):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0 or block < 1:
        raise ValueError("x, h and block")
    n, k = len(x), len(h)
    size = max(block + k - 2, 1)
    y = x.new_zeros(n + k - 1)
    spectrum = torch.fft.rfft(h, size)
    for start in range(0, n, block):
        piece = torch.fft.irfft(torch.fft.rfft(x[start : start + block], size) * spectrum, size)
        length = min(size, n + k - 1 - start)
        y[start : start + length] += piece[:length]
    return y
