"""kernel longer than the signal refused

You refuse a kernel with more taps than the signal has entries.
Only mode valid needs a kernel that fits; in the full convolution each column has room for all of it.
"""

import torch


def build_toeplitz_full(h, n):
    if h.dim() != 1 or len(h) < 1 or n < 1:
        raise ValueError("h and n")
    k = len(h)
    if k > n:
        raise ValueError("the kernel is longer than the signal")
    matrix = torch.zeros(n + k - 1, n, dtype=h.dtype, device=h.device)
    for i in range(n):
        matrix[i : i + k, i] = h
    return matrix
