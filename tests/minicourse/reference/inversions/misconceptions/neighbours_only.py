"""neighbours only

Your code compares each value only with the next one.
Compare every pair of values, even if they are far apart.
"""

import numpy as np


def count_inversions(values):
    if values.ndim != 1 or values.size == 0:
        raise ValueError("one axis and at least one value, please")
    return int(np.count_nonzero(values[:-1] > values[1:]))
