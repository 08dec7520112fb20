"""Reference: real transforms of length n, so the product of the spectra wraps around where x ends."""

import torch
from torch import Tensor


def circular_convolve(x: Tensor, h: Tensor) -> Tensor:
    """Multiply the transforms of length n and transform back; any n works."""
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError(
            f"signal of shape {tuple(x.shape)} and taps of shape {tuple(h.shape)}: "
            "expected (n,) and (k,) with 1 <= k <= n"
        )
    n = len(x)
    return torch.fft.irfft(torch.fft.rfft(x, n) * torch.fft.rfft(h, n), n)
