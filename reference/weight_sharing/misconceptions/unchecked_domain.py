"""arguments not checked

The kernel must fit into the input, and both shapes must have the same number of axes.
Raise ValueError: without the check, the formulas return wrong counts.
"""

import math


def count_parameters(input_shape, kernel_shape):
    places = math.prod(n - k + 1 for n, k in zip(input_shape, kernel_shape))
    return places * math.prod(input_shape), math.prod(kernel_shape)
