"""A different correct solution: it compares every pair of values in plain Python."""

import numpy as np


def ranks(values: np.ndarray) -> np.ndarray:
    if values.ndim != 1:
        raise ValueError("one axis, please")
    numbers = values.tolist()
    return np.array(
        [(sum(w < v for w in numbers) + sum(w <= v for w in numbers) + 1) / 2 for v in numbers], dtype=float
    )
