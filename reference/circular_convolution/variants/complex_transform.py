"""Complex transforms of an explicitly padded h; the imaginary part is only rounding error."""

import torch


def circular_convolve(x, h):
    if (x.dim(), h.dim()) != (1, 1) or x.numel() < h.numel() or h.numel() == 0:
        raise ValueError("expected vectors of n and k entries, with 1 <= k <= n")
    taps = torch.cat((h, h.new_zeros(len(x) - len(h))))
    return torch.fft.ifft(torch.fft.fft(x) * torch.fft.fft(taps)).real
