"""sorted in place

Your code sorts the caller's own array: values.sort() changes it.
np.sort(values) returns a sorted copy.
"""

import numpy as np


def ranks(values):
    if values.ndim != 1:
        raise ValueError("one axis, please")
    before = values.copy()
    values.sort()
    return (np.searchsorted(values, before) + np.searchsorted(values, before, side="right") + 1) / 2
