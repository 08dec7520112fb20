"""one entry for each distinct value

Your answer has one entry for each distinct value.
Return one rank for each value, in the order of the values.
"""

import numpy as np


def ranks(values):
    if values.ndim != 1:
        raise ValueError("one axis, please")
    _, sizes = np.unique(values, return_counts=True)
    return np.cumsum(sizes) - (sizes - 1) / 2
