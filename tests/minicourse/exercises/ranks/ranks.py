"""Exercise: ranks, with ties shared."""

import numpy as np


def ranks(values: np.ndarray) -> np.ndarray:
    """Return the rank of each value, counted from 1; equal values share the mean of their ranks.

    values: (n,), float64, without NaN
    returns: (n,), float64
    raises ValueError: when values doesn't have exactly one axis
    """
    raise NotImplementedError("TODO: write it")
