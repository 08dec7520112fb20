"""toeplitz_1d: a helper makes each row's zeros and joins them to the kernel.

Line 11: `torch.zeros(count, dtype=dtype)` makes a tensor on the CPU; make it in a function that has
an input, on its `device`.
"""

import torch


def zeros(count, dtype):
    return torch.zeros(count, dtype=dtype)


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError
    left = n - len(kernel)
    rows = [
        torch.cat((zeros(i, kernel.dtype), kernel, zeros(left - i, kernel.dtype))) for i in range(left + 1)
    ]
    return torch.stack(rows)
