"""Convention: mode full

Your count is for mode full: every overlap of kernel and input, n + k - 1 along each axis. The exercise asks for mode valid.
Valid means that the whole kernel lies inside: n - k + 1 places.
"""

import math


def count_parameters(input_shape, kernel_shape):
    if len(input_shape) != len(kernel_shape) or len(input_shape) not in (1, 2):
        raise ValueError("axes")
    if any(k < 1 or k > n for n, k in zip(input_shape, kernel_shape)):
        raise ValueError("sides")
    places = math.prod(n + k - 1 for n, k in zip(input_shape, kernel_shape))
    return places * math.prod(input_shape), math.prod(kernel_shape)
