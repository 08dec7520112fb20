"""ranks of the distinct values

Your code ranks the distinct values, so a group of equal values gets only one rank.
A group of m equal values occupies m ranks, and each of its values gets their mean.
"""

import numpy as np


def ranks(values):
    if values.ndim != 1:
        raise ValueError("one axis, please")
    return np.unique(values, return_inverse=True)[1] + 1.0
