"""Convention: mode same

Your count is for mode same, which has as many outputs as inputs and a square dense matrix. The exercise asks for mode valid.
Mode valid has n - k + 1 outputs along each axis: the positions where the whole kernel lies inside.
"""

import math


def count_parameters(input_shape, kernel_shape):
    if len(input_shape) != len(kernel_shape) or len(input_shape) not in (1, 2):
        raise ValueError("axes")
    if any(k < 1 or k > n for n, k in zip(input_shape, kernel_shape)):
        raise ValueError("sides")
    return math.prod(input_shape) ** 2, math.prod(kernel_shape)
