"""only the inputs counted

Your dense count is the number of inputs: these are the weights of only one output.
A dense layer has a weight for each pair of an input and an output: multiply by the number of outputs.
"""

import math


def count_parameters(input_shape, kernel_shape):
    if len(input_shape) != len(kernel_shape) or len(input_shape) not in (1, 2):
        raise ValueError("axes")
    if any(k < 1 or k > n for n, k in zip(input_shape, kernel_shape)):
        raise ValueError("sides")
    return math.prod(input_shape), math.prod(kernel_shape)
