import numpy as np


def count_inversions(values: np.ndarray) -> int:
    if values.ndim != 1 or len(values) == 0:
        raise ValueError("one axis, please, and not empty")
    return sum(int(np.count_nonzero(values[i] > values[i + 1 :])) for i in range(len(values)))
