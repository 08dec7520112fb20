"""arguments not checked

A kernel that is empty, has two axes or is longer than the signal doesn't fit, and the bias must be a single number.
Raise ValueError before you build anything: an empty or wrong matrix would hide the mistake.
"""

import torch


def build_affine(kernel, bias, n):
    k, m = len(kernel), max(n - len(kernel) + 1, 0)
    matrix = torch.zeros(m + 1, n + 1, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        matrix[i, i : i + k] = kernel
    matrix[:m, n] = bias
    matrix[m, n] = 1
    return matrix
