"""sorted only once

Your code returns the result of np.argsort: entry k is the index of the k-th smallest value.
A rank is the inverse: the position of value i in the sorted array.
"""

import numpy as np


def ranks(values):
    if values.ndim != 1:
        raise ValueError("one axis, please")
    return np.argsort(values, kind="stable") + 1.0
