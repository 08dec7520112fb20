"""Is a callable object."""

import torch


class Builder:
    def __call__(self, kernel, n):
        if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
            raise ValueError("no valid position")
        k = len(kernel)
        matrix = kernel.new_zeros(n - k + 1, n)
        for i in range(n - k + 1):
            matrix[i, i : i + k] = kernel
        return matrix


build_toeplitz_1d = Builder()
