"""Follow the definition: build T by looking up each entry's tap, and multiply by its transpose."""

import torch


def transposed_convolve(y, kernel, stride=1, padding=0):
    if y.ndim != 1 or kernel.ndim != 1 or y.numel() * kernel.numel() == 0 or stride < 1 or padding < 0:
        raise ValueError("outside the domain")
    m, k = len(y), len(kernel)
    n = (m - 1) * stride + k - 2 * padding
    if n <= 0:
        raise ValueError("nothing is left")
    rows = torch.arange(m, device=y.device)[:, None]
    tap = torch.arange(n, device=y.device) + padding - rows * stride
    inside = (tap >= 0) & (tap < k)
    matrix = torch.where(inside, kernel[tap.clamp(0, k - 1)], kernel.new_zeros(()))
    return matrix.T @ y
