"""large counts rounded

You multiply in floating point and turn the product back into an int: above 2^53 its last digits are lost.
Multiply Python ints, which never round.
"""

import math


def count_parameters(input_shape, kernel_shape):
    if len(input_shape) != len(kernel_shape) or len(input_shape) not in (1, 2):
        raise ValueError("axes")
    if any(k < 1 or k > n for n, k in zip(input_shape, kernel_shape)):
        raise ValueError("sides")
    places, size = 1.0, 1.0
    for n, k in zip(input_shape, kernel_shape):
        places *= n - k + 1
        size *= n
    return int(places * size), int(math.prod(map(float, kernel_shape)))
