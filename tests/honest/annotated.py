"""Has annotations, docstrings and a main block."""

from __future__ import annotations

import torch
from torch import Tensor


def build_toeplitz_1d(kernel: Tensor, n: int) -> Tensor:
    """Return the matrix."""
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no valid position")
    k = len(kernel)
    matrix = kernel.new_zeros(n - k + 1, n)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    return matrix


if __name__ == "__main__":
    print(build_toeplitz_1d(torch.ones(2), 3))
    raise SystemExit(1)
