"""image treated as one long signal

You slide kh * kw taps along the flattened image, as if it were a signal.
The kernel moves along two axes: (H - kh + 1) positions down times (W - kw + 1) across.
"""

import math


def count_parameters(input_shape, kernel_shape):
    if len(input_shape) != len(kernel_shape) or len(input_shape) not in (1, 2):
        raise ValueError("axes")
    if any(k < 1 or k > n for n, k in zip(input_shape, kernel_shape)):
        raise ValueError("sides")
    size, taps = math.prod(input_shape), math.prod(kernel_shape)
    return (size - taps + 1) * size, taps
