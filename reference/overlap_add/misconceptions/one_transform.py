"""one transform over everything

Your result is correct, but you transform the whole signal at once, whatever the block size.
Overlap-add uses transforms only as long as one block and the kernel need, so it can run while the sound plays.
"""

import torch


def overlap_add(x, h, block):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0 or block < 1:
        raise ValueError("x, h and block")
    m = len(x) + len(h) - 1
    return torch.fft.irfft(torch.fft.rfft(x, m) * torch.fft.rfft(h, m), m)
