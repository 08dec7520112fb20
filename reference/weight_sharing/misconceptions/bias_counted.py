"""bias counted

Your counts include biases: one for each output of the dense layer and one for the kernel.
This operator has no bias: count the entries of the matrix (rows times columns) and the taps of the kernel.
"""

import math


def count_parameters(input_shape, kernel_shape):
    if len(input_shape) != len(kernel_shape) or len(input_shape) not in (1, 2):
        raise ValueError("axes")
    if any(k < 1 or k > n for n, k in zip(input_shape, kernel_shape)):
        raise ValueError("sides")
    places = math.prod(n - k + 1 for n, k in zip(input_shape, kernel_shape))
    return places * (math.prod(input_shape) + 1), math.prod(kernel_shape) + 1
