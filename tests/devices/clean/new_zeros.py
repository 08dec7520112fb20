"""toeplitz_1d: rows of a matrix made with kernel.new_zeros."""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError
    matrix = kernel.new_zeros(n - len(kernel) + 1, n)
    for i in range(len(matrix)):
        matrix[i].narrow(0, i, len(kernel)).copy_(kernel)
    return matrix
