"""kernel detached from autograd

Your matrix is built from plain numbers (.item(), .tolist(), .numpy() or torch.tensor(...)), so no gradient reaches the kernel.
Copy the kernel's entries as tensors: gradients flow through slices, indexing and stack.
"""

import torch


def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    taps, spare = kernel.tolist(), len(x) - len(kernel)
    rows = [[0.0] * i + taps + [0.0] * (spare - i) for i in range(spare + 1)]
    return torch.tensor(rows, dtype=x.dtype, device=x.device) @ x
