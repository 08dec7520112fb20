"""Two loops over the samples and the taps."""

import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or 0 in (len(x), len(h)):
        raise ValueError("expected two vectors with entries")
    y = torch.zeros(len(x) + len(h) - 1, dtype=x.dtype, device=x.device)
    for i in range(len(x)):
        for j in range(len(h)):
            y[i + j] += x[i] * h[j]
    return y
