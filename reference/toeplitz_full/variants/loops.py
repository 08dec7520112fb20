"""Apply the formula itself, entry by entry."""

import torch


def build_toeplitz_full(h, n):
    if h.dim() != 1:
        raise ValueError(f"a kernel with {h.dim()} axes")
    if h.numel() == 0 or n < 1:
        raise ValueError("nothing to convolve")
    matrix = torch.zeros(n + len(h) - 1, n, dtype=h.dtype, device=h.device)
    for j in range(n + len(h) - 1):
        for i in range(n):
            if 0 <= j - i < len(h):
                matrix[j, i] = h[j - i]
    return matrix
