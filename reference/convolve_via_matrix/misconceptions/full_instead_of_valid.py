"""Convention: mode full

Your function uses mode 'full': it returns an output for each of the n + k - 1 overlaps of the kernel and the signal. The exercise asks for mode 'valid'.
Valid means that the whole kernel lies inside the signal: there are n - k + 1 rows and n - k + 1 outputs.
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
