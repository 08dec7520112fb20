"""Reference: the middle of the places that a value takes up in the sorted array."""

import numpy as np


def ranks(values: np.ndarray) -> np.ndarray:
    """Find where each value's equals begin and end in the sorted array."""
    if values.ndim != 1:
        raise ValueError(f"values of shape {values.shape}: expected one axis")
    ordered = np.sort(values)
    below = np.searchsorted(ordered, values, side="left")
    not_above = np.searchsorted(ordered, values, side="right")
    return (below + not_above + 1) / 2
