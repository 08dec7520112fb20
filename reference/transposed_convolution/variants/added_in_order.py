"""Compute the outer product of samples and taps, and add each entry at its position."""

import torch


def transposed_convolve(y, kernel, stride=1, padding=0):
    if y.dim() != 1 or kernel.dim() != 1 or y.numel() < 1 or kernel.numel() < 1:
        raise ValueError("expected two vectors that aren't empty")
    samples = torch.arange(len(y), device=y.device)
    taps = torch.arange(len(kernel), device=y.device)
    if stride < 1 or padding < 0:
        raise ValueError("expected stride >= 1 and padding >= 0")
    n = (len(y) - 1) * stride + len(kernel) - 2 * padding
    if n < 1:
        raise ValueError("expected (m - 1) s + k > 2 p")
    places = (samples[:, None] * stride + taps).flatten()
    whole = y.new_zeros(n + 2 * padding).index_add(0, places, torch.outer(y, kernel).flatten())
    return whole.narrow(0, padding, n)
