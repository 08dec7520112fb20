"""Convention: cross-correlation

Almost right, but reversed: your columns hold the kernel backwards, which is the full cross-correlation. The exercise asks for the true convolution.
T[j, i] = h[j - i], so column i reads h[0], h[1], ... downwards from row i.
"""

import torch


def build_toeplitz_full(h, n):
    if h.dim() != 1 or len(h) < 1 or n < 1:
        raise ValueError("h and n")
    k = len(h)
    matrix = torch.zeros(n + k - 1, n, dtype=h.dtype, device=h.device)
    for i in range(n):
        matrix[i : i + k, i] = h.flip(0)
    return matrix
