"""Convention: mode full

This is mode full, with an output for every overlap of kernel and signal, n + k - 1 of them; the exercise asks for mode valid.
Valid means that the whole kernel lies inside the signal: n - k + 1 rows, and as many outputs.
"""

import torch


def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    n, k = len(x), len(kernel)
    matrix = torch.zeros(n + k - 1, n + 2 * (k - 1), dtype=kernel.dtype, device=kernel.device)
    for i in range(n + k - 1):
        matrix[i, i : i + k] = kernel
    return matrix[:, k - 1 : k - 1 + n] @ x
