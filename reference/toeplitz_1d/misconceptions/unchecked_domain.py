"""arguments not checked

A kernel that is empty, has two axes or is longer than the signal has no valid place.
Raise ValueError before you build anything: an empty or wrong matrix would hide the mistake.
"""

import torch


def build_toeplitz_1d(kernel, n):
    k = len(kernel)
    matrix = torch.zeros(max(n - k + 1, 0), n, dtype=kernel.dtype, device=kernel.device)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    return matrix
