"""arguments not checked

A kernel that is empty or longer than the signal doesn't fit, and each argument must have exactly one axis.
Raise ValueError before you build anything: an empty result or another error would hide the mistake.
"""

import torch


def convolve_via_matrix(x, kernel):
    n, k = len(x), len(kernel)
    matrix = torch.zeros(max(n - k + 1, 0), n, dtype=kernel.dtype, device=kernel.device)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    return matrix @ x
