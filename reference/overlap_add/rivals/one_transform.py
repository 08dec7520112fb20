"""One block: the whole signal in a single transform."""

import torch


def overlap_add(x, h, block):
    if x.dim() != 1 or h.dim() != 1 or 0 in (len(x), len(h)) or block < 1:
        raise ValueError("expected two vectors with entries, and blocks of at least one sample")
    length = len(x) + len(h) - 1
    size = 1 << (length - 1).bit_length()
    return torch.fft.irfft(torch.fft.rfft(x, size) * torch.fft.rfft(h, size), size)[:length]
