"""arguments not checked

A kernel that doesn't fit has no place, and shapes with different numbers of axes don't match.
Raise ValueError: the formulas would still give numbers that look like counts.
"""

import math


def count_parameters(input_shape, kernel_shape):
    places = math.prod(n - k + 1 for n, k in zip(input_shape, kernel_shape))
    return places * math.prod(input_shape), math.prod(kernel_shape)
