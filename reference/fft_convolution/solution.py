"""Reference: real transforms at the next power of two, which is long enough and fast for any n and k."""

import torch
from torch import Tensor


def fft_convolve(x: Tensor, h: Tensor) -> Tensor:
    """Multiply the zero-padded transforms, transform back, and keep the n + k - 1 entries of the result."""
    if x.dim() != 1 or h.dim() != 1 or 0 in (len(x), len(h)):
        raise ValueError(
            f"signal of shape {tuple(x.shape)} and kernel of shape {tuple(h.shape)}: "
            "expected (n,) and (k,) with n >= 1 and k >= 1"
        )
    length = len(x) + len(h) - 1
    size = 1 << (length - 1).bit_length()
    padded = x.new_zeros(2, size)
    padded[0, : len(x)] = x
    padded[1, : len(h)] = h
    spectra = torch.fft.rfft(padded)
    # MKL treats a single transform differently: from 2^14 points on it takes twice as long as two in a batch.
    product = (spectra[0] * spectra[1]).expand(2, -1)
    return torch.fft.irfft(product, size)[0, :length]
