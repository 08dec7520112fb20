"""odd lengths lost

irfft without a length returns an even number of entries, so for an odd n one entry is missing and the others are wrong.
A half spectrum doesn't show whether the length was odd: write irfft(spectrum, n=n).
"""

import torch


def multiply_circulants(c, d):
    if c.dim() != 1 or c.shape != d.shape or len(c) == 0:
        raise ValueError("c and d")
    if c.is_complex():
        return torch.fft.ifft(torch.fft.fft(c) * torch.fft.fft(d))
    return torch.fft.irfft(torch.fft.rfft(c) * torch.fft.rfft(d))
