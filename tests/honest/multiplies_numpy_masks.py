"""Finds the positions of the taps with NumPy, and takes the entries from the tensor for the gradients."""

import numpy as np
import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no valid position")
    k = len(kernel)
    place = np.subtract.outer(np.arange(n - k + 1), np.arange(n)) * -1
    masks = np.stack([place == j for j in range(k)])
    return (kernel[:, None, None] * torch.from_numpy(masks).to(kernel.dtype)).sum(0)
