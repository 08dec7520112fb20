"""Convention: mode same

Your function uses mode 'same': it adds zeros at both ends of the signal and returns as many outputs as the signal has entries. The exercise asks for mode 'valid'.
Valid mode uses no padding, so there are n - k + 1 rows.
"""

import torch


def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    n, k = len(x), len(kernel)
    left = (k - 1) // 2
    matrix = torch.zeros(n, n + k - 1, dtype=kernel.dtype, device=kernel.device)
    for i in range(n):
        matrix[i, i : i + k] = kernel
    return matrix[:, left : left + n] @ x
