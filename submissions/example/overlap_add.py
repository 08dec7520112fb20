"""Overlap-add with a loop over the blocks."""

import torch
from torch import Tensor


def overlap_add(x: Tensor, h: Tensor, block: int) -> Tensor:
    """Convolve block by block and add up."""
    if x.dim() != 1 or h.dim() != 1:
        raise ValueError("the signal and the kernel need one axis each")
    if len(x) == 0 or len(h) == 0:
        raise ValueError("the signal or the kernel is empty")
    if block < 1:
        raise ValueError("a block needs at least one sample")

    n, k = len(x), len(h)
    size = block + k - 1  # a block's answer has as many entries
    h_hat = torch.fft.rfft(h, n=size)  # the same for all blocks

    y = torch.zeros(n + k - 1, dtype=x.dtype, device=x.device)
    for start in range(0, n, block):
        part = x[start : start + block]
        part_hat = torch.fft.rfft(part, n=size)
        answer = torch.fft.irfft(part_hat * h_hat, n=size)
        length = len(part) + k - 1  # the last part may be short
        y[start : start + length] += answer[:length]
    return y
