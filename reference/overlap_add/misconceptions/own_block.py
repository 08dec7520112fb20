"""block size ignored

Your result is correct, but your blocks always have 64 samples.
The block length sets the delay before the sound plays: take `block` samples at a time.
"""

import torch


def overlap_add(x, h, block):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0 or block < 1:
        raise ValueError("x, h and block")
    n, k = len(x), len(h)
    block = 64
    size = block + k - 1
    y = x.new_zeros(n + k - 1)
    spectrum = torch.fft.rfft(h, size)
    for start in range(0, n, block):
        piece = torch.fft.irfft(torch.fft.rfft(x[start : start + block], size) * spectrum, size)
        length = min(size, n + k - 1 - start)
        y[start : start + length] += piece[:length]
    return y
