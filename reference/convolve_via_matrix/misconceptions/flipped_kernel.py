"""Convention: true convolution

Almost right, but reversed: your matrix holds the kernel backwards, which is the true convolution. The exercise asks for the cross-correlation, as in torch's conv1d.
Keep the kernel's order: kernel[0] first.
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
