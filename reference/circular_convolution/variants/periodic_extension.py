"""Put the samples that wrap around before x, and keep only the complete sums of a linear convolution."""

import torch


def circular_convolve(x, h):
    for name, value in (("signal", x), ("taps", h)):
        if value.dim() != 1 or value.numel() == 0:
            raise ValueError(f"{name}: shape {tuple(value.shape)}")
    if len(h) > len(x):
        raise ValueError(f"{len(h)} taps for {len(x)} samples")
    before = len(h) - 1
    extended = torch.cat((x[len(x) - before :], x))
    m = 2 * len(x)
    y = torch.fft.irfft(torch.fft.rfft(extended, m) * torch.fft.rfft(h, m), m)
    return y[before : before + len(x)]
