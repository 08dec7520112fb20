"""tail cut after one block

You add each tail to the next block only, as if the kernel were never longer than a block.
A tail of k - 1 entries may cover several blocks: add all of it.
"""

import torch


def overlap_add(x, h, block):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0 or block < 1:
        raise ValueError("x, h and block")
    n, k = len(x), len(h)
    size = block + k - 1
    y = x.new_zeros(n + k - 1)
    spectrum = torch.fft.rfft(h, size)
    for start in range(0, n, block):
        piece = torch.fft.irfft(torch.fft.rfft(x[start : start + block], size) * spectrum, size)
        length = min(size, 2 * block, n + k - 1 - start)
        y[start : start + length] += piece[:length]
    return y
