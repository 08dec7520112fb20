"""Reference: pointwise products of transforms. Real columns use real transforms."""

import torch
from torch import Tensor


def multiply_circulants(c: Tensor, d: Tensor) -> Tensor:
    """Multiply the eigenvalues of the two circulants, which are the transforms of their first columns."""
    if c.dim() != 1 or c.shape != d.shape or len(c) == 0:
        raise ValueError(
            f"first columns of shapes {tuple(c.shape)} and {tuple(d.shape)}: expected (n,) twice, with n >= 1"
        )
    n = len(c)
    if c.is_complex():
        return torch.fft.ifft(torch.fft.fft(c) * torch.fft.fft(d))
    return torch.fft.irfft(torch.fft.rfft(c) * torch.fft.rfft(d), n)
