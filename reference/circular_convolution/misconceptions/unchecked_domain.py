"""arguments not checked

If h is longer than x, it doesn't fit on the circle, but torch.fft.rfft(h, n) silently cuts it to n taps.
Raise ValueError in this case, and also for empty inputs and for inputs with two axes.
"""

import torch


def circular_convolve(x, h):
    n = x.shape[-1]
    return torch.fft.irfft(torch.fft.rfft(x, n) * torch.fft.rfft(h, n), n)
