"""single output squeezed to a number

squeeze() removes every axis of size 1, so a result with one entry has no axes left: its shape is ().
Remove only the intended axis, with squeeze(1), or multiply by the vector itself.
"""

import torch


def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    n, k = len(x), len(kernel)
    matrix = torch.zeros(n - k + 1, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    return (matrix @ x[:, None]).squeeze()
