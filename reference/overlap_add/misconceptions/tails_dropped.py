"""tails dropped

You keep only the first `block` entries of each block's result, so each echo stops at the end of its block.
The other k - 1 entries overlap with the next blocks: add them there.
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
        length = min(block, n - start)
        y[start : start + length] += piece[:length]
    return y
