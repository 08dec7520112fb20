"""smallest rank for ties

Your code gives all equal values the smallest of their ranks, as in a race.
Equal values share the mean of their ranks.
"""

import numpy as np


def ranks(values):
    if values.ndim != 1:
        raise ValueError("one axis, please")
    return np.searchsorted(np.sort(values), values) + 1.0
