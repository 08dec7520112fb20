"""one place short

You count n - k positions along an axis and miss the last one, at the very end.
There are n - k + 1 positions: for k = n there is one.
"""

import math


def count_parameters(input_shape, kernel_shape):
    if len(input_shape) != len(kernel_shape) or len(input_shape) not in (1, 2):
        raise ValueError("axes")
    if any(k < 1 or k > n for n, k in zip(input_shape, kernel_shape)):
        raise ValueError("sides")
    places = math.prod(n - k for n, k in zip(input_shape, kernel_shape))
    return places * math.prod(input_shape), math.prod(kernel_shape)
