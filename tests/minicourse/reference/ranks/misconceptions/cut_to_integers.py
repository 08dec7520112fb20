"""values cut to integers

Your code turns the values into integers before it compares them.
Values that differ only after the decimal point then become equal. Compare the original values.
"""

import numpy as np


def ranks(values):
    if values.ndim != 1:
        raise ValueError("one axis, please")
    values = values.astype(np.int64)
    ordered = np.sort(values)
    return (np.searchsorted(ordered, values) + np.searchsorted(ordered, values, side="right") + 1) / 2
