import numpy as np


def count_inversions(values: np.ndarray) -> int:
    if values.ndim != 1 or len(values) == 0:
        raise ValueError("one axis, please, and not empty")
    found = 0
    for first, second in zip(values, values[1:]):
        if first > second:
            found += 1
    return found
