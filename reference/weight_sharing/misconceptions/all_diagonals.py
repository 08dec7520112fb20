"""zero diagonals counted as weights

You count all diagonals of the matrix, as for any Toeplitz matrix.
Most of them are zero for every kernel: only the kernel's k diagonals hold weights.
"""

import math


def count_parameters(input_shape, kernel_shape):
    if len(input_shape) != len(kernel_shape) or len(input_shape) not in (1, 2):
        raise ValueError("axes")
    if any(k < 1 or k > n for n, k in zip(input_shape, kernel_shape)):
        raise ValueError("sides")
    places = math.prod(n - k + 1 for n, k in zip(input_shape, kernel_shape))
    size = math.prod(input_shape)
    return places * size, places + size - 1
