"""largest value first

Your code gives rank 1 to the largest value.
Here the smallest value has rank 1.
"""

import numpy as np


def ranks(values):
    if values.ndim != 1:
        raise ValueError("one axis, please")
    ordered = np.sort(-values)
    return (np.searchsorted(ordered, -values) + np.searchsorted(ordered, -values, side="right") + 1) / 2
