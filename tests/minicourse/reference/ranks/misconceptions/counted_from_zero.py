"""counted from 0

Your ranks start at 0, like indices.
The smallest value has rank 1.
"""

import numpy as np


def ranks(values):
    if values.ndim != 1:
        raise ValueError("one axis, please")
    ordered = np.sort(values)
    return (np.searchsorted(ordered, values) + np.searchsorted(ordered, values, side="right") - 1) / 2
