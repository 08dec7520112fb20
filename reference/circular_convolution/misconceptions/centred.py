"""Convention: taps centred

You centre the taps, as image filters do: the middle tap belongs to shift 0. The exercise asks for tap 0 at shift 0.
The sum y[i] starts with h[0] x[i], and its other terms use samples before x[i].
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    y = torch.fft.irfft(torch.fft.rfft(x, n) * torch.fft.rfft(h, n), n)
    return y.roll(-(len(h) // 2))
