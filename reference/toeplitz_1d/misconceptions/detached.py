"""kernel detached from autograd

Your matrix is built from plain numbers (.item(), .tolist(), .numpy() or .detach()), so no gradient reaches the kernel.
Copy the kernel's entries as tensors: gradients flow through slices, indexing and stack.
"""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel")
    taps = kernel.tolist()
    rows = [[0.0] * i + taps + [0.0] * (n - len(taps) - i) for i in range(n - len(taps) + 1)]
    return torch.tensor(rows, dtype=kernel.dtype, device=kernel.device)
