"""Convention: mode full

Your matrix uses mode 'full': it has a row for each of the n + k - 1 overlaps of the kernel and the signal. The exercise asks for mode 'valid'.
Valid means that the whole kernel lies inside the signal: there are n - k + 1 rows.
"""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel")
    k = len(kernel)
    matrix = torch.zeros(n + k - 1, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(n + k - 1):
        for j in range(k):
            if 0 <= i + j - k + 1 < n:
                matrix[i, i + j - k + 1] = kernel[j]
    return matrix
