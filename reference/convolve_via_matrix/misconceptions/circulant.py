"""circulant instead of valid

Your matrix is circulant: after the last column, the kernel continues in the first one.
Here the kernel stops at the end of the signal, after n - k + 1 rows.
"""

import torch


def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    row = torch.cat((kernel, kernel.new_zeros(len(x) - len(kernel))))
    return torch.stack([row.roll(i) for i in range(len(x))]) @ x
