"""copies of a weight counted

Your second count is the number of nonzero entries: it counts each weight once for every row.
A shared weight is learned once, even if many rows hold a copy of it, so only the kernel's size counts.
"""

import math


def count_parameters(input_shape, kernel_shape):
    if len(input_shape) != len(kernel_shape) or len(input_shape) not in (1, 2):
        raise ValueError("axes")
    if any(k < 1 or k > n for n, k in zip(input_shape, kernel_shape)):
        raise ValueError("sides")
    places = math.prod(n - k + 1 for n, k in zip(input_shape, kernel_shape))
    return places * math.prod(input_shape), places * math.prod(kernel_shape)
