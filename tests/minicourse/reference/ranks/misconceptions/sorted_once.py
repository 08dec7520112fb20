"""sorted only once

Your code returns the places that np.argsort gives: entry k says where the k-th smallest value stands.
A rank asks the opposite: which place the value at i takes in the sorted array.
"""

import numpy as np


def ranks(values):
    if values.ndim != 1:
        raise ValueError("one axis, please")
    return np.argsort(values, kind="stable") + 1.0
