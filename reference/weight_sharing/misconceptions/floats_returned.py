"""floats instead of ints

Your counts are floats, from math.pow, true division or numpy.
Counts are ints: use *, // and math.prod, which stay exact.
"""

import math


def count_parameters(input_shape, kernel_shape):
    if len(input_shape) != len(kernel_shape) or len(input_shape) not in (1, 2):
        raise ValueError("axes")
    if any(k < 1 or k > n for n, k in zip(input_shape, kernel_shape)):
        raise ValueError("sides")
    places = math.prod(n - k + 1 for n, k in zip(input_shape, kernel_shape))
    return float(places * math.prod(input_shape)), float(math.prod(kernel_shape))
