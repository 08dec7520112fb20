"""Exercise: counting inversions."""

import numpy as np


def count_inversions(values: np.ndarray) -> int:
    """Return how many pairs i < j have values[i] > values[j], in about n log n steps.

    values: (n,), float64, without NaN
    returns: an int
    raises ValueError: when values is empty, or doesn't have exactly one axis
    """
    raise NotImplementedError("TODO: write it")
