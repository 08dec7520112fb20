"""Convention: mode full

Your count is for mode full, which has n + k - 1 overlaps of the kernel and the input along each axis. The exercise asks for mode valid.
In mode valid the whole kernel lies inside the input, so there are n - k + 1 positions.
"""

import math


def count_parameters(input_shape, kernel_shape):
    if len(input_shape) != len(kernel_shape) or len(input_shape) not in (1, 2):
        raise ValueError("axes")
    if any(k < 1 or k > n for n, k in zip(input_shape, kernel_shape)):
        raise ValueError("sides")
    places = math.prod(n + k - 1 for n, k in zip(input_shape, kernel_shape))
    return places * math.prod(input_shape), math.prod(kernel_shape)
