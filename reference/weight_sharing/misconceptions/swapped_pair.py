"""the two counts swapped

You return (shared, dense).
The dense count comes first: (dense, shared), as in (9600, 5).
"""

import math


def count_parameters(input_shape, kernel_shape):
    if len(input_shape) != len(kernel_shape) or len(input_shape) not in (1, 2):
        raise ValueError("axes")
    if any(k < 1 or k > n for n, k in zip(input_shape, kernel_shape)):
        raise ValueError("sides")
    places = math.prod(n - k + 1 for n, k in zip(input_shape, kernel_shape))
    return math.prod(kernel_shape), places * math.prod(input_shape)
