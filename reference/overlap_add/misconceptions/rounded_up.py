"""length rounded up to whole blocks

You treat the last block as full, so your result ends in extra zeros from the padding.
Cut it to the first n + k - 1 entries.
"""

import torch


def overlap_add(x, h, block):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0 or block < 1:
        raise ValueError("x, h and block")
    n, k = len(x), len(h)
    size = block + k - 1
    count = -(-n // block)
    y = x.new_zeros(count * block + k - 1)
    spectrum = torch.fft.rfft(h, size)
    for start in range(0, n, block):
        y[start : start + size] += torch.fft.irfft(
            torch.fft.rfft(x[start : start + block], size) * spectrum, size
        )
    return y
