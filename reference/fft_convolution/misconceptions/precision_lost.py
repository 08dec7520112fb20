"""float32 inside

Your result has the inputs' dtype, but you compute in float32, so float64 inputs lose half of their digits.
Converting at the end doesn't bring the digits back: compute in the inputs' dtype from the start.
"""

import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h")
    m = len(x) + len(h) - 1
    spectrum = torch.fft.rfft(x.float(), m) * torch.fft.rfft(h.float(), m)
    return torch.fft.irfft(spectrum, m).to(x.dtype)
