"""kernel assumed to be square

You use the kernel's first dimension for both axes.
A kernel may be taller than it is wide: each axis has its own size, and there are kh * kw taps.
"""

import math


def count_parameters(input_shape, kernel_shape):
    if len(input_shape) != len(kernel_shape) or len(input_shape) not in (1, 2):
        raise ValueError("axes")
    if any(k < 1 or k > n for n, k in zip(input_shape, kernel_shape)):
        raise ValueError("sides")
    k = kernel_shape[0]
    places = math.prod(abs(n - k) + 1 for n in input_shape)
    return places * math.prod(input_shape), k ** len(kernel_shape)
