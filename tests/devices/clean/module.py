"""sliding_window: a module whose buffer is made on the device."""

import torch


class Correlation(torch.nn.Module):
    def __init__(self, kernel):
        super().__init__()
        self.register_buffer("kernel", kernel)

    def forward(self, x):
        return x.unfold(0, len(self.kernel), 1) @ self.kernel


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError
    return Correlation(kernel).to(x.device)(x)
