"""The matrix is a sum of diagonals, one for each tap. An Einstein sum multiplies it by the signal."""

import torch


def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or kernel.numel() == 0 or x.numel() < kernel.numel():
        raise ValueError("outside the domain")
    n, rows = len(x), len(x) - len(kernel) + 1
    shifts = [torch.eye(n, dtype=x.dtype, device=x.device)[j : j + rows] for j in range(len(kernel))]
    matrix = sum(tap * shift for tap, shift in zip(kernel, shifts))
    return torch.einsum("in,n->i", matrix, x)
