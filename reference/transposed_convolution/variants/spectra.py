"""The spread-out samples and the kernel are polynomials; compute their product through their spectra."""

import torch


def transposed_convolve(y, kernel, stride=1, padding=0):
    if y.dim() != 1 or kernel.dim() != 1 or not len(y) or not len(kernel):
        raise ValueError("y and kernel must be non-empty vectors")
    if stride <= 0 or padding < 0:
        raise ValueError("stride or padding out of range")
    spread = torch.stack((y, *[torch.zeros_like(y)] * (stride - 1)), dim=1).flatten()
    length = (len(y) - 1) * stride + len(kernel)
    if 2 * padding >= length:
        raise ValueError("no sample is left")
    size = len(spread) + len(kernel)
    whole = torch.fft.irfft(torch.fft.rfft(spread, size) * torch.fft.rfft(kernel, size), size)
    return whole[padding : length - padding]
