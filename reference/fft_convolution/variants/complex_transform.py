"""Complex transforms of explicitly padded inputs; the imaginary part is only rounding error."""

import torch


def fft_convolve(x, h):
    for name, value in (("signal", x), ("kernel", h)):
        if value.dim() != 1 or value.numel() == 0:
            raise ValueError(f"the {name} has shape {tuple(value.shape)}")
    signal = torch.cat((x, x.new_zeros(len(h) - 1)))
    kernel = torch.cat((h, h.new_zeros(len(x) - 1)))
    return torch.fft.ifft(torch.fft.fft(signal) * torch.fft.fft(kernel)).real
