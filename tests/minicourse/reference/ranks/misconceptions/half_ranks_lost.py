"""half ranks cut off

Your code divides with //, which rounds down. But two equal values share a rank that ends in .5.
Divide with /.
"""

import numpy as np


def ranks(values):
    if values.ndim != 1:
        raise ValueError("one axis, please")
    ordered = np.sort(values)
    middle = (np.searchsorted(ordered, values) + np.searchsorted(ordered, values, side="right") + 1) // 2
    return middle.astype(np.float64)
