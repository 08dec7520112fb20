"""direct convolution instead of the FFT

Your result is correct, but it takes n k products: doubling the numbers of samples and taps quadruples the work.
Transform each block, multiply by the kernel's transform, transform back, and add.
"""

import torch


def overlap_add(x, h, block):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0 or block < 1:
        raise ValueError("x, h and block")
    rows = torch.arange(len(x) + len(h) - 1, device=x.device)[:, None]
    columns = torch.arange(len(x), device=x.device)
    tap = rows - columns
    padded = torch.cat((h, h.new_zeros(1)))
    return padded[torch.where((tap >= 0) & (tap < len(h)), tap, len(h))] @ x
