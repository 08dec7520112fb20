"""Reference: the middle of the positions that a value occupies in the sorted array."""

import numpy as np


def ranks(values: np.ndarray) -> np.ndarray:
    """For each value, find where its group of equal values begins and ends in the sorted array."""
    if values.ndim != 1:
        raise ValueError(f"values of shape {values.shape}: expected one axis")
    ordered = np.sort(values)
    below = np.searchsorted(ordered, values, side="left")
    not_above = np.searchsorted(ordered, values, side="right")
    return (below + not_above + 1) / 2
