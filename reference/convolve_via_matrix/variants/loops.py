"""Two loops fill the matrix. The signal and the product are columns."""

import torch


def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1:
        raise ValueError("expected two vectors")
    if len(kernel) == 0 or len(kernel) > len(x):
        raise ValueError(f"{len(kernel)} taps don't fit into {len(x)} entries")
    rows = len(x) - len(kernel) + 1
    matrix = torch.zeros(rows, len(x), dtype=kernel.dtype, device=kernel.device)
    for i in range(rows):
        for j in range(len(kernel)):
            matrix[i, i + j] = kernel[j]
    return torch.mm(matrix, x.reshape(-1, 1))[:, 0]
