"""circulant_product: the result is float64 for every input.

Line 16: `torch.fft.irfft(product, len(c)).to(torch.float64)` makes it float64 for every input;
write `c.dtype` instead.
"""

import torch


def multiply_circulants(c, d):
    if c.dim() != 1 or c.shape != d.shape or len(c) == 0:
        raise ValueError
    if c.is_complex():
        return torch.fft.ifft(torch.fft.fft(c) * torch.fft.fft(d))
    product = torch.fft.rfft(c) * torch.fft.rfft(d)
    return torch.fft.irfft(product, len(c)).to(torch.float64)
