"""ranks of the distinct values

Your code ranks the distinct values, so a group of equal values takes up one rank only.
A group of m equal values takes up m ranks, and each member has their mean.
"""

import numpy as np


def ranks(values):
    if values.ndim != 1:
        raise ValueError("one axis, please")
    return np.unique(values, return_inverse=True)[1] + 1.0
