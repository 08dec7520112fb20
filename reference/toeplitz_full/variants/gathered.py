"""Compute the indices at once: entry (j, i) is tap j - i; other entries read a zero after the kernel."""

import torch


def build_toeplitz_full(h, n):
    if h.dim() != 1 or not len(h) or n < 1:
        raise ValueError("outside the domain")
    k = len(h)
    tap = torch.arange(n + k - 1, device=h.device)[:, None] - torch.arange(n, device=h.device)
    padded = torch.cat((h, h.new_zeros(1)))
    return padded[torch.where((tap >= 0) & (tap < k), tap, k)]
