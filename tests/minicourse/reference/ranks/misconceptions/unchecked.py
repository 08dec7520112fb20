"""unchecked number of axes

Your code doesn't look at the shape: an array that hasn't exactly one axis must raise ValueError.
"""

import numpy as np


def ranks(values):
    flat = np.ravel(values)
    ordered = np.sort(flat)
    return (np.searchsorted(ordered, flat) + np.searchsorted(ordered, flat, side="right") + 1) / 2
