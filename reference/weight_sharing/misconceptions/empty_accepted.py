"""empty sides accepted

You only check that the kernel isn't longer than the input, so zero and negative sizes pass the check.
Each size must be at least 1: 1 <= k <= n.
"""

import math


def count_parameters(input_shape, kernel_shape):
    if len(input_shape) != len(kernel_shape) or len(input_shape) not in (1, 2):
        raise ValueError("axes")
    if any(k > n for n, k in zip(input_shape, kernel_shape)):
        raise ValueError("sides")
    places = math.prod(n - k + 1 for n, k in zip(input_shape, kernel_shape))
    return places * math.prod(input_shape), math.prod(kernel_shape)
