"""Convolve one block after another, with the shortest transforms; add each result to the output."""

import torch


def overlap_add(x, h, block):
    if block < 1 or x.ndim != 1 or h.ndim != 1 or x.numel() == 0 or h.numel() == 0:
        raise ValueError(f"no convolution of {tuple(x.shape)} with {tuple(h.shape)} in blocks of {block}")
    size = block + len(h) - 1
    spectrum = torch.fft.fft(h, size)
    y = x.new_zeros(len(x) + size)
    for start in range(0, len(x), block):
        part = torch.fft.fft(x[start : start + block], size)
        y[start : start + size] += torch.fft.ifft(part * spectrum).real
    return y[: len(x) + len(h) - 1]
