"""direct convolution instead of the FFT

Your result is correct, but it takes n k products: doubling the numbers of samples and taps quadruples the work.
The Toeplitz matrix of a long signal doesn't even fit into memory; instead, transform, multiply and transform back.
"""

import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h")
    rows = torch.arange(len(x) + len(h) - 1, device=x.device)[:, None]
    columns = torch.arange(len(x), device=x.device)
    tap = rows - columns
    padded = torch.cat((h, h.new_zeros(1)))
    matrix = padded[torch.where((tap >= 0) & (tap < len(h)), tap, len(h))]
    return matrix @ x
