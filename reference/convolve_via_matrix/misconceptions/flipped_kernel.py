"""Convention: true convolution

This is the true convolution, with the kernel back to front in the rows of the matrix; the exercise asks for the cross-correlation, as torch's conv1d does.
Keep the kernel's order.
"""

import torch


def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    kernel = kernel.flip(0)
    n, k = len(x), len(kernel)
    matrix = torch.zeros(n - k + 1, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    return matrix @ x
