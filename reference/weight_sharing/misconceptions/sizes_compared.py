"""sizes compared instead of sides

You compare the number of taps with the number of pixels.
A 3 x 1 kernel has few taps but doesn't fit into a 2 x 9 image: compare along each axis.
"""

import math


def count_parameters(input_shape, kernel_shape):
    if len(input_shape) != len(kernel_shape) or len(input_shape) not in (1, 2):
        raise ValueError("axes")
    if min(input_shape) < 1 or min(kernel_shape) < 1 or math.prod(kernel_shape) > math.prod(input_shape):
        raise ValueError("sides")
    places = math.prod(n - k + 1 for n, k in zip(input_shape, kernel_shape))
    return places * math.prod(input_shape), math.prod(kernel_shape)
