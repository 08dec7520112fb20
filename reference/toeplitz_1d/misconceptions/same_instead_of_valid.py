"""Convention: mode same

Your matrix uses mode 'same': it is square and pads the signal, so the output is as long as the input. The exercise asks for mode 'valid'.
Valid mode uses no padding, so there are n - k + 1 rows.
"""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel")
    k = len(kernel)
    matrix = torch.zeros(n, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(n):
        for j in range(k):
            if 0 <= i + j - (k - 1) // 2 < n:
                matrix[i, i + j - (k - 1) // 2] = kernel[j]
    return matrix
