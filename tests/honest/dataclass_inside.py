"""Uses a dataclass. The dataclass looks up its own module."""

from dataclasses import dataclass


@dataclass
class Window:
    start: int
    size: int


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no valid position")
    k = len(kernel)
    matrix = kernel.new_zeros(n - k + 1, n)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    assert Window(0, k).size == k
    return matrix
