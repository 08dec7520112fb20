"""A different correct solution: it finds the groups of equal values and the end of each group."""

import numpy as np


def ranks(values: np.ndarray) -> np.ndarray:
    if values.ndim != 1:
        raise ValueError("one axis, please")
    _, group, sizes = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(sizes)
    return (last - (sizes - 1) / 2)[group]
