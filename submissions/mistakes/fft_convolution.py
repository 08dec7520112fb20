"""The convolution theorem, with enough zeros that nothing wraps around."""

import torch
from torch import Tensor


def fft_convolve(x: Tensor, h: Tensor) -> Tensor:
    """Transform, multiply, transform back."""
    if x.dim() != 1 or h.dim() != 1:
        raise ValueError("the signal and the kernel need one axis each")
    if len(x) == 0 or len(h) == 0:
        raise ValueError("the signal or the kernel is empty")

    m = len(x) + len(h) - 1
    x_hat = torch.fft.rfft(x, n=m)
    h_hat = torch.fft.rfft(h, n=m)
    # m has to be given, or an odd length comes back one shorter
    return torch.fft.irfft(x_hat * h_hat, n=m)
