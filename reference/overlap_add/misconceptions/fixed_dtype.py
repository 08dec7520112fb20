"""dtype fixed to float32

torch.zeros(length) is always float32, so the sums of a float64 signal lose half of their digits.
Make it with dtype=x.dtype, device=x.device, or with x.new_zeros(length).
"""

import torch


def overlap_add(x, h, block):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0 or block < 1:
        raise ValueError("x, h and block")
    n, k = len(x), len(h)
    size = block + k - 1
    y = torch.zeros(n + k - 1)
    spectrum = torch.fft.rfft(h, size)
    for start in range(0, n, block):
        piece = torch.fft.irfft(torch.fft.rfft(x[start : start + block], size) * spectrum, size)
        length = min(size, n + k - 1 - start)
        y[start : start + length] += piece[:length]
    return y
