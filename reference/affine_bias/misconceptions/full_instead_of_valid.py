"""Convention: mode full

Your matrix uses mode 'full': it has a row for every overlap of the kernel and the signal. The exercise asks for mode 'valid'.
Valid means that the whole kernel lies inside the signal: there are m = n - k + 1 rows, plus one more for the 1.
"""

import torch


def build_affine(kernel, bias, n):
    if kernel.dim() != 1 or bias.dim() != 0 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel and bias")
    k, m = len(kernel), n + len(kernel) - 1
    matrix = torch.zeros(m + 1, n + 1, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        for j in range(k):
            if 0 <= i + j - k + 1 < n:
                matrix[i, i + j - k + 1] = kernel[j]
    matrix[:m, n] = bias
    matrix[m, n] = 1
    return matrix
