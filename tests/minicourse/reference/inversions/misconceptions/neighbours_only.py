"""neighbours only

Your code compares each value with the next one only.
Each pair of places counts, however far apart.
"""

import numpy as np


def count_inversions(values):
    if values.ndim != 1 or values.size == 0:
        raise ValueError("one axis and at least one value, please")
    return int(np.count_nonzero(values[:-1] > values[1:]))
