"""Written for NumPy 1: it uses a name that NumPy 2 removed."""

import numpy as np
import torch


def build_toeplitz_full(h, n):
    matrix = np.zeros((n + len(h) - 1, n), dtype=np.complex_)
    for i in range(n):
        matrix[i : i + len(h), i] = h.numpy()
    return torch.from_numpy(matrix.real)
