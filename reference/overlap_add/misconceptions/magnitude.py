"""magnitude instead of the real part

You take absolute values to make the blocks' results real, so every minus sign is lost.
The imaginary part is only rounding error: take .real, or use rfft and irfft.
"""

import torch


def overlap_add(x, h, block):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0 or block < 1:
        raise ValueError("x, h and block")
    n, k = len(x), len(h)
    size = block + k - 1
    y = x.new_zeros(n + k - 1)
    spectrum = torch.fft.fft(h, size)
    for start in range(0, n, block):
        piece = torch.fft.ifft(torch.fft.fft(x[start : start + block], size) * spectrum).abs()
        length = min(size, n + k - 1 - start)
        y[start : start + length] += piece[:length]
    return y
