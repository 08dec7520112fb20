"""unchecked number of axes

Your code doesn't check the shape. Raise ValueError if the array doesn't have exactly one axis.
"""

import numpy as np


def ranks(values):
    flat = np.ravel(values)
    ordered = np.sort(flat)
    return (np.searchsorted(ordered, flat) + np.searchsorted(ordered, flat, side="right") + 1) / 2
