"""A right solution that is written quite differently: each value is compared with each, in plain Python."""

import numpy as np


def ranks(values: np.ndarray) -> np.ndarray:
    if values.ndim != 1:
        raise ValueError("one axis, please")
    numbers = values.tolist()
    return np.array(
        [(sum(w < v for w in numbers) + sum(w <= v for w in numbers) + 1) / 2 for v in numbers], dtype=float
    )
