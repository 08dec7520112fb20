"""toeplitz_1d: index_put_, whose indices may lie on the CPU."""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError
    rows, k = n - len(kernel) + 1, len(kernel)
    row = torch.arange(rows)[:, None].expand(rows, k)
    column = row + torch.arange(k)
    return kernel.new_zeros(rows, n).index_put_((row, column), kernel.expand(rows, k))
