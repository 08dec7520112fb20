"""Multiply by the kernel's conjugate spectrum, and cut off the entries that wrap around."""

import torch


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or len(kernel) < 1 or len(kernel) > len(x):
        raise ValueError("expected a signal and a kernel that is no longer")
    n = len(x)
    spectrum = torch.fft.rfft(x) * torch.fft.rfft(kernel, n).conj()
    return torch.fft.irfft(spectrum, n)[: n - len(kernel) + 1]
